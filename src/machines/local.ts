import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { CommandError, hasCode, MeasurementError, messageOf } from '../errors.ts';
import {
  type BackgroundProcess,
  type Command,
  type Machine,
  type Outcome,
  type RunOptions,
  type StartOptions,
  toolEnvironment,
  type WriteOptions,
} from './machine.ts';

/** SIGTERM first; a program that ignores it for so long gets SIGKILL. */
const killDelayMilliseconds = 2000;

/** The machine this process runs on; `name` where an inventory has one for it. */
export function createLocalMachine(name = 'local'): Machine {
  return {
    name,
    run: runToEnd,
    start: startInBackground,
    readFile: readText,
    writeFile: replaceFile,
    connect: connectLocally,
  };
}

async function runToEnd(command: Command, options: RunOptions): Promise<Outcome> {
  options.signal?.throwIfAborted();
  const result = await execa(command.program, command.args, {
    reject: false,
    // A session of its own: Ctrl-C on the terminal reaches us alone, and we decide what ends when.
    detached: true,
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    ...(options.input === undefined ? {} : { input: options.input }),
    timeout: options.timeoutSeconds * 1000,
    forceKillAfterDelay: killDelayMilliseconds,
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    stripFinalNewline: false,
    env: toolEnvironment,
  });
  options.signal?.throwIfAborted();
  const outcome: Outcome = {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    timedOut: result.timedOut,
    stdout: result.stdout,
    stderr: result.stderr,
    seconds: result.durationMs / 1000,
  };
  if (result.failed && options.allowFailure !== true) {
    const stderr =
      outcome.exitCode === null && outcome.signal === null ? (result.originalMessage ?? '') : outcome.stderr;
    throw new CommandError(
      { ...command, machine: 'local', ...outcome, stderr },
      result instanceof Error ? { cause: result } : {},
    );
  }
  return outcome;
}

async function startInBackground(command: Command, options: StartOptions): Promise<BackgroundProcess> {
  // The file itself, not a pipe through us: the program must not notice when we die, and its output costs us nothing.
  const log = createWriteStream(options.logFile, { flags: 'a' });
  await once(log, 'open');
  const child = execa(command.program, command.args, {
    reject: false,
    detached: true,
    cleanup: false,
    stdio: ['ignore', log, log],
    env: toolEnvironment,
  });
  log.end();
  const ended = child.then((result): Outcome => {
    const { exitCode = null, signal = null, timedOut } = result;
    return {
      exitCode,
      signal,
      timedOut,
      stdout: '',
      stderr: result.originalMessage ?? '',
      seconds: result.durationMs / 1000,
    };
  });
  if (child.pid === undefined) {
    const outcome = await ended;
    throw new CommandError({ ...command, machine: 'local', ...outcome });
  }
  const { pid } = child;
  let over = false;
  ended.then(() => {
    over = true;
  });
  return { pid, ended, hasEnded: () => over, stop: (graceSeconds) => stopGroup(pid, ended, graceSeconds) };
}

/** Ends the whole process group, since servers fork a child for each connection. */
async function stopGroup(pid: number, ended: Promise<Outcome>, graceSeconds: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), sleep(graceSeconds * 1000, false, { ref: false })]);
  // Also after a graceful end: a forked child may have outlived its parent.
  signalGroup(pid, 'SIGKILL');
  if (inTime) return;
  const killed = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (!killed) throw new MeasurementError(`process ${pid} is still there 10 s after SIGKILL`);
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch (thrown) {
    if (!hasCode(thrown, 'ESRCH')) throw thrown;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    // ESRCH: the process behind a file in /proc ended. ENODEV: the device behind a file in /sys went away.
    if (['ENOENT', 'ESRCH', 'ENOTDIR', 'ENODEV'].some((code) => hasCode(thrown, code))) return null;
    throw new Error(`cannot read ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
}

async function replaceFile(path: string, text: string, { mode }: WriteOptions = {}): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', mode);
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** See `Machine.connect`. */
export function connectLocally(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}
