import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));

export interface Running {
  readonly pid: number;
  /** Resolves when the command has ended; code null: by a signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** The `tunegate` command as a process of its own. */
export function startTunegate(...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['cli/main.ts', ...args], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const collect = async (): Promise<Awaited<Running['ended']>> => {
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.stderr += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, ...said };
  };
  if (child.pid === undefined) throw new Error('node could not be started');
  return { pid: child.pid, ended: collect() };
}

/** Sends a signal to a command that may have come to its end; null: none was started. */
export function killTunegate(running: Running | null, ending: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (running !== null) process.kill(running.pid, ending);
  } catch {
    // It had just ended.
  }
}

/** Runs the command to its end, whatever that is. Interrupted with us, it cleans up. */
export async function endTunegate(signal: AbortSignal, ...args: readonly string[]): Promise<Awaited<Running['ended']>> {
  signal.throwIfAborted();
  const { pid, ended } = startTunegate(...args);
  const interrupt = () => process.kill(pid, 'SIGTERM');
  signal.addEventListener('abort', interrupt);
  const outcome = await ended;
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  return outcome;
}

/** The same; throws with its last words unless it ends with 0. */
export async function runTunegate(signal: AbortSignal, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await endTunegate(signal, ...args);
  if (code !== 0) throw new Error(`tunegate ${args.join(' ')} ended with ${code}: ${stderr.trim().split('\n').at(-1)}`);
  return stdout;
}
