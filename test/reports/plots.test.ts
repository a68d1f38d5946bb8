import { describe, expect, it } from 'vitest';
import { renderPlots } from '../../reports/plots.ts';
import {
  createCell,
  createComparison,
  createMixedComparison,
  createShortComparison,
  emptySide,
} from './comparison-factory.ts';

describe('the box plots', () => {
  it('are one for each test and attachment, with a box for each guest and side', async () => {
    const plots = await renderPlots(createMixedComparison());
    expect(plots.map(({ name, title }) => [name, title])).toEqual([
      ['tcp_stream-bridge.svg', 'tcp_stream over bridge: throughput'],
      ['tcp_rr-bridge.svg', 'tcp_rr over bridge: latency'],
      ['ping-bridge.svg', 'ping over bridge: latency'],
    ]);
    expect(plots.map(({ svg }) => readBoxes(svg).length)).toEqual([4, 4, 2]);
    for (const { svg, title } of plots) expect(svg).toContain(title);
    expect(plots[2]?.svg).toContain('80 replies a box');
  });

  it('draw box, whiskers and median where the numbers are', async () => {
    const [plot] = await renderPlots(createComparison([createCell()]));
    const [box] = readBoxes(plot?.svg ?? '');
    expect(box?.q1).toBeCloseTo(61.1 * 0.97, 1);
    expect(box?.q3).toBeCloseTo(61.1 * 1.02, 1);
    expect(box?.minimum).toBeCloseTo(61.1 * 0.9, 1);
    expect(box?.maximum).toBeCloseTo(61.1 * 1.25, 1);
    expect(box?.median).toBeCloseTo(61.1, 1);
  });

  it('leave out a side without samples, and a test without any', async () => {
    const [plot] = await renderPlots(createShortComparison());
    expect(readBoxes(plot?.svg ?? '')).toHaveLength(3);
    expect(await renderPlots(createComparison([createCell({ baseline: emptySide, candidate: emptySide })]))).toEqual(
      [],
    );
  });

  it('show two boxes when a profile is compared with itself', async () => {
    const comparison = createComparison([createCell()]);
    const { context } = comparison;
    const [plot] = await renderPlots({ ...comparison, context: { ...context, candidate: context.baseline } });
    expect(readBoxes(plot?.svg ?? '')).toHaveLength(2);
    expect(plot?.svg).toContain('stock (candidate)');
  });

  it('have the same bytes each time, and a name that is one file', async () => {
    expect(await renderPlots(createMixedComparison())).toEqual(await renderPlots(createMixedComparison()));
    const [plot] = await renderPlots(
      createComparison([createCell({ id: 'docker/bridge/../x/latency' }), createCell({ id: 'a b/c' })]),
    );
    expect(plot?.name).not.toMatch(/[/ ]/);
  });
});

interface DrawnBox {
  readonly minimum: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly maximum: number;
}

/** What Vega says of each mark for screen readers: the values that it drew there. */
function readBoxes(svg: string): DrawnBox[] {
  const labels = [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label ?? '');
  const read = (label: string, field: string) =>
    Number(new RegExp(`(?:^|; )${field}[^:;]*: ([\\d.]+)`).exec(label)?.[1]);
  const pick = (...fields: string[]) =>
    labels.filter((label) => fields.every((field) => !Number.isNaN(read(label, field))));
  const boxes = pick('q1', 'q3');
  const whiskers = pick('minimum', 'maximum');
  const medians = pick('median');
  return boxes.map((label, index) => ({
    q1: read(label, 'q1'),
    q3: read(label, 'q3'),
    minimum: read(whiskers[index] ?? '', 'minimum'),
    maximum: read(whiskers[index] ?? '', 'maximum'),
    median: read(medians[index] ?? '', 'median'),
  }));
}
