import type { Command } from '../machines/machine.ts';

/** A way into a running virtual machine that does not touch the measured network. */
export interface GuestChannel {
  /** Runs a program as root inside the guest. A failure is an outcome, not an error; a guest that does not answer is one. */
  run(
    command: Command,
    options: { readonly timeoutSeconds: number; readonly signal?: AbortSignal | undefined },
  ): Promise<{ readonly exitCode: number; readonly stdout: string }>;
  /** null when there is no such file. */
  readFile(path: string): Promise<string | null>;
}
