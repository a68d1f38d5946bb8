import type { MeasurementEvent } from '../src/measurement/events.ts';
import { estimateSeconds, usualCosts } from '../src/plans/estimate.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import { countSamples, type ScheduledDeployment } from '../src/plans/schedule.ts';
import { formatDuration } from '../src/units.ts';

/** Turns the events of a run into lines for people; times in seconds on a monotonic clock. */
export class RunNarrator {
  readonly #plan: ResolvedPlan;
  readonly #schedule: readonly ScheduledDeployment[];
  readonly #clock: () => number;
  readonly #total: number;
  readonly #started: number;
  #doneSeconds = 0;
  #current = '';

  /** @param total fresh starts of the whole run, of which the schedule may be the rest */
  constructor(plan: ResolvedPlan, schedule: readonly ScheduledDeployment[], clock: () => number, total: number) {
    this.#plan = plan;
    this.#schedule = schedule;
    this.#clock = clock;
    this.#total = total;
    this.#started = clock();
  }

  /** `kept` is a line worth keeping, `live` what goes on at this moment. */
  narrate(event: MeasurementEvent): { readonly kept?: string; readonly live?: string } {
    switch (event.kind) {
      case 'step':
        return { kept: event.text };
      case 'deployment':
        this.#current = this.#describe(event.deployment, event.attempt);
        return { kept: `${this.#current}, ${this.#timeLeft()}` };
      case 'sample': {
        const phase =
          event.phase === 'warmup' ? 'warm-up' : `sample ${event.index} of ${countSamples(this.#plan, event.test)}`;
        return { live: `${this.#current}: ${event.test} ${phase}, ${this.#timeLeft()}` };
      }
      case 'sample-failed':
        return { kept: `${this.#current}: ${event.test} failed: ${event.reason}` };
      case 'deployment-ended':
        this.#doneSeconds = this.#estimate(this.#listDone(event.deployment));
        return event.reason === null ? {} : { kept: `${this.#current} failed: ${event.reason}` };
    }
  }

  #describe({ order, guest, attachment, side }: ScheduledDeployment, attempt: number): string {
    const again = attempt === 1 ? '' : ' (second try)';
    return `fresh start ${order} of ${this.#total}: ${guest} on ${attachment}, ${side}${again}`;
  }

  /** The estimate, corrected by how it has held so far. */
  #timeLeft(): string {
    const left = Math.max(0, this.#estimate(this.#schedule) - this.#doneSeconds);
    const elapsed = this.#clock() - this.#started;
    const pace = this.#doneSeconds === 0 ? 1 : elapsed / this.#doneSeconds;
    return `about ${formatDuration(left * pace)} left`;
  }

  /** A boot belongs to the first deployment that it serves. */
  #listDone({ order }: ScheduledDeployment): readonly ScheduledDeployment[] {
    return this.#schedule.filter((deployment) => deployment.order <= order);
  }

  #estimate(deployments: readonly ScheduledDeployment[]): number {
    return estimateSeconds(this.#plan, deployments, { ...usualCosts, setUp: 0 });
  }
}
