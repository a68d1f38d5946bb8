import { createHash } from 'node:crypto';
import { ConfigurationError, messageOf } from '../errors.ts';
import { type Regime, regimes } from '../vocabulary.ts';
import { listPairs, type MeasuredPair } from './measured-pairs.ts';
import type { Plan } from './plan.schema.ts';
import { type ComparisonOrder, type ExpectChange, type PlannedComparison, planComparison } from './plan-comparison.ts';
import { refuseLayers } from './refuse-layers.ts';
import { type Request, requestSchema } from './request.schema.ts';

/** For whom something is to be measured, and how much of it at most. */
export interface RequestFacts
  extends Pick<Request, 'repository' | 'trigger' | 'pullRequest' | 'baseSha' | 'headSha' | 'approvedBy'> {
  /** Why nothing may be measured yet; null when it may. */
  readonly missingApproval: string | null;
  readonly hosts: readonly string[];
  readonly mostComparisons: number;
  /** Of all comparisons together, on one host. */
  readonly longestMinutes: number;
  /** Whether the hosts are reached from another machine, which can boot and switch them; else a runner measures its own. */
  readonly topology: 'embedded' | 'inventory';
}

/** The plan as it was found. */
export interface FoundPlan {
  readonly name: string;
  /** null when it is not in order; then there is a problem that says why. */
  readonly plan: Plan | null;
  readonly text: string;
  readonly source: Request['plan']['source'];
}

/** What the files of a change lead to: comparisons, what is wrong with the files, and what else the reader should know. */
export interface Findings {
  readonly orders: readonly ComparisonOrder[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** false: nothing that counts as tuning is among the changed files. */
  readonly hasTuningFiles: boolean;
}

export interface PlanDirectory {
  readonly request: Request;
  /** Path in the directory to text, `request.json` included. */
  readonly files: ReadonlyMap<string, string>;
  /** Hosts x comparisons to measure. */
  readonly matrix: { readonly include: readonly MeasuredPair[] };
  readonly regime: Regime;
  /** On one host; hosts measure at the same time. */
  readonly estimatedMinutes: number;
}

/** More would bury those that matter. */
const mostNotes = 40;
const longestNote = 2000;

/** `request.json` and everything beside it. Whatever is wrong with the files is in its notes; nothing is thrown for it. */
export function buildPlanDirectory(
  facts: RequestFacts,
  found: FoundPlan,
  findings: Findings,
  expectChange: ExpectChange = () => null,
): PlanDirectory {
  const { planned, problems } = planAll(facts, found, findings, expectChange);
  const toMeasure = planned.filter(({ files }) => files !== null);
  const seconds = toMeasure.reduce((sum, { comparison }) => sum + comparison.estimatedSeconds, 0);
  const estimatedMinutes = Math.ceil(seconds / 60);
  if (estimatedMinutes > facts.longestMinutes) problems.push(describeTooLong(estimatedMinutes, facts.longestMinutes));
  const reason = findReason(facts, { ...findings, problems }, toMeasure.length);
  const request = buildRequest(facts, found, { planned, problems, reason, notes: findings.notes });
  return {
    request,
    files: new Map([
      ['request.json', `${JSON.stringify(request, null, 2)}\n`],
      ...(reason === 'invalid-files' ? [] : toMeasure.flatMap(listFiles)),
    ]),
    matrix: { include: listPairs(request) },
    regime: highestRegime(toMeasure),
    estimatedMinutes,
  };
}

interface Outcome {
  readonly planned: readonly PlannedComparison[];
  readonly problems: readonly string[];
  readonly reason: Request['reason'];
  readonly notes: readonly string[];
}

function buildRequest(facts: RequestFacts, found: FoundPlan, { planned, problems, reason, notes }: Outcome): Request {
  const { missingApproval, hosts, mostComparisons: _, longestMinutes: __, topology: ___, ...rest } = facts;
  const approval = reason === 'needs-approval' && missingApproval !== null ? [missingApproval] : [];
  return requestSchema.parse({
    ...rest,
    schema: 'tunegate.request/1',
    plan: { name: found.name, sha256: createHash('sha256').update(found.text).digest('hex'), source: found.source },
    hosts: [...hosts],
    comparisons: planned.map(({ comparison }) => ({ ...comparison, notes: comparison.notes.map(cleanNote) })),
    shouldMeasure: reason === null,
    reason,
    notes: limitNotes([...problems, ...approval, ...notes]),
  } satisfies Request);
}

function planAll(
  { mostComparisons, topology }: RequestFacts,
  { plan }: FoundPlan,
  findings: Findings,
  expectChange: ExpectChange,
): { readonly planned: readonly PlannedComparison[]; readonly problems: string[] } {
  const problems = [...findings.problems];
  if (plan === null) return { planned: [], problems };
  const collect = <Value>(compute: () => Value): Value | null => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(messageOf(error));
      return null;
    }
  };
  collect(() => refuseLayers(plan, topology));
  const planned = findings.orders
    .map((order) => collect(() => planComparison(order, plan, expectChange)))
    .filter((comparison) => comparison !== null);
  const beyond = planned.filter(({ files }) => files !== null).slice(mostComparisons);
  return { planned: planned.map((one) => (beyond.includes(one) ? leaveOut(one, mostComparisons) : one)), problems };
}

/** Stays in the list, so that nobody takes it for measured. */
function leaveOut({ comparison }: PlannedComparison, most: number): PlannedComparison {
  const note = `Not measured: a request measures at most ${most} profiles; \`comparisons\` of the action plan raises it.`;
  const nothing = { baseline: null, candidate: null, cells: 0, estimatedSeconds: 0 };
  return { comparison: { ...comparison, ...nothing, notes: [note, ...comparison.notes] }, files: null };
}

function findReason(facts: RequestFacts, findings: Findings, measurable: number): Request['reason'] {
  if (!findings.hasTuningFiles) return 'no-tuning-files';
  if (findings.problems.length > 0) return 'invalid-files';
  if (measurable === 0) return 'nothing-to-compare';
  return facts.missingApproval === null ? null : 'needs-approval';
}

function describeTooLong(minutes: number, most: number): string {
  return `measuring this would take about ${minutes} minutes on each host, at most ${most} are accepted (longest-minutes of the action plan): fewer comparisons, fresh starts, samples or seconds take less`;
}

function highestRegime(planned: readonly PlannedComparison[]): Regime {
  const levels = planned.map(({ comparison }) => regimes.indexOf(comparison.regime));
  return levels.length === 0 ? 'deployment' : (regimes[Math.max(...levels)] ?? 'deployment');
}

function listFiles({ comparison, files }: PlannedComparison): readonly (readonly [string, string])[] {
  return Object.entries(files ?? {}).map(([file, text]) => [`${comparison.name}/${file}`, text] as const);
}

function limitNotes(notes: readonly string[]): string[] {
  const rest = notes.length - mostNotes;
  return [...notes.slice(0, mostNotes).map(cleanNote), ...(rest > 0 ? [`And ${rest} more.`] : [])];
}

/** Names of files and what stood in them are other people's text. */
function cleanNote(note: string): string {
  const line = note.replace(/\p{Cc}/gu, '?');
  return line.length > longestNote ? `${line.slice(0, longestNote - 3)}...` : line;
}
