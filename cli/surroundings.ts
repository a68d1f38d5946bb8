import type { Readable, Writable } from 'node:stream';

/** Everything a command takes from the world, handed in so that a test can hand in something else. */
export interface Surroundings {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly stdin: Readable;
  /** Whether standard error is a terminal: live progress there, plain lines elsewhere. */
  readonly interactive: boolean;
  /** Whether standard output is a terminal wide enough for colour and its width in columns. */
  readonly columns: number | null;
  /** Folder of the Tunegate checkout or package: shipped profiles and plans are found below it. */
  readonly home: string;
  /** Set by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** The command's exit code, when it is not 0. */
  setExitCode(code: number): void;
}
