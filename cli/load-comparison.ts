import { buildComparison } from '../src/comparison/build-comparison.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { matchGoFiles } from '../src/comparison/match-go-files.ts';
import { parseGoBenchmarks } from '../src/comparison/parse-go-benchmarks.ts';
import { parseSamples } from '../src/comparison/parse-samples.ts';
import type { Policy } from '../src/comparison/policy.schema.ts';
import { ConfigurationError } from '../src/errors.ts';
import type { CompareOptions } from './compare-folders.ts';
import { usualSeed } from './plan-options.ts';
import { readData } from './read-text.ts';

/** Where the values to compare come from: one of three ways. */
export type ComparisonSource =
  | { readonly kind: 'runs'; readonly folders: readonly string[] }
  | { readonly kind: 'samples'; readonly file: string }
  | { readonly kind: 'go'; readonly baseline: string; readonly candidate: string };

export interface SourceOptions {
  readonly samples?: string;
  readonly baseline?: string;
  readonly candidate?: string;
  readonly history?: string;
}

/** @throws ConfigurationError when the arguments name no source, several, or half of one, or nights beside no single run */
export function chooseSource(folders: readonly string[], options: SourceOptions): ComparisonSource {
  const { samples, baseline, candidate } = options;
  const accepted = 'one or two run folders, --samples FILE, or --baseline FILE with --candidate FILE';
  const ways = [
    ...(folders.length > 0 ? ['a run folder'] : []),
    ...(samples === undefined ? [] : ['--samples']),
    ...(baseline === undefined && candidate === undefined ? [] : ['--baseline or --candidate']),
  ];
  if (ways.length !== 1) {
    const found = ways.length === 0 ? 'nothing' : ways.join(' and ');
    throw new ConfigurationError(`what to compare must be ${accepted}; found ${found}`);
  }
  if (options.history !== undefined && folders.length !== 1) {
    const found = folders.length === 0 ? ways.join(' and ') : 'two of them';
    throw new ConfigurationError(`--history teaches about one run folder; found ${found}`);
  }
  if (folders.length > 0) return { kind: 'runs', folders };
  if (samples !== undefined) return { kind: 'samples', file: samples };
  if (baseline !== undefined && candidate !== undefined) return { kind: 'go', baseline, candidate };
  const [given, missing] = baseline === undefined ? ['candidate', 'baseline'] : ['baseline', 'candidate'];
  throw new ConfigurationError(
    `--${missing} is missing: --${given} needs it, the two are files in Go benchmark format`,
  );
}

/** Reads and compares. The seed is the run's, else 1, unless given. */
export async function loadComparison(
  source: ComparisonSource,
  { policy, seed, recall }: CompareOptions & { readonly policy: Policy },
): Promise<Comparison> {
  switch (source.kind) {
    case 'runs': {
      // Loaded when asked for: the catalogue, which only runs need, takes a tenth of a second.
      const { compareFolders } = await import('./compare-folders.ts');
      return compareFolders(source.folders, { policy, seed, recall });
    }
    case 'samples': {
      const cells = parseSamples(await readData(source.file, 'a tunegate.samples/1 file'), source.file);
      return buildComparison(cells, { seed: seed ?? usualSeed, policy });
    }
    case 'go': {
      const read = async (file: string) =>
        parseGoBenchmarks(await readData(file, 'a file in Go benchmark format'), file);
      const { cells, facts } = matchGoFiles(await read(source.baseline), await read(source.candidate));
      return buildComparison(cells, { seed: seed ?? usualSeed, policy }, facts);
    }
  }
}
