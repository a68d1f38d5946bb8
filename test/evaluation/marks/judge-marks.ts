import type { Outcome } from '../parts/outcome.ts';
import { judgeComparisons } from './comparison-marks.ts';
import type { Mark } from './mark.ts';
import { judgeOthers } from './other-marks.ts';
import { judgePeers } from './peer-marks.ts';

/** All marks, in the order of the document. */
export function judgeMarks(outcomes: readonly Outcome[]): readonly Mark[] {
  return [...judgeComparisons(outcomes), ...judgePeers(outcomes), ...judgeOthers(outcomes)];
}
