import type { CommentSection } from '../../reports/comment-input.ts';
import { type GateDecision, judgeSections } from '../../src/comparison/judge-sections.ts';
import { messageOf } from '../../src/errors.ts';
import { buildReportArtifactName } from '../../src/github/artifact-names.ts';
import type { RunDownload } from '../../src/github/artifacts.ts';
import { judgeJobs } from '../../src/github/judge-jobs.ts';
import type { Needs } from '../../src/github/needs.ts';
import { listPairs } from '../../src/plans/measured-pairs.ts';
import type { Request } from '../../src/plans/request.schema.ts';
import { buildInput, type Subject } from './build-input.ts';
import { cleanText } from './clean-text.ts';
import { collectSections } from './collect-sections.ts';
import { decideAnnouncedState, decideFinalState } from './decide-state.ts';
import { findSubject } from './find-subject.ts';
import type { ReportInputs } from './inputs.ts';
import { type LocatedPlan, locatePlan } from './locate-plan.ts';
import { matchDirectories } from './match-directories.ts';
import { publish } from './publish.ts';
import { readHistory } from './read-history.ts';
import { readPolicy } from './read-policy.ts';
import { settle } from './settle.ts';
import type { ReportWorld } from './world.ts';
import { writeFiles } from './write-files.ts';

/** Tells what is going to be measured (`announce`), or what came out (`result`). */
export async function runReport(inputs: ReportInputs, world: ReportWorld): Promise<void> {
  const subject = await findSubject(inputs, world);
  const plan = await readPlan(inputs, subject, world);
  return inputs.phase === 'announce'
    ? announce(inputs, { subject, plan }, world)
    : tell(inputs, { subject, plan }, world);
}

interface Known {
  readonly subject: Subject;
  /** null: there is none that counts. */
  readonly plan: LocatedPlan | null;
}

async function readPlan(inputs: ReportInputs, subject: Subject, world: ReportWorld): Promise<LocatedPlan | null> {
  const { environment } = world;
  const located = await locatePlan(inputs.planDirectory, () => world.downloadPlan(targetOf(world)), {
    repository: environment.repository,
    headSha: subject.headSha,
  });
  if (typeof located !== 'string') return located;
  world.warning(cleanText(located));
  return null;
}

async function announce(inputs: ReportInputs, { subject, plan }: Known, world: ReportWorld): Promise<void> {
  const request = plan?.request ?? null;
  const state = decideAnnouncedState(request);
  const said = { state, request, sections: [], artifacts: [], gate: null };
  const url = await publish(buildInput(said, inputs, { subject, world }), world);
  world.setOutput('comment-url', url);
}

async function tell(inputs: ReportInputs, { subject, plan }: Known, world: ReportWorld): Promise<void> {
  const request = plan?.request ?? null;
  const evaluated = await settle(() => evaluate(inputs, plan, world));
  if (evaluated.kind === 'failed') {
    await tellFailure(evaluated.thrown, inputs, { subject, plan }, world);
    throw evaluated.thrown;
  }
  const { runs, sections, judged } = evaluated.value;
  const gate = request?.shouldMeasure === true ? openGate(judged.gate, inputs.gate) : judgeNothing(request);
  // Before GitHub is asked to show anything, so that what was found is known whatever it answers.
  world.setOutput('verdict', judged.verdict);
  world.setOutput('gate-result', gate.conclusion);
  world.setOutput('gate-sentence', gate.sentence);

  const kept = await settle(() => keepFiles(sections, runs, world));
  const artifacts = kept.kind === 'done' ? kept.value : [];
  const shown = showGate(gate, { verdict: judged.verdict, request, needs: inputs.needs });
  const state = decideFinalState(request, sections, inputs.needs);
  const said = { state, request, sections, artifacts, gate: shown };
  const url = await publish(buildInput(said, inputs, { subject, world }), world);
  world.setOutput('comment-url', url);
  if (kept.kind === 'failed') throw kept.thrown;
}

async function evaluate(inputs: ReportInputs, plan: LocatedPlan | null, world: ReportWorld) {
  const runs = plan === null ? [] : await findRuns(inputs, plan.request, world);
  const policy = await readPolicy(world.github, world.environment.repository, inputs.policy);
  if (plan === null) return { runs, sections: [], judged: judgeSections([], policy) };
  const nights = await readHistory(inputs.historyBranch, { request: plan.request, runs }, world);
  const sections = await collectSections(runs, { plan, policy, needs: inputs.needs, nights, say: world.info });
  return { runs, sections, judged: judgeSections(sections, policy) };
}

/** A comment that says for ever that something is being measured would be worse than one that says what went wrong. */
async function tellFailure(thrown: unknown, inputs: ReportInputs, known: Known, world: ReportWorld): Promise<void> {
  const request = known.plan?.request ?? null;
  const gate = { conclusion: 'failure', sentence: `The report failed: ${cleanText(messageOf(thrown))}` } as const;
  const said = { state: 'failed', request, sections: [], artifacts: [], gate } as const;
  const told = await settle(() => publish(buildInput(said, inputs, { subject: known.subject, world }), world));
  if (told.kind === 'failed') world.warning(cleanText(messageOf(told.thrown)));
}

async function findRuns(inputs: ReportInputs, request: Request, world: ReportWorld): Promise<readonly RunDownload[]> {
  const pairs = listPairs(request);
  if (inputs.runDirectories !== null) return matchDirectories(pairs, inputs.runDirectories);
  if (pairs.length === 0) return [];
  const found = await settle(() => world.downloadRuns(pairs, targetOf(world)));
  if (found.kind === 'done') return found.value;
  const reason = `the artifacts of this workflow run cannot be read (${cleanText(messageOf(found.thrown))})`;
  world.warning(reason);
  return pairs.map((pair) => ({ ...pair, download: { kind: 'refused', reason } }));
}

function targetOf({ environment }: ReportWorld) {
  return { folder: environment.temporaryFolder, attempt: environment.attempt };
}

function openGate({ conclusion, sentence }: GateDecision, isOn: boolean): GateDecision {
  if (isOn || conclusion !== 'failure') return { conclusion, sentence };
  return { conclusion: 'neutral', sentence: `${sentence} The gate is off.` };
}

/** By the reason why nothing was measured, as the gate will. */
function judgeNothing(request: Request | null): GateDecision {
  if (request === null) return { conclusion: 'failure', sentence: 'It is not known what was to be measured.' };
  const plan = { result: 'success', outputs: { 'should-measure': 'false', reason: request.reason ?? '' } } as const;
  const measure = { result: 'skipped', outputs: {} } as const;
  const { conclusion, sentence } = judgeJobs({ plan, measure, report: { result: 'success', outputs: {} } });
  return { conclusion, sentence };
}

interface Shown {
  readonly verdict: string;
  readonly request: Request | null;
  readonly needs: Needs | null;
}

/** What the gate will say once this job has succeeded, as far as it is known here: comment and check agree. */
function showGate(gate: GateDecision, { verdict, request, needs }: Shown): GateDecision | null {
  if (request !== null && !request.shouldMeasure && request.reason !== 'invalid-files') return null;
  if (needs === null) return gate;
  const outputs = { verdict, 'gate-result': gate.conclusion, 'gate-sentence': gate.sentence };
  const { conclusion, sentence } = judgeJobs({ ...needs, report: { result: 'success', outputs } });
  return { conclusion, sentence };
}

interface LinkedArtifact {
  readonly name: string;
  readonly id: number;
}

/** Files of the report, uploaded; and which artifacts a reader may want to open. */
async function keepFiles(
  sections: readonly CommentSection[],
  runs: readonly RunDownload[],
  world: ReportWorld,
): Promise<readonly LinkedArtifact[]> {
  const journals = runs.flatMap(({ host, comparison, download }) =>
    download.kind === 'found' && download.id !== null
      ? [{ name: `journal of ${comparison} on ${host}`, id: download.id }]
      : [],
  );
  const { folder, comparisonFiles } = await writeFiles(sections, world.environment.temporaryFolder);
  world.setOutput('comparison-file', comparisonFiles.join('\n'));
  if (comparisonFiles.length === 0) return journals;
  const { id } = await world.uploadFolder(buildReportArtifactName(world.environment.attempt), folder);
  return [{ name: 'report and plots', id }, ...journals];
}
