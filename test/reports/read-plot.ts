/** A box as it was drawn, read from the picture's coordinates by its axis. */
export interface DrawnBox {
  readonly fill: string;
  readonly minimum: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly maximum: number;
}

/** Boxes from left to right, in the units of the axis. */
export function readBoxes(svg: string): DrawnBox[] {
  const valueAt = readAxis(svg);
  const whiskers = readMarks(
    svg,
    /aria-label="[^"]*minimum[^"]*maximum[^"]*"[^>]*translate\([^,]*,([\d.]+)\)" x2="0" y2="(-?[\d.]+)"/g,
  );
  const boxes = readMarks(svg, /aria-label="[^"]*q1[^"]*q3[^"]*"[^>]* d="M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)/g);
  const fills = [...svg.matchAll(/aria-label="[^"]*q1[^"]*q3[^"]*"[^>]* fill="([^"]*)"/g)].map(
    ([, fill]) => fill ?? '',
  );
  const medians = readMarks(svg, /aria-label="[^"]*median[^"]*"[^>]* d="M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)/g);
  return boxes.map(([top, height], index) => {
    const [bottomEnd, upwards] = whiskers[index] ?? [Number.NaN, Number.NaN];
    const [medianTop, thickness] = medians[index] ?? [Number.NaN, Number.NaN];
    return {
      fill: fills[index] ?? '',
      minimum: valueAt(bottomEnd),
      q1: valueAt(top + height),
      median: valueAt(medianTop + thickness / 2),
      q3: valueAt(top),
      maximum: valueAt(bottomEnd + upwards),
    };
  });
}

/** The values that the axis is labelled with, from below. */
export function readLabels(svg: string): { readonly value: number; readonly y: number }[] {
  const labels = svg.matchAll(/<text text-anchor="end" transform="translate\(-[\d.]+,([\d.]+)\)"[^>]*>([^<]*)</g);
  return [...labels].map(([, y, text]) => ({ value: Number(text), y: Number(y) - baselineShift }));
}

/** Pixels by which Vega moves a label of 12 pixels down, so that its middle stands at the value. */
const baselineShift = 4;

function readAxis(svg: string): (y: number) => number {
  const labels = readLabels(svg);
  const [low, high] = [labels.at(0), labels.at(-1)];
  if (low === undefined || high === undefined || low === high) throw new Error('the picture has no axis of values');
  return (y) => low.value + ((y - low.y) * (high.value - low.value)) / (high.y - low.y);
}

function readMarks(svg: string, pattern: RegExp): (readonly [number, number])[] {
  return [...svg.matchAll(pattern)].map(([, first, second]) => [Number(first), Number(second)] as const);
}
