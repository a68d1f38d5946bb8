import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import type { CommentInput, CommentSection } from './comment-input.ts';
import { describeReproduction } from './comment-reproduce.ts';
import { count } from './comment-words.ts';
import { describeContext } from './describe-context.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { describeColumns } from './format-cell.ts';
import { describeGuestRatios } from './guest-ratios.ts';
import { compareGuests } from './guest-table.ts';
import { renderCells, renderFolded, renderList, renderRemarkBody } from './markdown-parts.ts';
import {
  describeEnvironment,
  describeMissing,
  describeNotApplied,
  describeProof,
  describeWarnings,
  listReasons,
  type Remark,
} from './remarks.ts';
import { describeSpread } from './spread.ts';
import { describeTestHeadlines } from './test-headlines.ts';
import { drawPlots } from './text-box-plot.ts';

/**
 * Everything about one comparison that a reader may want to look up, folded; parts that have nothing to say are left out.
 *
 * @param plots rows whose boxes are not drawn elsewhere
 */
export function renderDetails(
  input: CommentInput,
  section: CommentSection,
  plots: readonly ComparisonCell[],
): readonly string[] {
  const { result } = section;
  if (result === null) return [];
  const primary = result.cells.filter(({ role }) => role === 'primary');
  const secondary = result.cells.filter(({ role }) => role === 'secondary');
  const missing = describeMissing(result);
  const warnings = describeWarnings(result);
  const drawn = drawPlots(plots, true);
  const reproduction = describeReproduction(input, section);
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [`All ${count(primary.length, 'gated row')}, with intervals and p`, renderAll(primary, result)],
    [`Box plots of ${count(plots.length, 'other row')}`, drawn === null ? [] : [drawn]],
    ['Why rows are inconclusive', renderReasons(result)],
    ['Guests side by side', renderRemarks([compareGuests(result), describeGuestRatios(result)])],
    ['Spread, and each test over all its rows', renderRemarks([describeSpread(result), describeTestHeadlines(result)])],
    [
      `${count(secondary.length, 'secondary row')}, never gated`,
      secondary.length === 0 ? [] : [renderCells(secondary, result)],
    ],
    ['Proof of treatment, environment, and what was not applied', renderTruth(result)],
    [`Missing: ${missing.length}`, missing.length === 0 ? [] : [renderList(missing)]],
    [count(warnings.length, 'warning'), warnings.length === 0 ? [] : [renderList(warnings)]],
    ['How it was measured, and the load of the machine', [renderList(describeContext(result))]],
    ['Measure it again yourself', reproduction === null ? [] : [explainReproduction, reproduction]],
  ];
  // Folded blocks that follow each other without a blank line between stand closer.
  const folded = parts
    .filter(([, blocks]) => blocks.length > 0)
    .map(([title, blocks]) => renderFolded(title, blocks.join('\n\n')));
  return folded.length === 0 ? [] : [folded.join('\n')];
}

const explainReproduction =
  'In a clone of the project after `npm ci`, as root where containers are measured; needs the GitHub command line. ' +
  'Figures of another machine are another machine’s: compare the change, not the values.';

function renderAll(primary: readonly ComparisonCell[], result: Comparison): readonly string[] {
  return primary.length === 0 ? [] : [renderCells(primary, result), renderList(describeColumns(primary))];
}

function renderReasons(result: Comparison): readonly string[] {
  const reasons = listReasons(result, 'inconclusive');
  return reasons.length === 0 ? [] : [renderList(reasons)];
}

function renderRemarks(remarks: readonly (Remark | null)[]): readonly string[] {
  return remarks.flatMap((remark) => {
    if (remark === null) return [];
    const body = renderRemarkBody(remark);
    return body.length === 0 ? [] : [`**${escapeMarkdown(remark.title)}**`, ...body];
  });
}

/** What was in force; of values without a run nothing is known. */
function renderTruth(result: Comparison): readonly string[] {
  if (result.context === null) return [];
  const proof = describeProof(result);
  return renderRemarks([
    ...(proof.table === undefined ? [] : [proof]),
    describeEnvironment(result),
    describeNotApplied(result),
  ]);
}
