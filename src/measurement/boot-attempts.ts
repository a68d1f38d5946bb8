import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { Side } from '../vocabulary.ts';

type Turn = Pick<ScheduledDeployment, 'side' | 'boot'>;

/** One boot is tried twice: hosts have bad days, and a second failure in a row is the kernel's own. */
const tries = 2;

/** After so many boots of a side that never came up, the rest of them is not worth the minutes that each takes to fail. */
const boots = 2;

/** Which boots did not come up, so that none is tried for ever. One boot serves both sides where it has no number. */
export class BootAttempts {
  readonly #failures = new Map<number | null, readonly string[]>();
  /** Boots given up since the last that came up. */
  readonly #givenUp: Record<Side, number> = { baseline: 0, candidate: 0 };

  /** Why this boot is not to be tried; null: it is. */
  refuse({ side, boot }: Turn): string | null {
    const failures = this.#failures.get(boot) ?? [];
    if (failures.length >= tries) return `the host did not boot into the ${side}: ${failures.at(-1)}`;
    if (failures.length > 0 || this.#givenUp[side] < boots) return null;
    return `the host was not booted: its last ${boots} boots into the ${side} failed, each tried ${tries} times`;
  }

  noteFailure({ side, boot }: Turn, reason: string): void {
    const failures = [...(this.#failures.get(boot) ?? []), reason];
    this.#failures.set(boot, failures);
    if (failures.length === tries) this.#givenUp[side] += 1;
  }

  noteSuccess({ side, boot }: Turn): void {
    this.#failures.delete(boot);
    this.#givenUp[side] = 0;
  }
}
