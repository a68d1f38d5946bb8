import type { SerializedError } from 'vitest';
import type { TestModule, TestRunEndReason, TestSuite } from 'vitest/node';
import { DefaultReporter } from 'vitest/node';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The default output, then why suites were skipped on this machine, then the counts as the very last line. */
export default class TallyReporter extends DefaultReporter {
  override onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    errors: ReadonlyArray<SerializedError>,
    reason: TestRunEndReason,
  ): void {
    super.onTestRunEnd(modules, errors, reason);
    const lines = [...describeSkips(modules), formatTally(countTests(modules, errors))];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A file that cannot be loaded, a hook that throws and an error outside of any test count as one failure each. */
export function countTests(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<SerializedError>): Tally {
  const tally = { passed: 0, failed: errors.length, skipped: 0 };
  for (const module of modules) {
    tally.failed += module.errors().length;
    for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never got to run, since a hook before it failed or the run was cut short, was skipped.
      tally[state === 'pending' ? 'skipped' : state] += 1;
    }
  }
  return tally;
}

function describeSkips(modules: ReadonlyArray<TestModule>): string[] {
  const skips = modules.flatMap((module) =>
    [...module.children.allSuites()].flatMap((suite) => {
      const reason = suite.meta().skipReason;
      return reason === undefined ? [] : [describeSkip(suite, reason)];
    }),
  );
  return skips.length === 0 ? [] : ['SKIPPED on this machine:', ...skips, ''];
}

function describeSkip(suite: TestSuite, reason: string): string {
  const count = [...suite.children.allTests()].length;
  return `  ${suite.fullName} (${count} tests): ${reason}`;
}
