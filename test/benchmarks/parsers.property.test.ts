import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolOutput } from '../../src/benchmarks/benchmark.ts';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import { versionParsers } from '../../src/benchmarks/tool-versions.ts';
import { MeasurementError } from '../../src/errors.ts';
import { sampleLineSchema } from '../../src/results/journal.schema.ts';
import { metricsByTest } from '../../src/results/metrics.ts';
import { type TestName, testNames } from '../../src/vocabulary.ts';
import { readOutput } from './fixture.ts';
import { fixtureCases } from './fixture-cases.ts';

const recordings = fixtureCases.map(({ name }) => readOutput(name));
const measuredSchema = sampleLineSchema.pick({ metrics: true, diagnostics: true });
/** Pieces that lead deeper into the parsers than random letters do. */
const fragments = fc.constantFrom(
  ...['\n', '=', '0', '-1', '1e999', 'inf', '-nan', 'THROUGHPUT=', 'THROUGHPUT=1', '__proto__=1', '{', '}', '[', '"'],
  ...[
    'null',
    '"error":',
    '"end":{}',
    '64 bytes from ',
    'time=',
    ' ms',
    '1 packets transmitted, 1 received, 0%',
    '\u0000',
  ],
);

const outputWith = (stdout: fc.Arbitrary<string>): fc.Arbitrary<ToolOutput> =>
  fc.record({
    // Mostly the codes after which the text is read at all.
    exitCode: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(0, 1) }, fc.constant(null), fc.integer()),
    timedOut: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
    stdout,
    stderr: fc.string(),
  });

/** Recorded output in which stretches are cut, doubled or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...recordings),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.string({ maxLength: 20 }), fragments)), { maxLength: 5 }),
  )
  .map(([{ stdout }, edits]) =>
    edits.reduce((text, [position, length, insertion]) => {
      const at = position % (text.length + 1);
      return text.slice(0, at) + insertion + text.slice(at + length);
    }, stdout),
  );

/** A sample that fits into the journal with all metrics of its test, or a `MeasurementError` of one line. */
function judge(test: TestName, output: ToolOutput): 'measured' | 'refused' {
  try {
    const measured = measuredSchema.parse(benchmarks[test].parse(output));
    for (const { name, unit } of metricsByTest[test]) expect(measured.metrics[name]).toMatchObject({ unit });
    expect(JSON.parse(JSON.stringify(measured))).toEqual(measured);
    return 'measured';
  } catch (thrown) {
    if (!(thrown instanceof MeasurementError)) throw thrown;
    expect(thrown.message).toMatch(/^[^\n]{10,400}$/);
    return 'refused';
  }
}

describe.each(testNames)('the parser of %s', (test) => {
  it('throws nothing but MeasurementError at random text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fragments).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(outputWith(text), (output) => void judge(test, output)),
      { numRuns: 300 },
    );
  });

  it('throws nothing but MeasurementError at random JSON', () => {
    fc.assert(
      fc.property(outputWith(fc.json()), (output) => void judge(test, output)),
      { numRuns: 200 },
    );
  });

  it('throws nothing but MeasurementError at mutated recordings of any tool', () => {
    fc.assert(
      fc.property(outputWith(mutated), (output) => void judge(test, output)),
      { numRuns: 500 },
    );
  });

  it('refuses every beginning of a recording that is not the whole', () => {
    const whole = readOutput(test);
    expect(judge(test, whole)).toBe('measured');
    // Nothing that counts comes after this: ping repeats itself, iperf3 and netperf need their last line.
    const last = test === 'ping' ? whole.stdout.indexOf('packet loss') : whole.stdout.trimEnd().lastIndexOf('\n');
    const cut = fc.integer({ min: 0, max: last });
    fc.assert(
      fc.property(cut, (length) => {
        expect(judge(test, { ...whole, stdout: whole.stdout.slice(0, length) })).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the version parsers', () => {
  it('throw nothing but MeasurementError', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(versionParsers)), fc.oneof(fc.string(), mutated), (parse, text) => {
        try {
          expect(parse(text)).not.toBe('');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(MeasurementError);
        }
      }),
    );
  });
});
