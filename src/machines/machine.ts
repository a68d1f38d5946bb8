import type { Socket } from 'node:net';

/** A program and its arguments: built in one pure function, run in another, never a shell string. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

export interface RunOptions {
  /** Deadline; the program is ended (SIGTERM, then SIGKILL) when it passes. */
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Text for standard input. */
  readonly input?: string;
  /**
   * true: a failure is an `Outcome` like any other instead of a `CommandError`. An abort always throws, and so does
   * the loss of the connection to a machine, which is no failure of the program.
   */
  readonly allowFailure?: boolean;
}

export interface Outcome {
  /** null when ended by a signal or never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time, monotonic clock. */
  readonly seconds: number;
}

/** A program that goes on while we do other things. */
export interface BackgroundProcess {
  readonly pid: number;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<Outcome>;
  hasEnded(): boolean;
  /** SIGTERM, then SIGKILL after `graceSeconds`; resolves when it is gone. Idempotent. */
  stop(graceSeconds: number): Promise<void>;
}

export interface StartOptions {
  /** File that collects standard output and error. */
  readonly logFile: string;
}

export interface WriteOptions {
  /** Permissions of the file, whatever the umask; those that the umask gives where it is not said. */
  readonly mode?: number;
}

/** Where commands run. Paths are paths on that machine. */
export interface Machine {
  readonly name: string;
  /** Runs to the end; throws `CommandError` on a failure unless told otherwise. */
  run(command: Command, options: RunOptions): Promise<Outcome>;
  start(command: Command, options: StartOptions): Promise<BackgroundProcess>;
  /** null when there is no such file (or it vanished while it was read, as files in `/proc` do). */
  readFile(path: string): Promise<string | null>;
  /** The same for many at once, where that is cheaper than one after the other; see `readFiles`. */
  readFiles?(paths: readonly string[]): Promise<readonly (string | null)[]>;
  /** Writes the whole file or leaves the old one; the folder must exist. */
  writeFile(path: string, text: string, options?: WriteOptions): Promise<void>;
  /** A stream to a Unix socket; null when there is none, or nobody listens to it. */
  connect(path: string): Promise<Socket | null>;
}

/** Reads many small files; over a network in one round trip. null as for `readFile`, in the order of the paths. */
export async function readFiles(machine: Machine, paths: readonly string[]): Promise<readonly (string | null)[]> {
  return machine.readFiles?.(paths) ?? Promise.all(paths.map((path) => machine.readFile(path)));
}

/** Every machine runs tools in the C locale: their output is parsed. */
export const toolEnvironment = { LC_ALL: 'C' } as const;

/**
 * The same command inside a network namespace (null: the machine's own); `ip netns exec` would hide `/sys/fs/cgroup`,
 * `nsenter` does not.
 */
export function inNamespace(namespace: string | null, command: Command): Command {
  if (namespace === null) return command;
  return { program: 'nsenter', args: [`--net=/run/netns/${namespace}`, '--', command.program, ...command.args] };
}
