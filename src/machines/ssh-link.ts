import { CommandError, lastLines, MeasurementError, messageOf } from '../errors.ts';
import { orLater } from '../or-later.ts';
import type { Command } from './machine.ts';
import { createSlots } from './slots.ts';
import { openSshConnection, type SshConnection } from './ssh-connection.ts';
import { notEnded } from './ssh-outcome.ts';
import { buildEnd, type RemoteMark } from './ssh-scripts.ts';
import { openSession, type SessionResult, type SshSession } from './ssh-session.ts';
import type { SshTarget, SshTiming } from './ssh-target.ts';

/** The way to a machine: a connection whenever one is wanted, and the ends that a lost one still owes. */
export interface SshLink {
  /** The connection, a new one after a loss; what a lost one left running has been ended on it. */
  connect(): Promise<SshConnection>;
  /** Ends what goes by this mark, with everything in its session. Throws where that could not be done. */
  end(mark: RemoteMark, graceSeconds: number): Promise<void>;
  /** The same for the program of a session; where the machine is out of reach, the next connection does it. */
  endSession(session: SshSession, graceSeconds: number): Promise<void>;
  /** The next connection ends this program. */
  owe(mark: RemoteMark | null): void;
  /** What to throw for a session that ended without a report. */
  explainLoss(connection: SshConnection, command: Command, result: SessionResult): Promise<CommandError>;
  isClosed(): boolean;
  /** Throws a `MeasurementError` when something is still owed. */
  close(): Promise<void>;
}

export function createSshLink(name: string, target: SshTarget, timing: SshTiming): SshLink {
  const keeper = keepConnection(() => openSshConnection(name, target, timing));
  const owed = new Map<string, RemoteMark>();
  /** A server refuses more sessions than it allows, and one is kept free: programs are ended one after the other. */
  const freeSession = createSlots(1);
  let closed = false;

  const connect = async () => {
    if (closed) throw new MeasurementError(`the connection to ${name} is closed`);
    const connection = await keeper.connect();
    for (const [key, mark] of owed) {
      await endOver(connection, mark, 0);
      owed.delete(key);
    }
    return connection;
  };
  const end = async (mark: RemoteMark, graceSeconds: number) => {
    const giveBack = await freeSession.take();
    try {
      await endOver(await connect(), mark, graceSeconds);
    } catch {
      // A connection that does not answer any more: once again over a new one.
      await keeper.drop();
      await endOver(await connect(), mark, graceSeconds);
    } finally {
      giveBack();
    }
  };
  const owe = (mark: RemoteMark | null) => {
    if (mark !== null) owed.set(`${mark.pid} ${mark.startTicks} ${mark.bootId}`, mark);
  };
  const endSession = async (session: SshSession, graceSeconds: number) => {
    const mark = await orLater(session.started, 5);
    if (mark !== null) await end(mark, graceSeconds).catch(() => owe(mark));
    if ((await orLater(session.ended, 5)) !== null) return;
    // It lasts although its program is gone: a process outside its session holds its output, or nobody is there.
    session.abandon();
    if ((await orLater(session.ended, 2)) === null) await keeper.drop();
  };

  return {
    ...{ connect, end, owe, endSession },
    explainLoss: async (connection, command, result) => {
      if (result.isRefused) {
        const stderr = 'its sshd opens no further session; accepted are ten at once (MaxSessions of its configuration)';
        return new CommandError({ ...command, machine: name, ...notEnded, stderr });
      }
      const words = await connection.lastWords(1);
      const seen = [words, lastLines(result.stderr, 2)].filter((text) => text !== '').join(' / ');
      const stderr = seen || 'the session ended without a word';
      const { stdout } = result;
      return new CommandError({ ...command, machine: name, ...notEnded, stdout, stderr, connectionLost: true });
    },
    isClosed: () => closed,
    close: async () => {
      const trouble = closed || owed.size === 0 ? null : await connect().then(() => null, messageOf);
      closed = true;
      await keeper.drop();
      if (owed.size === 0) return;
      const pids = [...owed.values()].map(({ pid }) => pid).join(', ');
      throw new MeasurementError(`process ${pids} may still be running on ${name}: ${trouble ?? 'it was not ended'}`);
    },
  };
}

/** One connection at a time, however many ask. */
function keepConnection(open: () => Promise<SshConnection>) {
  let current: SshConnection | null = null;
  let opening: Promise<SshConnection> | null = null;
  const reopen = async () => {
    await current?.close();
    current = null;
    current = await open();
    return current;
  };
  return {
    connect: async (): Promise<SshConnection> => {
      if (current !== null && !current.isLost()) return current;
      opening ??= reopen().finally(() => {
        opening = null;
      });
      return opening;
    },
    /** Ends the connection that there is; one that is just being made, too. */
    drop: async (): Promise<void> => {
      await opening?.catch(() => null);
      await current?.close();
    },
  };
}

/** SIGKILL is given 10 s over there. */
const endSeconds = 15;

async function endOver(connection: SshConnection, mark: RemoteMark, graceSeconds: number): Promise<void> {
  const session = openSession(connection, buildEnd(mark, graceSeconds), { logFile: null });
  const result = await orLater(session.ended, graceSeconds + endSeconds);
  if (result?.end?.kind === 'exit' && result.end.exitCode === 0) return;
  session.abandon();
  throw new MeasurementError(`could not end process ${mark.pid}: ${result?.stderr.trim() || 'no answer'}`);
}
