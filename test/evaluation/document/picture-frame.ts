import { peers } from '../peers/peers.ts';

export const ink = '#1f2328';
export const grid = '#e4e8ec';
export const ruleNames = ['Tunegate', ...peers.map(({ name }) => name)];

/** What all pictures share; marks, data and encoding are added to it. */
export function frame(title: string, subtitle: string): object {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    title: { text: title, subtitle, anchor: 'start', frame: 'bounds', fontSize: 15, subtitleFontSize: 11, offset: 12 },
    config: {
      font: 'sans-serif',
      title: { color: ink },
      view: { stroke: null },
      axis: {
        labelColor: ink,
        titleColor: ink,
        labelLimit: 600,
        titleFontWeight: 'normal',
        domain: false,
        ticks: false,
      },
      legend: { labelColor: ink, titleColor: ink, titleFontWeight: 'normal', labelLimit: 500 },
      header: { labelColor: ink, labelLimit: 600 },
    },
  };
}
