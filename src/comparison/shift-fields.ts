import type { ComparisonCell, Interval } from './comparison.schema.ts';
import type { NullReasons } from './explain-nulls.ts';
import { noStandardError, type Shift } from './shift.ts';

type ShiftFields = Pick<ComparisonCell, 'ratio' | 'difference' | 'p' | 'pMethod' | 'detectableChange'>;

const outOfRange = 'beyond the range of floating-point numbers';

/** A shift as the document shows it: ratios instead of logarithms, null where a number cannot be held. */
export function buildShiftFields(shift: Shift): ShiftFields {
  const isRatio = shift.scale === 'ratio';
  const change = buildChange(shift, isRatio ? Math.exp : (value) => value);
  return {
    ratio: isRatio ? change : null,
    difference: isRatio ? null : change,
    p: shift.p,
    pMethod: shift.pMethod,
    detectableChange: isRatio && shift.detectable !== null ? keepFinite(Math.expm1(shift.detectable)) : null,
  };
}

const relative = 'a metric that can be zero has no relative change';

export const noShiftFields: ShiftFields = {
  ratio: null,
  difference: null,
  p: null,
  pMethod: null,
  detectableChange: null,
};

/** Why any of these fields, `pAdjusted` or the margin may be null. */
export function explainShiftFields(shift: Shift): NullReasons {
  const untested = shift.untested?.because ?? outOfRange;
  const test = { p: untested, pAdjusted: untested, pMethod: untested };
  const { scale } = shift;
  const intervals = { [`${scale}.interval95`]: untested, [`${scale}.interval90`]: untested };
  if (scale === 'difference') {
    return {
      ...test,
      ...intervals,
      difference: outOfRange,
      ratio: relative,
      margin: relative,
      detectableChange: relative,
    };
  }
  const undetectable = shift.detectable === null && shift.untested === null ? noStandardError : untested;
  const difference = 'all values are above zero, so the change is a ratio';
  return { ...test, ...intervals, ratio: outOfRange, difference, detectableChange: undetectable };
}

/** The same where a side has no data. */
export function explainNoShiftFields(because: string): NullReasons {
  const fields = [...Object.keys(noShiftFields), 'pAdjusted'];
  return { ...Object.fromEntries(fields.map((field) => [field, because])), margin: relative };
}

function buildChange(shift: Shift, convert: (value: number) => number): ComparisonCell['ratio'] {
  const estimate = keepFinite(convert(shift.estimate));
  if (estimate === null) return null;
  const interval = (range: Interval | null) => (range === null ? null : convertInterval(range, convert));
  return { estimate, interval95: interval(shift.interval95), interval90: interval(shift.interval90) };
}

function convertInterval(range: Interval, convert: (value: number) => number): Interval | null {
  const [low, high] = [keepFinite(convert(range[0])), keepFinite(convert(range[1]))];
  return low === null || high === null ? null : [low, high];
}

function keepFinite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
