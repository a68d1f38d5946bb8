import type { BoxPlot, BoxRow } from './collect-boxes.ts';

/** Blue and orange of Okabe and Ito's palette: told apart by the colour-blind too, and in grey. */
const colours = ['#0072B2', '#E69F00'];
const ink = '#1f2328';
const faint = '#59636e';

/** Pixels. Two pictures of two guest kinds stand side by side in a comment on GitHub. */
const size = { guest: 130, frame: 90, least: 350, height: 320, padding: 12, box: 32 };

/** A Vega-Lite specification: boxes from five numbers each, so marks are laid over each other instead of `boxplot`. */
export function buildBoxPlot(plot: BoxPlot): object {
  const guests = [...new Set(plot.rows.map(({ guest }) => guest))];
  const width = Math.max(size.least, size.frame + guests.length * size.guest);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    // White also where the page is dark.
    background: 'white',
    autosize: { type: 'fit', contains: 'padding' },
    padding: size.padding,
    width,
    height: size.height,
    title: {
      text: plot.title,
      subtitle: plot.subtitle,
      anchor: 'start',
      frame: 'bounds',
      // Without a canvas Vega takes each letter for 0.8 em; those of a sans-serif font have about 0.57.
      limit: (width - 2 * size.padding) * (0.8 / 0.57),
      fontSize: 15,
      subtitleFontSize: 11,
      subtitleColor: faint,
      subtitlePadding: 4,
      offset: 10,
    },
    config: {
      font: 'sans-serif',
      title: { color: ink },
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' },
      legend: { labelColor: ink, labelFontSize: 12 },
    },
    data: { values: plot.rows },
    encoding: {
      x: {
        field: 'guest',
        type: 'nominal',
        sort: guests,
        axis: {
          title: null,
          labelAngle: 0,
          labelFontSize: 13,
          labelLimit: size.guest,
          ticks: false,
          labelPadding: 8,
          domainColor: '#8c959f',
        },
      },
      xOffset: { field: 'side', sort: [...plot.sides] },
    },
    layer: layMarks(plot),
  };
}

function layMarks({ axis, sides, domain }: BoxPlot): object[] {
  const value = (field: keyof BoxRow) => ({
    field,
    type: 'quantitative',
    scale: { zero: false, nice: true, domain: [...domain] },
    axis: { title: axis, tickCount: 6, domain: false, ticks: false, gridColor: '#e4e8ec', labelPadding: 6 },
  });
  const colour = {
    field: 'side',
    type: 'nominal',
    scale: { domain: [...sides], range: colours },
    legend: { title: null, orient: 'top', symbolType: 'square', symbolOpacity: 1, symbolSize: 130, offset: 12 },
  };
  const whiskerEnd = { type: 'tick', size: 16, thickness: 1.5, opacity: 1, color: ink };
  return [
    {
      mark: { type: 'rule', strokeWidth: 1.5, color: ink },
      encoding: { y: value('minimum'), y2: { field: 'maximum' } },
    },
    { mark: whiskerEnd, encoding: { y: value('minimum') } },
    { mark: whiskerEnd, encoding: { y: value('maximum') } },
    {
      mark: { type: 'bar', size: size.box, opacity: 1, stroke: ink, strokeWidth: 1 },
      encoding: { y: value('q1'), y2: { field: 'q3' }, color: colour },
    },
    { mark: { type: 'tick', size: size.box, thickness: 3, opacity: 1, color: ink }, encoding: { y: value('median') } },
  ];
}
