import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderNightIssue } from '../../reports/night-issue.ts';
import { renderNightMarkdown, summarizeNights } from '../../reports/night-summary.ts';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { MeasurementError, messageOf } from '../../src/errors.ts';
import { createBranchStore } from '../../src/github/branch-files.ts';
import type { HostedStep } from '../../src/github/create-hosted-step.ts';
import type { Environment } from '../../src/github/environment.ts';
import { applyIssueSteps, type IssueRoom, listRegressionIssues } from '../../src/github/regression-issues.ts';
import { buildNight } from '../../src/history/build-night.ts';
import { buildAlarms, countAlarms, judgeNights } from '../../src/history/judge-nights.ts';
import type { Night } from '../../src/history/night.schema.ts';
import { placeKey } from '../../src/history/night-file.ts';
import { addNight, type FileStore, listNights, readNights } from '../../src/history/night-store.ts';
import { isAcceptedBy, planIssues } from '../../src/history/plan-issues.ts';
import { findStalls } from '../../src/history/stalls.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { sides } from '../../src/vocabulary.ts';
import type { FoundRun, FoundRuns } from './collect-runs.ts';
import type { Inputs } from './inputs.ts';

export interface Surroundings extends Pick<HostedStep, 'github' | 'info' | 'warning' | 'setOutput' | 'writeSummary'> {
  readonly environment: Pick<Environment, 'repository' | 'serverUrl' | 'sha' | 'runId' | 'attempt' | 'temporaryFolder'>;
  readonly now: Date;
  readonly collectRuns: () => Promise<FoundRuns>;
}

/** Waits between tries to move the branch; tests wait less. */
export interface RunOptions {
  readonly waitMilliseconds?: number;
}

/** Records tonight, judges all nights, and keeps the issues as they should be. */
export async function recordHistory(
  { branch, author, periodSeconds }: Inputs,
  surroundings: Surroundings,
  options: RunOptions = {},
): Promise<void> {
  const { environment, github, now } = surroundings;
  const { repository } = environment;
  const store = createBranchStore({ github, repository, branch, ...options });
  // Before tonight is added: a night that was missing is to be seen although there is one again.
  const stalls = findStalls(await listNights(store), { now, periodSeconds });
  const found = await surroundings.collectRuns();
  const recorded = await recordAll(found, store, surroundings);

  const room: IssueRoom = { github, repository, author };
  const issues = await listRegressionIssues(room);
  const { nights, warnings } = await readNights(store);
  const judgement = judgeNights(nights, (place) => isAcceptedBy(issues, place));
  const repositoryUrl = `${environment.serverUrl}/${repository.owner}/${repository.repo}`;
  const steps = planIssues(judgement.regressions, issues, (one) => renderNightIssue(one, { repositoryUrl, branch }));
  const numbers = await applyIssueSteps(room, steps);
  if (numbers.length > 0)
    surroundings.info(`Issues opened or edited: ${numbers.map((number) => `#${number}`).join(', ')}`);

  const report = { ...judgement, stalls, warnings: [...found.missing, ...recorded.warnings, ...warnings] };
  for (const text of [...stalls.map(({ sentence }) => sentence), ...report.warnings]) surroundings.warning(text);
  surroundings.info(summarizeNights(report));
  await surroundings.writeSummary(renderNightMarkdown(report));
  const file = join(environment.temporaryFolder, 'tunegate-alarms.json');
  // A pair that has come tonight is missing no more.
  const silent = stalls.filter((stall) => !recorded.places.has(placeKey(stall)));
  await writeFile(file, `${JSON.stringify(buildAlarms(judgement, silent, report.warnings), null, 2)}\n`);
  surroundings.setOutput('alarms', String(countAlarms(judgement.regressions, silent)));
  surroundings.setOutput('alarms-file', file);
}

interface Recorded {
  /** Host and comparison of each night that was added. */
  readonly places: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

async function recordAll(found: FoundRuns, store: FileStore, surroundings: Surroundings): Promise<Recorded> {
  const places = new Set<string>();
  const warnings: string[] = [];
  for (const run of found.runs) {
    const night = await tryToBuild(run, found.commit, surroundings.environment);
    if (typeof night === 'string') {
      warnings.push(`Tonight's run of ${run.comparison ?? 'the folder'} on ${run.host} is not recorded: ${night}.`);
      continue;
    }
    const name = `${night.comparison} on ${night.host}`;
    const outcome = await addNight(store, night);
    surroundings.info(`Night of ${name}: ${outcome === 'added' ? 'recorded' : 'was recorded before'}.`);
    places.add(placeKey(night));
  }
  return { places, warnings };
}

/** The night, or why the run cannot be one: one host's damaged file must not cost the other hosts their night. */
async function tryToBuild(...asked: Parameters<typeof buildNightOf>): Promise<Night | string> {
  try {
    const night = await buildNightOf(...asked);
    const isEmpty = night.cells.every(
      ({ baseline, candidate }) => baseline.medians.length + candidate.medians.length === 0,
    );
    return isEmpty ? 'it has no figures' : night;
  } catch (thrown) {
    return messageOf(thrown).split('\n')[0]?.replace(/\.$/, '') ?? 'it cannot be read';
  }
}

async function buildNightOf(
  found: FoundRun,
  commit: string | null,
  environment: Surroundings['environment'],
): Promise<Night> {
  const run = await readRun(found.folder);
  refuseOther(run, found);
  const comparison = found.document ?? compareWithCatalogue([run], defaultPolicy);
  return buildNight(run, comparison, {
    host: found.host,
    comparison: found.comparison ?? run.header.candidate.profile,
    commit: commit ?? environment.sha,
    run: { id: String(environment.runId), attempt: environment.attempt },
  });
}

/** Any job of the workflow can upload an artifact of any name: what was not asked for must not become history. */
function refuseOther({ header }: Run, { requested, host }: FoundRun): void {
  if (requested === null) return;
  const wrong = sides.find((side) => header[side].sha256 !== requested[side]?.sha256);
  if (wrong === undefined) return;
  throw new MeasurementError(
    `the run of ${requested.name} on ${host} has another ${wrong} than was asked for (${header[wrong].sha256.slice(0, 12)})`,
  );
}
