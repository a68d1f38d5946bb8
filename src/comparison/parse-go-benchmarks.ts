import { ConfigurationError } from '../errors.ts';
import { describeFound } from '../schema-words.ts';

/** Results of one benchmark in one unit, in the order of the file. */
export interface GoResults {
  /** Without `Benchmark` in front, as benchstat prints it: `Encode/small-8`. */
  readonly name: string;
  /** Base unit: `sec/op`, `B/op`, `allocs/op`, `B/s`, or as it was written. */
  readonly unit: string;
  readonly values: readonly number[];
}

export interface GoFile {
  readonly results: readonly GoResults[];
  /** Configuration lines (`goos: linux`), every value each took. */
  readonly configuration: ReadonlyMap<string, ReadonlySet<string>>;
  /** What `Unit` lines say of a unit. */
  readonly directions: ReadonlyMap<string, 'higher' | 'lower'>;
}

/** `key: value`; keys begin with a lower-case letter and hold no blanks and no upper-case letters. */
const configurationLine = /^([^\sA-Z:][^\sA-Z:]*):(?:[ \t]+(.*))?$/;

/** `Unit latency-s better=lower` */
const unitLine = /^Unit\s+(\S+)\s.*\bbetter=(higher|lower)\b/;

/** Prefixes and words that benchstat turns into base units as well. */
const baseUnits: readonly (readonly [RegExp, string, number])[] = [
  [/^ns(?=\/|$)/, 'sec', 1e-9],
  [/^MB\/s$/, 'B/s', 1e6],
];

/**
 * Go's benchmark format:
 *
 *     goos: linux
 *     BenchmarkEncode/small-8   	  500000	      2402 ns/op	 426.3 MB/s	      64 B/op	       2 allocs/op
 *
 * Other lines (`PASS`, `ok`, what a test prints) are skipped, as the format asks for.
 * Source: golang.org/design/14313-benchmark-format.
 *
 * @param file its name in messages
 * @throws ConfigurationError for a line of results that cannot be read, or a file without any
 */
export function parseGoBenchmarks(text: string, file: string): GoFile {
  const configuration = new Map<string, Set<string>>();
  const directions = new Map<string, 'higher' | 'lower'>();
  const results = new Map<string, { name: string; unit: string; values: number[] }>();
  for (const [index, line] of text.split('\n').entries()) {
    const place = `${file}:${index + 1}`;
    const setting = configurationLine.exec(line.trimEnd());
    if (setting?.[1] !== undefined) {
      configuration.set(setting[1], (configuration.get(setting[1]) ?? new Set()).add(setting[2] ?? ''));
    }
    const direction = unitLine.exec(line);
    if (direction?.[1] !== undefined) {
      directions.set(toBaseUnit(0, direction[1]).unit, direction[2] === 'higher' ? 'higher' : 'lower');
    }
    for (const { name, unit, value } of readResultLine(line, place)) {
      const key = JSON.stringify([name, unit]);
      const known = results.get(key) ?? { name, unit, values: [] };
      known.values.push(value);
      results.set(key, known);
    }
  }
  if (results.size === 0) {
    const accepted = 'Go benchmark format with lines like "BenchmarkName-8 100 2402 ns/op" is accepted';
    throw new ConfigurationError(`${file}: found no line of benchmark results, ${accepted}`);
  }
  return { results: [...results.values()], configuration, directions };
}

interface GoValue {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

function readResultLine(line: string, place: string): readonly GoValue[] {
  const [name = '', iterations = '', ...measured] = line.trim().split(/\s+/);
  // `Benchmarking...` is a sentence, and a name alone is what -v prints before it runs.
  if (!/^Benchmark(?![a-z])/.test(name) || iterations === '') return [];
  if (!/^\d+$/.test(iterations)) {
    // Something else that a test printed.
    if (!/^[-+.\d]/.test(iterations)) return [];
    throw new ConfigurationError(`${place}: iterations must be a whole number, found ${describeFound(iterations)}`);
  }
  if (measured.length === 0 || measured.length % 2 === 1) {
    throw new ConfigurationError(
      `${place}: expected pairs of value and unit after the iterations, found ${describeFound(measured.join(' '))}`,
    );
  }
  return Array.from({ length: measured.length / 2 }, (_, pair) => {
    const [text = '', unit = ''] = measured.slice(2 * pair, 2 * pair + 2);
    const value = /^[-+]?(\d|\.\d)/.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(value)) {
      throw new ConfigurationError(
        `${place}: a value of ${unit} must be a finite number, found ${describeFound(text)}`,
      );
    }
    return { name: name.slice('Benchmark'.length), ...toBaseUnit(value, unit) };
  });
}

function toBaseUnit(value: number, unit: string): { value: number; unit: string } {
  for (const [pattern, base, factor] of baseUnits) {
    // Divided where the factor is a power of a tenth: 2402 / 1e9 is the nearest number, 2402 * 1e-9 need not be.
    if (pattern.test(unit))
      return { unit: unit.replace(pattern, base), value: factor < 1 ? value / Math.round(1 / factor) : value * factor };
  }
  return { value, unit };
}
