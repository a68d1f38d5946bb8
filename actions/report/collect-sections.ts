import type { CommentSection } from '../../reports/comment-input.ts';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { type Comparison, comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import type { Policy } from '../../src/comparison/policy.schema.ts';
import { messageOf } from '../../src/errors.ts';
import type { RunDownload } from '../../src/github/artifacts.ts';
import type { Needs } from '../../src/github/needs.ts';
import type { Night } from '../../src/history/night.schema.ts';
import { recallNights } from '../../src/history/recall.ts';
import { readComparison } from '../../src/measurement/read-plan-directory.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { cleanText } from './clean-text.ts';
import type { LocatedPlan } from './locate-plan.ts';
import { refuseOtherRun } from './refuse-other-run.ts';

export interface SectionContext {
  readonly plan: LocatedPlan;
  readonly policy: Policy;
  readonly needs: Needs | null;
  /** Of the hosts that were measured; which of them count is told apart for each run. */
  readonly nights: readonly Night[];
  /** Tells which nights counted, or why none did. */
  readonly say: (text: string) => void;
}

/** Each run compared on its own. One that is missing, damaged or not what was asked for is a section that says so. */
export async function collectSections(
  runs: readonly RunDownload[],
  context: SectionContext,
): Promise<readonly CommentSection[]> {
  const sections: CommentSection[] = [];
  for (const run of runs) sections.push(await buildSection(run, context));
  return sections;
}

async function buildSection({ host, comparison, download }: RunDownload, context: SectionContext) {
  const section = { host, comparison };
  if (download.kind === 'missing') return { ...section, result: null, missing: explainMissing(context.needs) };
  if (download.kind === 'refused')
    return { ...section, result: null, missing: `The run is refused: ${download.reason}.` };
  try {
    const planned = await readComparison(context.plan.folder, context.plan.request, comparison);
    const run = await readRun(download.folder);
    refuseOtherRun(run, planned, host);
    const recalled = recallNights(context.nights, context.policy, { run, host, comparison });
    context.say(recalled.note);
    return { ...section, result: compare(run, recalled.policy), missing: explainPart(run) };
  } catch (thrown) {
    // Everything in the folder is the measured host's word, so whatever goes wrong with it is a finding about it.
    return { ...section, result: null, missing: `The run is refused: ${cleanText(messageOf(thrown))}.` };
  }
}

/** Figures beyond all measure become Infinity on the way; such a document is none. */
function compare(run: Run, policy: Policy): Comparison {
  return comparisonSchema.parse(compareWithCatalogue([run], policy));
}

function explainMissing(needs: Needs | null): string {
  const result = needs !== null && Object.hasOwn(needs, 'measure') ? needs.measure?.result : undefined;
  switch (result) {
    case 'cancelled':
      return 'No run was uploaded: measuring was cancelled.';
    case 'failure':
      return 'No run was uploaded: measuring failed; the log of its job says why.';
    case 'skipped':
      return 'No run was uploaded: measuring was skipped.';
    default:
      return 'No run was uploaded.';
  }
}

function explainPart({ end }: Run): string | null {
  if (end === null) return 'The run was killed before its end.';
  if (end.status === 'complete') return null;
  const what = end.status === 'interrupted' ? 'The run was interrupted' : 'Not all of the run was measured';
  return end.reason === null ? `${what}.` : `${what}: ${cleanText(end.reason).replace(/\.$/, '')}.`;
}
