const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

export interface NightChart {
  readonly values: readonly number[];
  /** Index of the first night outside; none: the number of values. */
  readonly outsideFrom: number;
  readonly format: (value: number) => string;
}

/**
 * A series as plain text, which needs no image host and is there in mail: a block a night, oldest first, from the lowest
 * value to the highest; a bar before the first night outside. Equal values are drawn in the middle. Ends without a line
 * break.
 * Example: 1, 1.1, 1 before 2, 2.1 is `▁▂▁|▇█  1.0 to 2.1`.
 */
export function renderNightChart({ values, outsideFrom, format }: NightChart): string {
  if (values.length === 0) return 'no night';
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const highest = values.reduce((a, b) => Math.max(a, b));
  const draw = (value: number) => {
    const share = highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
    return blocks[Math.round(share * (blocks.length - 1))] ?? '';
  };
  const drawAll = (part: readonly number[]) => part.map(draw).join('');
  const picture = [values.slice(0, outsideFrom), values.slice(outsideFrom)]
    .filter((part) => part.length > 0)
    .map(drawAll)
    .join('|');
  return `${picture}  ${format(lowest)} to ${format(highest)}`;
}
