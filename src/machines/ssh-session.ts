import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { type Command, toolEnvironment } from './machine.ts';
import type { SshConnection } from './ssh-connection.ts';
import { buildLine } from './ssh-quote.ts';
import { parseReport, type RemoteReport } from './ssh-report.ts';
import { buildSupervised, type RemoteMark } from './ssh-scripts.ts';
import { buildSessionCommand } from './ssh-target.ts';

export interface SessionRequest {
  /** Text for standard input. */
  readonly input?: string | undefined;
  /** File on the other machine for standard output and error; null: they come here. */
  readonly logFile: string | null;
}

/** What became of a session, seen from here. */
export interface SessionResult extends RemoteReport {
  readonly stdout: string;
  /** More output than is kept (100 million characters a stream). */
  readonly outputTooLong: string | null;
  /** The other end would not open it, however long it was asked: the program was not started. */
  readonly isRefused: boolean;
  readonly seconds: number;
}

/** A program on the other machine, in a session of its own there. */
export interface SshSession {
  /** Who it is, as soon as it says so; null when the session ends without that. */
  readonly started: Promise<RemoteMark | null>;
  /** Likewise, but once it has really become the program. For those with a log file only. */
  readonly running: Promise<RemoteMark | null>;
  readonly ended: Promise<SessionResult>;
  /** Leaves the session; the program is not told. */
  abandon(): void;
}

/**
 * A server counts a session until it has cleared it away, which a busy one does long after we have heard of its end. A
 * session that it refuses is therefore asked for again.
 */
const refusal = { words: 'Session open refused by peer', seconds: 20, pauseMilliseconds: 250 } as const;

/** Throws a `RangeError` on what cannot be sent. */
export function openSession(connection: SshConnection, command: Command, request: SessionRequest): SshSession {
  const nonce = `tunegate-${randomUUID()}`;
  const { input, logFile } = request;
  const line = buildLine(buildSupervised(command, { nonce, hasInput: input !== undefined, logFile }));
  const { program, args } = buildSessionCommand(connection.files, line);
  const startClient = () =>
    execa(program, args, {
      ...{ reject: false, detached: true, cleanup: false, stripFinalNewline: false, env: toolEnvironment },
      stdin: input === undefined ? 'ignore' : 'pipe',
      ...(input === undefined ? {} : { input }),
    });
  const started = Promise.withResolvers<RemoteMark | null>();
  const running = Promise.withResolvers<RemoteMark | null>();
  let client = startClient();
  let isAbandoned = false;
  const runClient = async (): Promise<SessionResult> => {
    let beginning = '';
    const listen = (chunk: Uint8Array) => {
      beginning += Buffer.from(chunk).toString('latin1');
      const { mark, isRunning } = parseReport(beginning, nonce);
      if (mark === null) return;
      started.resolve(mark);
      if (isRunning) running.resolve(mark);
      if (isRunning || logFile === null) client.stderr.off('data', listen);
    };
    client.stderr.on('data', listen);
    const result = await client;
    const report = parseReport(result.stderr ?? '', nonce);
    return {
      ...report,
      stdout: result.stdout ?? '',
      outputTooLong: result.isMaxBuffer ? (result.originalMessage ?? 'too much output') : null,
      isRefused: report.mark === null && report.stderr.includes(refusal.words),
      seconds: result.durationMs / 1000,
    };
  };
  const runToEnd = async () => {
    const lastAsked = performance.now() + refusal.seconds * 1000;
    let result = await runClient();
    while (result.isRefused && !connection.isLost() && performance.now() < lastAsked) {
      await sleep(refusal.pauseMilliseconds);
      if (isAbandoned) break;
      client = startClient();
      result = await runClient();
    }
    started.resolve(result.mark);
    running.resolve(null);
    return result;
  };
  return {
    started: started.promise,
    running: running.promise,
    ended: runToEnd(),
    abandon: () => {
      isAbandoned = true;
      client.kill('SIGKILL');
    },
  };
}
