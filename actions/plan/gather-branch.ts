import { ConfigurationError } from '../../src/errors.ts';
import { listTuningFolder, toProfileFiles } from '../../src/github/tuning-files.ts';
import { findPlan } from '../../src/github/tuning-plan.ts';
import { readProfile } from '../../src/plans/profile-changes.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';
import type { Gathered, Room } from './gathered.ts';

/**
 * Two profiles of the commit that the workflow runs for, as the inputs name them: the nightly run, or one by hand.
 * Whatever is wrong with them throws `ConfigurationError`, as nobody waits for a comment.
 */
export async function gatherBranch(trigger: 'schedule' | 'manual', room: Room): Promise<Gathered> {
  const { reader, environment, inputs } = room;
  const { repository, sha } = environment;
  const plans = await listTuningFolder(reader, sha, inputs.plansFolder);
  const { found, problems } = await findPlan(
    reader,
    { base: plans, head: plans, tip: plans },
    { name: inputs.plan, deployments: inputs.deployments },
  );
  const [problem] = problems;
  if (problem !== undefined) throw new ConfigurationError(problem);
  const files = toProfileFiles(reader, await listTuningFolder(reader, sha, inputs.profilesFolder));
  const resolve = (name: string) => resolveProfile(name, (wanted) => readProfile(wanted, files));
  const sides = { baseline: await resolve(inputs.baseline), candidate: await resolve(inputs.candidate) };
  const order = { name: inputs.candidate, change: 'none' as const, sides, notes: [] };
  return {
    kind: 'request',
    facts: {
      repository: { owner: repository.owner, name: repository.repo },
      trigger,
      pullRequest: null,
      baseSha: sha,
      headSha: sha,
      approvedBy: null,
      missingApproval: null,
      hosts: inputs.hosts,
      topology: inputs.inventory === null ? 'embedded' : 'inventory',
      mostComparisons: inputs.mostComparisons,
      // The limit is for what a pull request asks for; a night may take the night.
      longestMinutes: Number.POSITIVE_INFINITY,
    },
    plan: found,
    findings: {
      orders: [{ ...order, revisions: { baseline: sha, candidate: sha } }],
      problems: [],
      notes: [],
      hasTuningFiles: true,
    },
  };
}
