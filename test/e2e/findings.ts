import { existsSync, readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { runsFolder } from '../../src/hosts/root-program.ts';
import type { CheckRun, Comment } from '../fakes/github-server/state.ts';
import type { PullState } from './events.ts';
import type { Rig } from './rig.ts';
import type { ActRun } from './run-act.ts';

/** Every job of tuning-pr.yml. */
export const allJobs = ['plan', 'announce', 'measure', 'report', 'gate'];

/**
 * Exactly these jobs did something: act leaves out, without a word and with exit code 0, what it has no runner for. With
 * them the run's whole log when it is not so.
 */
export function expectJobs(run: ActRun, ids: readonly string[]): void {
  expect(
    run.jobs.map(({ id }) => id),
    run.log,
  ).toEqual(ids);
}

/** How the main step of a job's own action ended; legs of a matrix joined. */
export function resultOf(run: ActRun, job: string): string {
  const steps = run.jobs.filter(({ id }) => id === job).flatMap((each) => each.steps);
  const own = steps.filter(({ step, stage }) => stage === 'Main' && !step.startsWith('actions/checkout'));
  return own.map(({ result }) => result).join(' ');
}

/** Comments of the workflow on a pull request, oldest first. */
export function listReports(rig: Rig, pull: PullState): readonly Comment[] {
  const comments = [...rig.server.repository().comments.values()];
  return comments.filter(({ issueNumber, author }) => issueNumber === pull.number && author === 'github-actions[bot]');
}

/** The one comment; fails when there is none, or another. */
export function readReport(rig: Rig, pull: PullState): string {
  const bodies = listReports(rig, pull).map(({ body }) => body);
  expect(bodies).toHaveLength(1);
  return bodies[0] ?? '';
}

/** The check run that a repository requires, on a commit; its newest. */
export function readCheck(rig: Rig, sha: string): Pick<CheckRun, 'status' | 'conclusion'> & { title: string | null } {
  const found = [...rig.server.repository().checkRuns.values()].filter(
    ({ headSha, name }) => headSha === sha && name === 'tunegate',
  );
  const last = found.at(-1);
  if (last === undefined) throw new Error(`commit ${sha} has no check run tunegate`);
  return { status: last.status, conclusion: last.conclusion, title: last.output.title };
}

/** Folders of runs that the privileged program keeps on this machine, whoever made them. */
export function listKeptRuns(): readonly string[] {
  return existsSync(runsFolder) ? readdirSync(runsFolder).sort() : [];
}
