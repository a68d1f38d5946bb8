import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, type CommandFailure, MeasurementError, messageOf } from '../errors.ts';
import { orLater } from '../or-later.ts';
import type { Command, Machine, Outcome, RunOptions } from './machine.ts';
import { createSlots, type Slots } from './slots.ts';
import { startOverSsh } from './ssh-background.ts';
import { readManyOverSsh, readOverSsh, writeOverSsh } from './ssh-files.ts';
import { createSshLink, type SshLink } from './ssh-link.ts';
import { openOrRefuse, toOutcome } from './ssh-outcome.ts';
import { openSession, type SessionResult, type SshSession } from './ssh-session.ts';
import { connectOverSsh } from './ssh-sockets.ts';
import { defaultSshTiming, type SshTarget, type SshTiming } from './ssh-target.ts';

/** A machine that is reached over the network. */
export interface SshMachine extends Machine {
  /**
   * Ends the connections, and first what a lost one may have left running. Programs started in the background go on.
   * Throws a `MeasurementError` when something may still be running. Idempotent.
   */
  close(): Promise<void>;
}

/** A program that ignores SIGTERM for so long gets SIGKILL, as on the local machine. */
const killDelaySeconds = 2;

/** So long a program may take to begin before its deadline runs. */
const openingSeconds = 30;

/** sshd allows ten sessions a connection (MaxSessions): one holds it, one is kept free for ending programs. */
const sessionsAtOnce = 8;

/** Connects at the first command, and again at the next one after a loss. `name` is that of the inventory. */
export function createSshMachine(name: string, target: SshTarget, timing: SshTiming = defaultSshTiming): SshMachine {
  const link = createSshLink(name, target, timing);
  const backgroundLink = createSshLink(name, target, timing);
  const slots = createSlots(sessionsAtOnce);
  const backgroundSlots = createSlots(sessionsAtOnce);
  const run: Machine['run'] = (command, options) => runToEnd({ name, link, slots }, command, options);
  return {
    name,
    run,
    start: async (command, { logFile }) => {
      const giveBack = backgroundSlots.takeNow();
      if (giveBack === null) {
        throw new MeasurementError(`${name} runs ${sessionsAtOnce} programs in the background, more are not accepted`);
      }
      try {
        const started = await startOverSsh({ name, link: backgroundLink, command, logFile });
        started.ended.then(giveBack);
        return started;
      } catch (thrown) {
        giveBack();
        throw thrown;
      }
    },
    readFile: (path) => readOverSsh({ name, run }, path),
    readFiles: (paths) => readManyOverSsh({ name, run }, paths),
    writeFile: (path, text, options) => writeOverSsh({ name, run }, path, text, options),
    connect: (path) => connectOverSsh({ name, run }, link, path),
    close: async () => {
      const outcomes = await Promise.allSettled([link.close(), backgroundLink.close()]);
      const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      if (failures.length > 0) throw new MeasurementError(failures.map(messageOf).join('; '), { cause: failures[0] });
    },
  };
}

interface Way {
  readonly name: string;
  readonly link: SshLink;
  readonly slots: Slots;
}

async function runToEnd(way: Way, command: Command, options: RunOptions): Promise<Outcome> {
  const { name, link, slots } = way;
  const { signal } = options;
  const giveBack = await slots.take(signal);
  try {
    const connection = await orAborted(link.connect(), signal);
    signal?.throwIfAborted();
    const session = openOrRefuse(name, command, () =>
      openSession(connection, command, { input: options.input, logFile: null }),
    );
    const { result, timedOut } = await waitForEnd(link, session, options);
    signal?.throwIfAborted();
    if (result.end === null && result.outputTooLong === null && !timedOut) {
      link.owe(result.mark);
      throw await link.explainLoss(connection, command, result);
    }
    return judge(name, command, options, result, timedOut);
  } finally {
    giveBack();
  }
}

/** Ends the program over there at its deadline, at an abort, and when it says more than is kept. */
async function waitForEnd(link: SshLink, session: SshSession, { timeoutSeconds, signal }: RunOptions) {
  const stop = Promise.withResolvers<'abort'>();
  const tell = () => stop.resolve('abort');
  signal?.addEventListener('abort', tell);
  if (signal?.aborted) tell();
  const clock = new AbortController();
  const runOut = async () => {
    // Opening a session on a busy machine takes seconds that are not the program's.
    await orLater(session.started, openingSeconds, clock.signal);
    return sleep(timeoutSeconds * 1000, 'deadline' as const, { signal: clock.signal });
  };
  const deadline = runOut().catch(() => 'abort' as const);
  try {
    const first = await Promise.race([session.ended, stop.promise, deadline]);
    if (typeof first === 'string') {
      await link.endSession(session, killDelaySeconds);
      return { result: await session.ended, timedOut: first === 'deadline' };
    }
    if (first.outputTooLong !== null) await link.endSession(session, killDelaySeconds);
    return { result: first, timedOut: false };
  } finally {
    clock.abort();
    signal?.removeEventListener('abort', tell);
  }
}

/** Abandons a wait that cannot be cut short itself. */
async function orAborted<Value>(wait: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return wait;
  const aborted = Promise.withResolvers<never>();
  const tell = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', tell);
  try {
    return await Promise.race([wait, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
}

function judge(name: string, command: Command, options: RunOptions, result: SessionResult, timedOut: boolean): Outcome {
  const outcome = toOutcome(result, timedOut);
  const failed = timedOut || outcome.exitCode !== 0 || result.outputTooLong !== null;
  if (!failed || options.allowFailure === true) return outcome;
  const trouble = result.end?.kind === 'trouble' ? result.end.sentence : result.outputTooLong;
  const failure: CommandFailure = { ...command, machine: name, ...outcome, stderr: trouble ?? outcome.stderr };
  throw new CommandError(failure);
}
