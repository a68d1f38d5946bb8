import { verdicts } from '../comparison/comparison.schema.ts';
import type { Job, Needs } from './needs.ts';

/** What the check run says in the end, and why in one sentence. */
export interface JobsDecision {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  readonly sentence: string;
}

/**
 * Turns what became of the jobs of a workflow into the conclusion of its check. GitHub lets a skipped job pass and
 * skips what depends on a failed one, so nothing is taken for done that does not say so: the check is green only where
 * every job that was needed succeeded and the report says that the gate is open, or where the plan says that there is
 * nothing to measure. `announce` may be left out of a workflow; `plan`, `measure` and `report` may not. Any other job
 * that the gate needs must have succeeded.
 */
export function judgeJobs(needs: Needs): JobsDecision {
  const job = (name: string) => (Object.hasOwn(needs, name) ? needs[name] : undefined);
  const plan = job('plan');
  if (plan === undefined || plan.result !== 'success') return fail('plan', describeEnd(plan));
  const others = Object.keys(needs).filter((name) => !knownJobs.has(name));
  for (const name of others) if (job(name)?.result !== 'success') return fail(name, describeEnd(job(name)));
  const measuring = plan.outputs['should-measure'];
  if (measuring === 'true') return judgeMeasured(job);
  if (measuring === 'false') return judgeUnmeasured(job, plan.outputs.reason ?? '');
  return fail('plan', 'did not say whether there is something to measure');
}

const knownJobs: ReadonlySet<string> = new Set(['plan', 'announce', 'measure', 'report']);

type FindJob = (name: string) => Job | undefined;

function judgeMeasured(job: FindJob): JobsDecision {
  const announce = job('announce');
  const report = job('report');
  // What the report says is told also where it does not decide.
  const said = report?.result === 'success' ? oneLine(report.outputs['gate-sentence'] ?? '') : '';
  if (announce !== undefined && announce.result !== 'success') return fail('announce', describeEnd(announce), said);
  for (const name of ['measure', 'report']) {
    const found = job(name);
    if (found?.result !== 'success') return fail(name, describeEnd(found), said);
  }
  return judgeReport(report?.outputs ?? {}, said);
}

const passing = new Set<string>(['improved', 'unchanged', 'inconclusive']);

function judgeReport(outputs: Job['outputs'], said: string): JobsDecision {
  if (said === '') return fail('report', 'gave no reason for what it says');
  const verdict = outputs.verdict ?? '';
  const gate = outputs['gate-result'] ?? '';
  const known = verdicts.some((word) => word === verdict);
  if (known && gate === 'neutral') return { conclusion: 'neutral', title: describeVerdict(verdict), sentence: said };
  if (gate === 'failure') {
    return { conclusion: 'failure', title: known ? describeVerdict(verdict) : 'No verdict', sentence: said };
  }
  if (gate === 'success' && passing.has(verdict)) {
    return { conclusion: 'success', title: describeVerdict(verdict), sentence: said };
  }
  return fail('report', 'gave no verdict that lets the change pass', said);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function describeVerdict(verdict: string): string {
  return `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`;
}

/** Why nothing is measured, as the plan says it: the conclusion that follows. */
const unmeasured: ReadonlyMap<string, JobsDecision> = new Map([
  [
    'no-tuning-files',
    {
      conclusion: 'success',
      title: 'Nothing to measure',
      sentence: 'No tuning profile or plan is changed, so nothing was measured.',
    },
  ],
  [
    'nothing-to-compare',
    {
      conclusion: 'success',
      title: 'Nothing to measure',
      sentence:
        'There are no two profiles to compare that differ in a parameter which the plan reaches, so nothing was measured.',
    },
  ],
  [
    'needs-approval',
    {
      conclusion: 'failure',
      title: 'Waiting for approval',
      sentence:
        'Somebody with write permission has to comment `/tunegate run` with the full SHA of the head commit, or set the label `tunegate:run`.',
    },
  ],
  [
    'invalid-files',
    {
      conclusion: 'failure',
      title: 'The tuning files are not valid',
      sentence:
        'A profile or plan is not valid, so nothing was measured; the errors are in the comment and in the log of the plan job.',
    },
  ],
]);

function judgeUnmeasured(job: FindJob, reason: string): JobsDecision {
  const decision = unmeasured.get(reason);
  if (decision === undefined) return fail('plan', 'did not say why there is nothing to measure');
  const announce = job('announce');
  const mayBeIdle = { announce, report: job('report') };
  for (const [name, found] of Object.entries(mayBeIdle)) {
    const left = name === 'announce' && found === undefined;
    if (!left && found?.result !== 'success' && found?.result !== 'skipped') return fail(name, describeEnd(found));
  }
  const measure = job('measure');
  if (measure?.result !== 'skipped')
    return fail('measure', `${describeEnd(measure)}, though there was nothing to measure`);
  return decision;
}

function describeEnd(job: Job | undefined): string {
  switch (job?.result) {
    case undefined:
      return 'is not among what the gate needs';
    case '':
      return 'came to no result';
    case 'success':
      return 'succeeded';
    case 'failure':
      return 'failed';
    case 'cancelled':
      return 'was cancelled';
    case 'skipped':
      return 'was skipped';
  }
}

function fail(name: string, what: string, said = ''): JobsDecision {
  const more = said === '' ? '' : ` The report says: ${said}`;
  return { conclusion: 'failure', title: `The job ${name} ${what}`, sentence: `The job ${name} ${what}.${more}` };
}
