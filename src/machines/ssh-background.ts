import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '../errors.ts';
import type { BackgroundProcess, Command, Outcome } from './machine.ts';
import type { SshLink } from './ssh-link.ts';
import { notEnded, openOrRefuse, toOutcome } from './ssh-outcome.ts';
import { buildWatch, type RemoteMark } from './ssh-scripts.ts';
import { openSession, type SessionResult } from './ssh-session.ts';

export interface BackgroundRequest {
  readonly name: string;
  /** A connection of its own, so that programs that stay do not take the places of those that come and go. */
  readonly link: SshLink;
  readonly command: Command;
  /** Path on that machine. */
  readonly logFile: string;
}

/** Between two tries to reach a machine on which a program may still be running. */
const retryMilliseconds = 5000;

/**
 * Starts a program that outlives the connection: its session stays open only to tell when it ends. After a loss it is
 * looked for again; how it ended is then unknown.
 */
export async function startOverSsh({ name, link, command, logFile }: BackgroundRequest): Promise<BackgroundProcess> {
  const connection = await link.connect();
  const session = openOrRefuse(name, command, () => openSession(connection, command, { logFile }));
  const mark = await session.running;
  if (mark !== null) return follow(link, mark, session.ended);
  const result = await session.ended;
  if (result.end?.kind !== 'trouble') throw await link.explainLoss(connection, command, result);
  throw new CommandError({ ...command, machine: name, ...notEnded, stderr: result.end.sentence });
}

function follow(link: SshLink, mark: RemoteMark, first: Promise<SessionResult>): BackgroundProcess {
  let over = false;
  const ended = waitForEnd(link, mark, first).then((outcome) => {
    over = true;
    return outcome;
  });
  return {
    pid: mark.pid,
    ended,
    hasEnded: () => over,
    stop: async (graceSeconds) => {
      await link.end(mark, graceSeconds);
      // It is gone; what is waited for is the news of it, which a cut cable may keep from us.
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    },
  };
}

async function waitForEnd(link: SshLink, mark: RemoteMark, first: Promise<SessionResult>): Promise<Outcome> {
  const result = await first;
  if (result.end !== null) return toOutcome({ ...result, stdout: '', stderr: '' }, false);
  while (!link.isClosed()) {
    if (await watchAgain(link, mark)) {
      const stderr = 'it has ended; how is not known, the connection was lost meanwhile';
      return { ...notEnded, stderr, seconds: result.seconds };
    }
    await sleep(retryMilliseconds, undefined, { ref: false });
  }
  // Nobody watches it any more, and an end that was not seen is not told.
  return new Promise<never>(() => {});
}

/** true once it has ended; false where that could not be seen. */
async function watchAgain(link: SshLink, mark: RemoteMark): Promise<boolean> {
  try {
    const session = openSession(await link.connect(), buildWatch(mark), { logFile: null });
    const { end } = await session.ended;
    return end?.kind === 'exit' && end.exitCode === 0;
  } catch {
    // Out of reach: the next try tells.
    return false;
  }
}
