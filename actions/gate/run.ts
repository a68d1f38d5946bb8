import { escapeMarkdown } from '../../reports/escape-markdown.ts';
import { stripControls } from '../../reports/strip-controls.ts';
import { type CheckRunText, writeCheckRun } from '../../src/github/check-run.ts';
import type { HostedStep } from '../../src/github/create-hosted-step.ts';
import type { Environment } from '../../src/github/environment.ts';
import { findHead } from '../../src/github/find-head.ts';
import { type JobsDecision, judgeJobs } from '../../src/github/judge-jobs.ts';
import type { GateInputs } from './inputs.ts';

export type GateWorld = Pick<HostedStep, 'github' | 'event' | 'setOutput' | 'info' | 'warning' | 'setFailed'> & {
  readonly environment: Pick<Environment, 'repository' | 'runId' | 'attempt' | 'serverUrl'>;
};

/**
 * Concludes the check run, and fails the job where the check fails: whichever of the two a repository requires, the
 * answer is the same. The decision is made, and the job fails by it, before GitHub is asked for anything.
 */
export async function runGate({ needs, headSha }: GateInputs, world: GateWorld): Promise<void> {
  const decision = judgeJobs(needs);
  const sentence = stripControls(decision.sentence);
  world.setOutput('conclusion', decision.conclusion);
  world.setOutput('sentence', sentence);
  if (decision.conclusion === 'failure') world.setFailed(sentence);
  else world.info(sentence);
  await conclude(decision, findGivenHead(needs, headSha), world);
}

/** The plan job found out which commit this is about; its outputs come through GitHub and not through an artifact. */
function findGivenHead(needs: GateInputs['needs'], headSha: string | null): string | null {
  const planned = Object.hasOwn(needs, 'plan') ? needs.plan?.outputs['head-sha'] : undefined;
  return headSha ?? (/^[0-9a-f]{40}$/.test(planned ?? '') ? (planned ?? null) : null);
}

async function conclude(decision: JobsDecision, given: string | null, world: GateWorld): Promise<void> {
  const { github, environment, event } = world;
  const { repository, runId, attempt, serverUrl } = environment;
  const headSha = await findHead(github, repository, { given, event });
  if (headSha === null) {
    world.info('The event is about no pull request, so there is no check to conclude.');
    return;
  }
  const outcome = await writeCheckRun({
    github,
    repository,
    headSha,
    run: { runId: String(runId), attempt },
    detailsUrl: `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`,
    conclusion: decision.conclusion,
    describe: (before) => describeConclusion(decision, before),
  });
  if (outcome.kind === 'refused') world.warning(outcome.reason);
}

/** What the report wrote stays below the conclusion. */
function describeConclusion({ title, sentence }: JobsDecision, before: CheckRunText | null): CheckRunText {
  const said = escapeMarkdown(stripControls(sentence));
  return {
    title: stripControls(title),
    summary: before === null || before.summary === '' ? said : `${said}\n\n${before.summary}`,
  };
}
