import { randomUUID } from 'node:crypto';
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

/** Throws a `RangeError` on what cannot be sent. */
export function openSession(connection: SshConnection, command: Command, request: SessionRequest): SshSession {
  const nonce = `tunegate-${randomUUID()}`;
  const { input, logFile } = request;
  const line = buildLine(buildSupervised(command, { nonce, hasInput: input !== undefined, logFile }));
  const { program, args } = buildSessionCommand(connection.files, line);
  const client = execa(program, args, {
    ...{ reject: false, detached: true, cleanup: false, stripFinalNewline: false, env: toolEnvironment },
    stdin: input === undefined ? 'ignore' : 'pipe',
    ...(input === undefined ? {} : { input }),
  });
  const started = Promise.withResolvers<RemoteMark | null>();
  const running = Promise.withResolvers<RemoteMark | null>();
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
  const ended = client.then((result): SessionResult => {
    const report = parseReport(result.stderr ?? '', nonce);
    started.resolve(report.mark);
    running.resolve(null);
    return {
      ...report,
      stdout: result.stdout ?? '',
      outputTooLong: result.isMaxBuffer ? (result.originalMessage ?? 'too much output') : null,
      seconds: result.durationMs / 1000,
    };
  });
  return {
    started: started.promise,
    running: running.promise,
    ended,
    abandon: () => {
      client.kill('SIGKILL');
    },
  };
}
