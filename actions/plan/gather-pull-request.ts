import { matchesGlob } from 'node:path/posix';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { type Approval, decideApproval, listDeciders, type PullRequestEvent } from '../../src/github/approval.ts';
import { type Change, readChange } from '../../src/github/changed-files.ts';
import { readWriters } from '../../src/github/permissions.ts';
import { type PullRequest, readPullRequest } from '../../src/github/pull-request.ts';
import { listMisnamed, listTuningFolder, requireAgreement, toProfileFiles } from '../../src/github/tuning-files.ts';
import { checkChangedPlans, findPlan } from '../../src/github/tuning-plan.ts';
import type { Findings, FoundPlan } from '../../src/plans/plan-directory.ts';
import { findProfileChanges, type ProfileChanges } from '../../src/plans/profile-changes.ts';
import type { Gathered, Room } from './gathered.ts';
import { refuseUntrustedPaths } from './trusted-paths.ts';

/** Commits that everything is read at. */
interface Commits {
  readonly base: string;
  readonly head: string;
  /** Of the branch that the pull request is to be merged into. */
  readonly tip: string;
}

type Files = Pick<Extract<Gathered, { kind: 'request' }>, 'plan' | 'findings'>;

/** Nothing of a pull request is checked out or run: its profiles and plans are read as data, at exact commits. */
export async function gatherPullRequest(event: PullRequestEvent, room: Room): Promise<Gathered> {
  const { client, environment, inputs } = room;
  const { repository } = environment;
  const pull = await readPullRequest(client, repository, event.number);
  const writers = await readWriters(client, repository, listDeciders(event, pull));
  const approval = decideApproval(event, pull, writers);
  if (approval.kind === 'ignored') return approval;
  const change = await readChange(client, repository, pull);
  const files = await readFiles(room, pull, change, approval);
  return {
    kind: 'request',
    facts: {
      repository: { owner: repository.owner, name: repository.repo },
      trigger: event.kind,
      pullRequest: pull.number,
      baseSha: change.mergeBase,
      headSha: pull.headSha,
      approvedBy: approval.kind === 'granted' ? approval.approvedBy : null,
      missingApproval: approval.kind === 'missing' ? approval.sentence : null,
      hosts: inputs.hosts,
      topology: inputs.inventory === null ? 'embedded' : 'inventory',
      mostComparisons: inputs.mostComparisons,
      longestMinutes: inputs.longestMinutes,
    },
    ...files,
  };
}

async function readFiles(room: Room, pull: PullRequest, change: Change, approval: Approval): Promise<Files> {
  const { inputs } = room;
  const tuning = change.files.filter((path) => countsAsTuning(inputs.paths, path));
  const nothing = { orders: [], problems: [], notes: [], hasTuningFiles: false };
  const noPlan: FoundPlan = { name: inputs.plan, plan: null, text: '', source: 'default-branch' };
  if (tuning.length === 0 && change.isComplete) return { plan: noPlan, findings: nothing };
  const commits = { base: change.mergeBase, head: pull.headSha, tip: pull.baseSha };
  const deployments = approval.kind === 'granted' ? approval.deployments : null;
  try {
    const { found, problems } = await readPlan(room, commits, change, deployments);
    const profiles = await readProfiles(room, commits, change);
    return { plan: found, findings: joinFindings(problems, profiles, tuning, commits) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { plan: noPlan, findings: { ...nothing, hasTuningFiles: true, problems: [messageOf(error)] } };
  }
}

async function readPlan(
  { reader, inputs }: Room,
  { base, head, tip }: Commits,
  change: Change,
  deployments: number | null,
) {
  const list = (commit: string) => listTuningFolder(reader, commit, inputs.plansFolder);
  const folders = { base: await list(base), head: await list(head), tip: await list(tip) };
  requireAgreement(folders.base, folders.head, change);
  const { found, problems } = await findPlan(reader, folders, { name: inputs.plan, deployments });
  const others = await checkChangedPlans(reader, folders, inputs.plan);
  return { found, problems: [...problems, ...others, ...listMisnamed(folders.base, folders.head)] };
}

async function readProfiles(
  { reader, inputs }: Room,
  { base, head, tip }: Commits,
  change: Change,
): Promise<ProfileChanges> {
  const { profilesFolder, paths, hostPaths } = inputs;
  const [before, after] = [
    await listTuningFolder(reader, base, profilesFolder),
    await listTuningFolder(reader, head, profilesFolder),
  ];
  requireAgreement(before, after, change);
  const changes = await findProfileChanges(toProfileFiles(reader, before), toProfileFiles(reader, after), (name) =>
    countsAsTuning(paths, `${profilesFolder}/${name}.yaml`),
  );
  const untrusted = await refuseUntrustedPaths(changes.changes, hostPaths, async () =>
    toProfileFiles(reader, await listTuningFolder(reader, tip, profilesFolder)),
  );
  return { ...changes, problems: [...changes.problems, ...listMisnamed(before, after), ...untrusted] };
}

function joinFindings(
  planProblems: readonly string[],
  profiles: ProfileChanges,
  tuning: readonly string[],
  { base, head }: Commits,
): Findings {
  const kernels = tuning.filter((path) => path.endsWith('.config'));
  return {
    orders: profiles.changes.map(({ ownFile: _, ...change }) => ({
      ...change,
      revisions: { baseline: base, candidate: head },
    })),
    problems: [...planProblems, ...profiles.problems],
    notes: [
      ...kernels.map((path) => `Not measured: ${path}, as nothing builds kernels from fragments yet.`),
      ...profiles.notes,
    ],
    hasTuningFiles: true,
  };
}

function countsAsTuning(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}
