import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { buildBoxPlot } from './box-plot.ts';
import { readCellName } from './cell-name.ts';
import { collectBoxes } from './collect-boxes.ts';
import { nameSides } from './headline.ts';
import { stripControls } from './strip-controls.ts';

export interface Plot {
  /** File name, `tcp_rr-bridge.svg`. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/**
 * Box plots like those of the thesis: one picture for each test and attachment, a box for each guest kind and side,
 * quartiles of type 7, whiskers at minimum and maximum. ping draws every single reply. The same comparison gives the
 * same bytes.
 */
export async function renderPlots(comparison: Comparison): Promise<Plot[]> {
  const [baseline, candidate] = nameSides(comparison);
  const sides = [stripControls(baseline), stripControls(candidate)] as const;
  const primary = comparison.cells.filter(({ role }) => role === 'primary');
  const names = new Set<string>();
  const plots: Plot[] = [];
  for (const cells of Map.groupBy(primary, placeOf).values()) {
    const boxes = collectBoxes(cells, sides);
    if (boxes === null) continue;
    const name = nameFile(placeOf(cells[0] ?? { id: '' }), names);
    plots.push({ name, title: boxes.title, svg: await drawPlot(buildBoxPlot(boxes)) });
  }
  return plots;
}

function placeOf(cell: Pick<ComparisonCell, 'id' | 'accelerator'>): string {
  const { guest, test, attachment } = readCellName(cell);
  return test === '' ? guest : `${test}-${attachment}`;
}

/** A name that is one file in one folder on any system, and not taken. */
function nameFile(place: string, taken: Set<string>): string {
  const stem = place.replace(/\W+/g, '-').slice(0, 80);
  let name = `${stem}.svg`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}.svg`;
  taken.add(name);
  return name;
}

/**
 * A Vega-Lite specification as SVG. Vega is loaded only when something is drawn: that takes longer than every other
 * command takes to run.
 */
export async function drawPlot(specification: object): Promise<string> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const view = new View(parse(compile(specification as Parameters<typeof compile>[0]).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
