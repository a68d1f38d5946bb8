import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalMachine } from '../machines/local.ts';
import type { Command, Outcome } from '../machines/machine.ts';
import { type StreamedProcess, startStreaming } from '../machines/stream.ts';
import type {
  BenchmarkRequest,
  MeasureRequest,
  PrepareRequest,
  ProvisionRequest,
  RootVerb,
} from './root-requests.schema.ts';

/** Where the installer puts it: root's own file, and the one line in sudoers. */
export const installedProgram = '/usr/local/sbin/tunegate-root';

/** Parent of the folders of all runs; only root may write here, everybody may read. */
export const runsFolder = '/var/lib/tunegate-runs';

/** Folder of one run: `run` in it is the run folder, `deployment.json` tells of a provisioned guest, `checks.json` of a prepared host. */
export function findRunFolders(id: string, parent = runsFolder) {
  const folder = `${parent}/${id}`;
  return { folder, run: `${folder}/run`, deployment: `${folder}/deployment.json`, checks: `${folder}/checks.json` };
}

export type RootRequest = MeasureRequest | PrepareRequest | ProvisionRequest | BenchmarkRequest;

/** The one program that does what needs root. What it is asked goes in as a document, never as a path. */
export interface RootProgram {
  /** Starts a verb with its document; `onText` gets what it says. */
  start(verb: RootVerb, id: string, request: RootRequest, onText: (text: string) => void): Promise<StreamedProcess>;
  /** Runs a short verb without a document to its end, however that is. */
  run(verb: RootVerb, id: string, timeoutSeconds: number): Promise<Outcome>;
}

/**
 * `sudo -n`, since nobody is there to type a password; root itself calls the program at once.
 *
 * @param variables of the environment: `TUNEGATE_ROOT_PROGRAM` names another program than the installed one
 */
export function createRootProgram(
  uid: number,
  variables: Readonly<Record<string, string | undefined>> = {},
): RootProgram {
  const program = variables.TUNEGATE_ROOT_PROGRAM || installedProgram;
  const build = (verb: RootVerb, id: string) => buildRootCommand(uid, program, [verb, id]);
  return {
    start: (verb, id, request, onText) =>
      startStreaming(build(verb, id), { input: `${JSON.stringify(request)}\n`, onText }),
    run: (verb, id, timeoutSeconds) =>
      createLocalMachine().run(build(verb, id), { timeoutSeconds, allowFailure: true }),
  };
}

export function buildRootCommand(uid: number, program: string, args: readonly string[]): Command {
  return uid === 0 ? { program, args } : { program: 'sudo', args: ['-n', program, ...args] };
}

/** `stop` ends a run gracefully, then by force, and cleans up: at most so long, seconds. */
export const stopDeadlineSeconds = 60;

/** The same for a run on a listed host, which may have to boot back into its usual entry. */
export const listedStopSeconds = 960;

/**
 * Waits for the end of what was started; when `signal` says so, the program is asked to end it, since an ordinary user
 * cannot send a signal to a process of root. Asked again until it has ended: the first may come before it has begun.
 */
export async function awaitEnd(
  program: RootProgram,
  id: string,
  running: StreamedProcess,
  signal: AbortSignal,
): Promise<Outcome> {
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const outcome = await Promise.race([running.ended, aborted]);
  if (outcome !== null) return outcome;
  for (let tries = 0; tries < 20; tries += 1) {
    await program.run('stop', id, stopDeadlineSeconds);
    const ended = await Promise.race([running.ended, sleep(500, null)]);
    if (ended !== null) return ended;
  }
  return running.ended;
}
