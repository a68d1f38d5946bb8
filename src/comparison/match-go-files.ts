import type { FileFacts } from './build-comparison.ts';
import type { CellData } from './cell-data.ts';
import type { EnvironmentDifference } from './comparison.schema.ts';
import { isDecisiveFact } from './environment-difference.ts';
import type { GoFile, GoResults } from './parse-go-benchmarks.ts';

/** Results that only one of the files has are cells too, without a side: what is missing must be seen. */
export function matchGoFiles(baseline: GoFile, candidate: GoFile): { cells: readonly CellData[]; facts: FileFacts } {
  const environmentDifference = compareConfigurations(baseline, candidate);
  const invalid = environmentDifference
    .filter(({ key }) => isDecisiveFact(key))
    .map(
      ({ key, ...values }) => `the files differ in ${key}: baseline ${values.baseline}, candidate ${values.candidate}`,
    );
  const keys = new Map([...baseline.results, ...candidate.results].map((results) => [keyOf(results), results]));
  const directions = new Map([...baseline.directions, ...candidate.directions]);
  const cells = [...keys].map(([key, { name, unit }]) => ({
    id: `${name} ${unit}`,
    role: 'primary' as const,
    metric: {
      name: unit,
      unit,
      better: directions.get(unit) ?? (isThroughput(unit) ? ('higher' as const) : ('lower' as const)),
    },
    observation: 'sample' as const,
    baseline: listEntries(baseline, key),
    candidate: listEntries(candidate, key),
    ...(invalid.length === 0 ? {} : { circumstances: { ...plainCircumstances, invalid } }),
  }));
  return { cells, facts: { environmentDifference, warnings: describeOneSided(baseline, candidate) } };
}

const plainCircumstances = {
  noData: '',
  warnings: [],
  replies: null,
  noReplies: 'the data came without single replies',
  accelerator: null,
  counts: null,
};

function isThroughput(unit: string): boolean {
  return unit.endsWith('/s');
}

function keyOf({ name, unit }: Pick<GoResults, 'name' | 'unit'>): string {
  return JSON.stringify([name, unit]);
}

function listEntries({ results }: GoFile, key: string): CellData['baseline'] {
  return results.filter((entry) => keyOf(entry) === key).map(({ values }) => ({ deployment: 'file', values }));
}

/** Which package a benchmark is of, and the side that `tunegate export` names, are no environment. */
const notEnvironment = new Set(['pkg', 'side']);

function compareConfigurations(baseline: GoFile, candidate: GoFile): EnvironmentDifference[] {
  const keys = [...new Set([...baseline.configuration.keys(), ...candidate.configuration.keys()])].sort();
  const show = ({ configuration }: GoFile, key: string) =>
    [...(configuration.get(key) ?? ['absent'])].sort().join(', ');
  return keys
    .filter((key) => !notEnvironment.has(key))
    .map((key) => ({
      scope: 'host' as const,
      key,
      baseline: show(baseline, key),
      candidate: show(candidate, key),
      declared: false,
    }))
    .filter((difference) => difference.baseline !== difference.candidate);
}

function describeOneSided(baseline: GoFile, candidate: GoFile): readonly string[] {
  const names = (file: GoFile) => new Set(file.results.map(({ name }) => name));
  const [left, right] = [names(baseline), names(candidate)];
  const describe = (from: ReadonlySet<string>, other: ReadonlySet<string>, side: string) =>
    [...from].filter((name) => !other.has(name)).map((name) => `${name} is missing in the ${side}.`);
  return [...describe(left, right, 'candidate'), ...describe(right, left, 'baseline')];
}
