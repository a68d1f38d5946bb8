import type { Comparison, ComparisonCell, SideSummary } from '../src/comparison/comparison.schema.ts';
import { chooseScale } from '../src/units.ts';
import { readCellName } from './cell-name.ts';

export interface Plot {
  /** File name, `tcp_rr-bridge.svg`. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

interface BoxRow {
  readonly guest: string;
  readonly profile: string;
  readonly minimum: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly maximum: number;
}

/**
 * Box plots like those of the thesis: one picture for each test and attachment, a box for each guest kind and side,
 * quartiles of type 7, whiskers at minimum and maximum. ping draws every single reply.
 */
export async function renderPlots(comparison: Comparison): Promise<Plot[]> {
  const groups = new Map<string, ComparisonCell[]>();
  for (const cell of comparison.cells.filter(({ role }) => role === 'primary')) {
    const { test, attachment } = readCellName(cell);
    const key = [test, attachment].filter(Boolean).join('-') || cell.id;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const plots: Plot[] = [];
  for (const [key, cells] of groups) {
    const plot = buildSpecification(cells, comparison);
    if (plot !== null)
      plots.push({
        name: `${key.replace(/[^\w.-]+/g, '-')}.svg`,
        title: plot.title,
        svg: await draw(plot.specification),
      });
  }
  return plots;
}

/** Loaded only when something is drawn: Vega takes longer to load than every other command takes to run. */
async function draw(specification: object): Promise<string> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const view = new View(parse(compile(specification as Parameters<typeof compile>[0]).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function buildSpecification(cells: readonly ComparisonCell[], comparison: Comparison) {
  const [first] = cells;
  if (first === undefined) return null;
  const { test, attachment } = readCellName(first);
  const { baseline, candidate } = comparison.context;
  // Two sides of one profile must still be two boxes.
  const same = baseline.profile === candidate.profile;
  const names = [
    same ? `${baseline.profile} (baseline)` : baseline.profile,
    same ? `${candidate.profile} (candidate)` : candidate.profile,
  ];
  const reference = first.baseline.median ?? first.candidate.median ?? 1;
  const { factor, label } = chooseScale(reference, first.metric.unit);
  const rows = cells.flatMap((cell) => {
    const { guest } = readCellName(cell);
    return [cell.baseline, cell.candidate].flatMap((side, index) => buildRow(side, guest, names[index] ?? '', factor));
  });
  if (rows.length === 0) return null;
  const title = `${test} over ${attachment}: ${first.metric.name}`;
  const counts = cells.flatMap(({ baseline, candidate }) => [
    baseline.replies?.n ?? baseline.n,
    candidate.replies?.n ?? candidate.n,
  ]);
  const what = first.baseline.replies === null && first.candidate.replies === null ? 'samples' : 'replies';
  const spread =
    Math.min(...counts) === Math.max(...counts) ? `${counts[0]}` : `${Math.min(...counts)} to ${Math.max(...counts)}`;
  const subtitle = `${spread} ${what} a box, whiskers at minimum and maximum`;
  const axis = `${label} (${first.metric.better} is better)`;
  return { title, specification: layOut({ rows, names, title, subtitle, axis }) };
}

function buildRow(side: SideSummary, guest: string, profile: string, factor: number): BoxRow[] {
  const box = side.replies ?? side;
  const { minimum, q1, median, q3, maximum } = box;
  if (minimum === null || q1 === null || median === null || q3 === null || maximum === null) return [];
  return [
    {
      guest,
      profile,
      minimum: minimum / factor,
      q1: q1 / factor,
      median: median / factor,
      q3: q3 / factor,
      maximum: maximum / factor,
    },
  ];
}

/** Blue and orange of Okabe and Ito's palette: told apart also by the colour-blind and in grey. */
const colours = ['#0072B2', '#E69F00'];

function layOut(parts: {
  rows: readonly BoxRow[];
  names: readonly string[];
  title: string;
  subtitle: string;
  axis: string;
}) {
  const guests = [...new Set(parts.rows.map(({ guest }) => guest))];
  const sort = [...parts.names];
  const place = {
    x: {
      field: 'guest',
      type: 'nominal',
      sort: guests,
      axis: { title: null, labelAngle: 0, labelFontSize: 13, ticks: false, labelPadding: 8 },
    },
    xOffset: { field: 'profile', sort },
  };
  const value = (field: keyof BoxRow) => ({
    field,
    type: 'quantitative',
    scale: { zero: false, nice: true, padding: 12 },
  });
  const colour = {
    field: 'profile',
    type: 'nominal',
    sort,
    scale: { domain: sort, range: colours },
    legend: { title: null, orient: 'top', labelFontSize: 12 },
  };
  const axis = {
    axis: { title: parts.axis, titleFontWeight: 'normal', grid: true, gridColor: '#e5e7eb', tickCount: 6 },
  };
  const cap = { type: 'tick', size: 18, thickness: 1.5 };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    width: Math.max(300, guests.length * 140),
    height: 260,
    title: {
      text: parts.title,
      subtitle: parts.subtitle,
      anchor: 'start',
      fontSize: 15,
      subtitleFontSize: 11,
      subtitleColor: '#555',
      offset: 12,
    },
    config: {
      font: 'DejaVu Sans, Helvetica, Arial, sans-serif',
      view: { stroke: '#d1d5db' },
      axis: { labelFontSize: 11, titleFontSize: 12 },
    },
    data: { values: parts.rows },
    encoding: place,
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: { y: { ...value('minimum'), ...axis }, y2: { field: 'maximum' }, color: colour },
      },
      { mark: cap, encoding: { y: value('minimum'), color: colour } },
      { mark: cap, encoding: { y: value('maximum'), color: colour } },
      {
        mark: { type: 'bar', size: 36, opacity: 1 },
        encoding: { y: value('q1'), y2: { field: 'q3' }, color: colour },
      },
      { mark: { type: 'tick', size: 36, thickness: 2.5, color: '#111827' }, encoding: { y: value('median') } },
    ],
  };
}
