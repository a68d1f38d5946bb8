import { ConfigurationError, lastLines, messageOf } from '../errors.ts';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { Check } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { Side } from '../vocabulary.ts';
import { BootAttempts } from './boot-attempts.ts';
import type { Watch } from './events.ts';
import type { HostSteps, HostTreatment, PreparedStage, SessionBoot, Stage } from './host-steps.ts';

export type Turn = Pick<ScheduledDeployment, 'side' | 'boot'>;

export interface EntryFailure {
  readonly kind: 'failed';
  readonly reason: string;
  /** What the host said while it booted; null: it was not booted now, or nobody collects that. */
  readonly log: string | null;
  /** Of the boot in which the host is; null: it does not say. */
  readonly bootId: string | null;
  /** Whether another try may succeed. */
  readonly again: boolean;
  /** Why no other deployment can follow; null: one can. */
  readonly lost: string | null;
}

export type Entered =
  | { readonly kind: 'entered'; readonly stage: Stage; readonly prove: () => Promise<readonly Check[]> }
  | EntryFailure;

export interface SessionOptions {
  readonly watch: Watch;
  readonly signal: AbortSignal;
  /** Whether the host is in another boot than its usual one, left so by a run that was killed. */
  readonly isElsewhere: boolean;
}

/** A host that comes up in no way, not even in its usual entry, is tried once more and then left alone. */
const boundOfAway = 2;

interface Prepared {
  readonly stage: PreparedStage;
  readonly bootId: string;
  /** null: as it was found, nothing of a side in force. */
  readonly settings: string | null;
}

/**
 * The host under test through a run: brought into the state of the side whose turn it is, and at the end as it was.
 *
 * Everything is taken down before anything is switched: the network interface must be in the host's own network when
 * its settings are put back, since that is where they were changed.
 */
export class HostSession {
  readonly #treatment: HostTreatment;
  readonly #steps: HostSteps;
  readonly #options: SessionOptions;
  readonly #attempts = new BootAttempts();
  #prepared: Prepared | null = null;
  /** The boot of the schedule in which the host is; null: none of them. */
  #boot: { readonly number: number | null; readonly bootId: string } | null = null;
  #isElsewhere: boolean;
  /** Boots in a row after which the host did not answer at all. */
  #away = 0;

  constructor(treatment: HostTreatment, steps: HostSteps, options: SessionOptions) {
    this.#treatment = treatment;
    this.#steps = steps;
    this.#options = options;
    this.#isElsewhere = options.isElsewhere;
  }

  /**
   * Prepares the machines as they are found: what cannot work on them at all is seen before anything is booted. Returns
   * the versions that only running parts tell. A boot that a killed run left behind ends first.
   */
  async open(side: Side): Promise<PreparedStage['versions']> {
    const { applies, boots, settings } = this.#treatment;
    await this.#steps.takeBack();
    if (this.#isElsewhere && !boots) await this.#bootBack();
    const { stage } = await this.#prepare(side, applies || boots ? null : settings[side]);
    return stage.versions;
  }

  /**
   * Brings the host into the state of a side, unless it is in it. An interruption throws, and so does what the user must
   * mend before any further try; every other trouble is told.
   */
  async enter(turn: Turn): Promise<Entered> {
    const { signal } = this.#options;
    try {
      const found = (await this.#findPrepared(turn)) ?? (await this.#switchTo(turn));
      if ('kind' in found) return found;
      return { kind: 'entered', stage: found.stage, prove: () => this.#steps.prove(turn.side) };
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof ConfigurationError) throw thrown;
      return this.#describeFailure(messageOf(thrown));
    }
  }

  /** Whether a host that was lost can be brought back: the next turn boots it. */
  get recovers(): boolean {
    return this.#treatment.boots;
  }

  /** The host as it was before the run: also after a failure or an interruption. Idempotent. */
  async close(): Promise<void> {
    const undo = new UndoStack();
    if (this.#isElsewhere) undo.push('boot the host back into its usual entry', () => this.#bootBack());
    undo.push('put back the settings of the host', () => this.#steps.takeBack());
    undo.push('take down what was built on the machines', () => this.#takeDown());
    await undo.runAll();
  }
  /** What is prepared, if it is what the turn needs and the host has not been booted behind our back. */
  async #findPrepared({ side, boot }: Turn): Promise<Prepared | null> {
    const prepared = this.#prepared;
    if (prepared === null || prepared.settings !== this.#treatment.settings[side]) return null;
    if (this.#treatment.boots && this.#boot?.number !== boot) return null;
    return (await this.#findBootId()) === prepared.bootId ? prepared : null;
  }

  async #switchTo(turn: Turn): Promise<Prepared | EntryFailure> {
    const { applies, boots, settings } = this.#treatment;
    const refusal = boots && this.#boot?.number !== turn.boot ? this.#attempts.refuse(turn) : null;
    if (refusal !== null) return this.#describeFailure(refusal, { again: false });
    await this.#clear(turn);
    const failure = boots ? await this.#bootInto(turn) : null;
    if (failure !== null) return failure;
    if (applies) {
      this.#say(`setting the running host as the ${turn.side} asks`);
      await this.#steps.apply(turn.side);
    }
    return this.#prepare(turn.side, settings[turn.side]);
  }

  /** What resists is no hindrance where a boot follows, which ends it: the host may be the one that does not answer. */
  async #clear(turn: Turn): Promise<void> {
    const undo = new UndoStack();
    undo.push('put back the settings of the host', () => this.#steps.takeBack());
    undo.push('take down what was built on the machines', () => this.#takeDown());
    try {
      await undo.runAll();
    } catch (thrown) {
      this.#options.signal.throwIfAborted();
      if (!this.#treatment.boots || (await this.#isInBoot(turn))) throw thrown;
      this.#say(`warning: ${messageOf(thrown)}`);
    }
  }

  async #isInBoot({ boot }: Turn): Promise<boolean> {
    return this.#boot !== null && this.#boot.number === boot && (await this.#findBootId()) === this.#boot.bootId;
  }

  /** null: the host is in the boot of the turn. */
  async #bootInto(turn: Turn): Promise<EntryFailure | null> {
    if (await this.#isInBoot(turn)) return null;
    this.#options.signal.throwIfAborted();
    this.#boot = null;
    this.#isElsewhere = true;
    this.#say(`booting the host into the ${turn.side}${turn.boot === null ? '' : `, boot ${turn.boot} of the run`}`);
    let outcome: SessionBoot;
    try {
      // Its usual entry is where a host that does not answer is brought back to, by its power if need be.
      if (this.#away > 0) await this.#steps.boot('default');
      outcome = await this.#steps.boot(turn.side);
    } catch (thrown) {
      this.#options.signal.throwIfAborted();
      if (thrown instanceof ConfigurationError) throw thrown;
      return this.#noteAway(turn, messageOf(thrown));
    }
    this.#away = 0;
    this.#options.signal.throwIfAborted();
    if (outcome.entry === 'default') return this.#noteFallback(turn, outcome);
    this.#say(`the host came up after ${Math.round(outcome.seconds)} s`);
    this.#attempts.noteSuccess(turn);
    this.#boot = { number: turn.boot, bootId: outcome.bootId };
    return null;
  }

  async #noteAway(turn: Turn, reason: string): Promise<EntryFailure> {
    this.#away += 1;
    this.#attempts.noteFailure(turn, reason);
    return this.#describeFailure(reason, { lost: this.#away < boundOfAway ? null : reason });
  }

  async #noteFallback(turn: Turn, { bootId, seconds, log }: SessionBoot): Promise<EntryFailure> {
    this.#isElsewhere = false;
    const last = log === null ? '' : `; its last lines: ${lastLines(log, 5)}`;
    const reason = `the host fell back to its usual entry, in which it was ${Math.round(seconds)} s after it was told to boot into the ${turn.side}${last}`;
    this.#attempts.noteFailure(turn, reason);
    return this.#describeFailure(reason, { log, bootId, again: this.#attempts.refuse(turn) === null });
  }

  async #describeFailure(reason: string, known: Partial<EntryFailure> = {}): Promise<EntryFailure> {
    const bootId = known.bootId ?? (await this.#findBootId());
    return { kind: 'failed', reason, log: null, again: true, lost: null, ...known, bootId };
  }

  async #findBootId(): Promise<string | null> {
    try {
      return await this.#steps.readBootId();
    } catch {
      this.#options.signal.throwIfAborted();
      return null;
    }
  }

  async #prepare(side: Side, settings: string | null): Promise<Prepared> {
    const bootId = await this.#steps.readBootId();
    this.#prepared = { stage: await this.#steps.prepare(side), bootId, settings };
    return this.#prepared;
  }

  /** A second call has nothing to do, also after a failure: the preparation that follows removes what was left behind. */
  async #takeDown(): Promise<void> {
    const stage = this.#prepared?.stage;
    this.#prepared = null;
    await stage?.restore();
  }

  async #bootBack(): Promise<void> {
    const again = this.#options.signal.aborted ? '; interrupting once more does not end that' : '';
    this.#say(`booting the host back into its usual entry${again}`);
    this.#boot = null;
    const { seconds } = await this.#steps.boot('default');
    this.#isElsewhere = false;
    this.#say(`the host is back after ${Math.round(seconds)} s`);
  }

  #say(text: string): void {
    this.#options.watch({ kind: 'step', text });
  }
}
