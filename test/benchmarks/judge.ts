import type { Measured, ToolOutput } from '../../src/benchmarks/benchmark.ts';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import { MeasurementError } from '../../src/errors.ts';
import type { TestName } from '../../src/vocabulary.ts';
import { readOutput } from './fixture.ts';

/** What a test makes of a recorded case. */
export function measure(test: TestName, fixture: string): Measured {
  return benchmarks[test].parse(readOutput(fixture));
}

/** Why a test takes an output for no measurement; fails when it takes it for one or throws anything else. */
export function refusal(test: TestName, output: ToolOutput): string {
  try {
    benchmarks[test].parse(output);
  } catch (thrown) {
    if (thrown instanceof MeasurementError) return thrown.message;
    throw thrown;
  }
  throw new Error(`${test} took the output for a measurement`);
}

export function refusalOf(test: TestName, fixture: string): string {
  return refusal(test, readOutput(fixture));
}

/** A good output in which one thing is other than it was. */
export function edit(fixture: string, find: string | RegExp, replacement: string): ToolOutput {
  const output = readOutput(fixture);
  const stdout = output.stdout.replace(find, replacement);
  if (stdout === output.stdout) throw new Error(`${fixture} does not contain ${find}`);
  return { ...output, stdout };
}
