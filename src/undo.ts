import { MeasurementError, messageOf } from './errors.ts';

interface Step {
  readonly what: string;
  readonly run: () => Promise<void>;
}

/**
 * Who starts a thing puts its undo here; the last thing started is undone first.
 *
 * `runAll` goes on after a failure, so that one thing that resists does not keep the others alive,
 * and may be called again: a step that has run is not run twice.
 */
export class UndoStack {
  readonly #steps: Step[] = [];

  /** `what` completes the sentence "could not ...". */
  push(what: string, run: () => Promise<void>): void {
    this.#steps.push({ what, run });
  }

  /** Throws a `MeasurementError` that names every step that failed. */
  async runAll(): Promise<void> {
    const failures: unknown[] = [];
    const sentences: string[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.run();
      } catch (thrown) {
        failures.push(thrown);
        sentences.push(`could not ${step.what}: ${messageOf(thrown)}`);
      }
    }
    if (failures.length > 0) throw new MeasurementError(sentences.join('; '), { cause: new AggregateError(failures) });
  }
}
