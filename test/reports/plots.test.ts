import { describe, expect, it } from 'vitest';
import { renderPlots } from '../../reports/plots.ts';
import {
  createCell,
  createComparison,
  createMixedComparison,
  createShortComparison,
  createSide,
  createStreamCell,
  createWholeComparison,
  emptySide,
} from './comparison-factory.ts';
import { readBoxes, readLabels } from './read-plot.ts';

describe('the box plots', () => {
  it('are one for each test and attachment, with a box for each guest and side', async () => {
    const plots = await renderPlots(createMixedComparison());
    expect(plots.map(({ name, title }) => [name, title])).toEqual([
      ['tcp_stream-bridge.svg', 'tcp_stream over bridge: throughput'],
      ['tcp_rr-bridge.svg', 'tcp_rr over bridge: latency'],
      ['ping-bridge.svg', 'ping over bridge: latency'],
    ]);
    expect(plots.map(({ svg }) => readBoxes(svg).length)).toEqual([4, 4, 2]);
    for (const { svg, title } of plots) {
      expect(svg).toContain(title);
      expect(svg).toContain('fill="white"');
    }
    expect(plots[0]?.svg).toContain('8 samples a box');
    expect(plots[0]?.svg).toContain('Gbit/s, higher is better');
  });

  it('draw box, whiskers and median at their values, baseline left of candidate', async () => {
    const candidate = createSide(70e-6, { minimum: 20e-6, q1: 50e-6, q3: 75e-6, maximum: 130e-6 });
    const [plot] = await renderPlots(createComparison([createCell({ baseline: createSide(60e-6), candidate })]));
    const [left, right] = readBoxes(plot?.svg ?? '');
    expect(left?.fill).not.toBe(right?.fill);
    expectBox(left, { minimum: 54, q1: 58.2, median: 60, q3: 61.2, maximum: 75 });
    expectBox(right, { minimum: 20, q1: 50, median: 70, q3: 75, maximum: 130 });
  });

  it('draw the single replies of ping', async () => {
    const plots = await renderPlots(createMixedComparison());
    const ping = plots[2]?.svg ?? '';
    expect(ping).toContain('80 replies a box');
    expectBox(readBoxes(ping)[0], { minimum: 19, q1: 40, median: 66, q3: 72, maximum: 143 });
  });

  it('do not blow up what is below the margin', async () => {
    const flat = (median: number) =>
      createSide(median, { minimum: median - 1e4, q1: median, q3: median, maximum: median + 1e4 });
    const [plot] = await renderPlots(
      createComparison([createStreamCell({ baseline: flat(99.9e6), candidate: flat(99.91e6) })]),
    );
    const values = readLabels(plot?.svg ?? '').map(({ value }) => value);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(3);
  });

  it('leave out a side without samples, and a test without any', async () => {
    const [plot] = await renderPlots(createShortComparison());
    expect(readBoxes(plot?.svg ?? '')).toHaveLength(3);
    expect(plot?.svg).toContain('1 to 2 samples a box');
    const empty = createCell({ baseline: emptySide, candidate: emptySide });
    expect(await renderPlots(createComparison([empty]))).toEqual([]);
  });

  it('draw values that are all the same, and all zero', async () => {
    const constant = (value: number) => createSide(value, { minimum: value, q1: value, q3: value, maximum: value });
    for (const value of [0, 5e-6]) {
      const cell = createCell({ baseline: constant(value), candidate: constant(value) });
      const [plot] = await renderPlots(createComparison([cell]));
      expect(plot?.svg).not.toContain('NaN');
      expect(plot?.svg.match(/aria-label="[^"]*median/g)).toHaveLength(2);
    }
  });

  it('show two boxes when a profile is compared with itself', async () => {
    const same = { profile: 'stock', sha256: 'a'.repeat(64), revision: null };
    const comparison = createComparison([createCell()], { context: { baseline: same, candidate: same } });
    const [plot] = await renderPlots(comparison);
    expect(readBoxes(plot?.svg ?? '')).toHaveLength(2);
    expect(plot?.svg).toContain('stock (candidate)');
  });

  it('have the same bytes each time', async () => {
    expect(await renderPlots(createMixedComparison())).toEqual(await renderPlots(createMixedComparison()));
  });

  it('have names that are files of one folder, each its own', async () => {
    const ids = ['docker/bridge/../latency', 'a b/c', 'a/b c', '../../x'];
    const plots = await renderPlots(createComparison(ids.map((id) => createCell({ id }))));
    const names = plots.map(({ name }) => name);
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(name).toMatch(/^[\w-]+\.svg$/);
  });

  it('are well-formed whatever the names are', async () => {
    const hostile = '</text><script>alert(1)</script> "\'\u0001\u001b[0m && x';
    const side = { profile: hostile, sha256: 'a'.repeat(64), revision: null };
    const [plot] = await renderPlots(
      createComparison([createCell({ id: hostile })], {
        context: { baseline: side, candidate: { ...side, profile: `${hostile} 2` } },
      }),
    );
    expect(plot?.svg).not.toMatch(/<script|[^\P{Cc}\n]/u);
    expect(plot?.svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#)/);
    expect(readBoxes(plot?.svg ?? '')).toHaveLength(2);
  });

  it('are one a test', async () => {
    expect(await renderPlots(createWholeComparison(['docker', 'qemu', 'bare']))).toHaveLength(7);
  });
});

type Numbers = Omit<ReturnType<typeof readBoxes>[number], 'fill'>;

function expectBox(drawn: Numbers | undefined, expected: Numbers): void {
  for (const name of ['minimum', 'q1', 'median', 'q3', 'maximum'] as const) {
    expect(drawn?.[name], name).toBeCloseTo(expected[name], 4);
  }
}
