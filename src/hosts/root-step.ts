import { join } from 'node:path';
import { ConfigurationError, MeasurementError } from '../errors.ts';
import type { Outcome } from '../machines/machine.ts';
import { copyRun, describeProcess, endRun, parseProcess } from './finish-run.ts';
import {
  awaitEnd,
  listedStopSeconds,
  type RootProgram,
  type RootRequest,
  runsFolder,
  stopDeadlineSeconds,
} from './root-program.ts';
import type { RootVerb } from './root-requests.schema.ts';

/** What a step that calls the privileged program takes from the world. */
export interface RootStep {
  readonly program: RootProgram;
  /** Parent of the folders of all runs, as this user sees it. */
  readonly runsFolder: string;
  /** Folder that the runner empties when the job ends. */
  readonly temporaryFolder: string;
  /** Where what the program says goes, from its first word to `end`. */
  readonly openOutput: () => ProgramOutput;
  /** Hands a text to the post of the step. */
  readonly saveState: (name: StateName, value: string) => void;
  readonly setOutput: (name: string, value: string) => void;
  /** Set when the step is cancelled. */
  readonly signal: AbortSignal;
}

export interface ProgramOutput {
  write(text: string): void;
  end(): void;
  findLast(beginning: string): string | null;
}

/** What main tells post: which run, by which process, on a listed host or not, how far it came, what is uploaded as what. */
export type StateName = 'id' | 'process' | 'ended' | 'artifact' | 'uploaded' | 'listed';

export const usualRunsFolder = runsFolder;

/** One call of the program from beginning to end. The state is saved before anything else can go wrong. */
export async function callProgram(step: RootStep, verb: RootVerb, id: string, request: RootRequest) {
  step.signal.throwIfAborted();
  step.saveState('id', id);
  if ('host' in request && request.host !== undefined) step.saveState('listed', 'true');
  const output = step.openOutput();
  let outcome: Outcome;
  try {
    const running = await step.program.start(verb, id, request, output.write);
    step.saveState('process', await describeProcess(running.pid));
    outcome = await awaitEnd(step.program, id, running, step.signal);
  } finally {
    output.end();
  }
  step.saveState('ended', 'true');
  step.signal.throwIfAborted();
  const said = output.findLast('tunegate-root: ') ?? output.findLast('sudo: ');
  return { outcome, sentence: said ?? describeEnd(verb, outcome) };
}

/** Throws with the program's own sentence unless it ended well; its exit code 2 is a request that was wrong. */
export function requireSuccess({ outcome, sentence }: { outcome: Outcome; sentence: string }): void {
  if (outcome.exitCode === 0) return;
  throw outcome.exitCode === 2 ? new ConfigurationError(sentence) : new MeasurementError(sentence);
}

export interface PostStep {
  readonly program: RootProgram;
  readonly runsFolder: string;
  readonly temporaryFolder: string;
  readonly readState: (name: StateName) => string;
  readonly uploadFolder: (name: string, folder: string) => Promise<unknown>;
}

/**
 * What is left to do after main, however that ended: end the run, keep what it measured, forget it. Nothing when main
 * never came to call the program.
 *
 * @param last `remove` for a guest or a host, which stay as they are after main has ended
 * @param lastSeconds how long that may take
 */
export function listPostSteps(
  post: PostStep,
  last: 'remove' | 'forget' = 'forget',
  lastSeconds = usualLastSeconds,
): readonly (() => Promise<void>)[] {
  const id = post.readState('id');
  if (id === '') return [];
  const artifact = post.readState('artifact');
  const ended = post.readState('ended') === 'true';
  const patience = post.readState('listed') === 'true' ? listedStopSeconds : stopDeadlineSeconds;
  const kept = artifact === '' || post.readState('uploaded') === 'true';
  return [
    ...(ended
      ? []
      : [() => endRun(post.program, id, parseProcess(post.readState('process')), { stopSeconds: patience })]),
    ...(kept ? [] : [() => uploadRun(post, id, artifact)]),
    () => callShort(post.program, last, id, lastSeconds),
  ];
}

const usualLastSeconds = 120;

async function uploadRun(post: PostStep, id: string, artifact: string): Promise<void> {
  const target = join(post.temporaryFolder, artifact);
  if (await copyRun(id, target, post.runsFolder)) await post.uploadFolder(artifact, target);
}

/** A verb that takes no document. Throws with what it says when it fails. */
async function callShort(program: RootProgram, verb: 'remove' | 'forget', id: string, seconds: number): Promise<void> {
  const { exitCode, stderr } = await program.run(verb, id, seconds);
  if (exitCode !== 0) throw new MeasurementError(`tunegate-root ${verb} ${id} failed: ${stderr.trim().slice(-500)}`);
}

function describeEnd(verb: RootVerb, { exitCode, signal, stderr }: Outcome): string {
  const how =
    exitCode === null
      ? signal === null
        ? stderr || 'could not be started'
        : `was ended by ${signal}`
      : `ended with ${exitCode}`;
  return `tunegate-root ${verb} ${how}`;
}
