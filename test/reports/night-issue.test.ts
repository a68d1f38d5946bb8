import { describe, expect, it } from 'vitest';
import { renderNightChart } from '../../reports/night-chart.ts';
import { renderNightIssue } from '../../reports/night-issue.ts';
import { renderNightMarkdown, renderNightText } from '../../reports/night-summary.ts';
import { readIssueMarker } from '../../src/history/issue-marker.ts';
import { judgeNights } from '../../src/history/judge-nights.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { type SeriesShape, simulateNights } from '../history/night-factory.ts';

const surroundings = { repositoryUrl: 'https://github.example/lab/tuning', branch: 'tunegate-history' };
const judge = (shape: Partial<SeriesShape> = {}) =>
  judgeNights(
    simulateNights({ nights: 24, sd: 0.005, effect: (day) => (day >= 20 ? 0.05 : 0), ...shape }, createRandom('issue')),
  );
const renderFirst = (shape: Partial<SeriesShape> = {}) => {
  const [regression] = judge(shape).regressions;
  if (regression === undefined) throw new Error('no regression');
  return { regression, ...renderNightIssue(regression, surroundings) };
};

describe('the issue of a regressed cell', () => {
  it('tells all there is to know', async () => {
    await expect(renderFirst().body).toMatchFileSnapshot('../fixtures/reports/night-issue.md');
  });

  it('is recognised by its first line', () => {
    const { body, regression } = renderFirst();
    expect(readIssueMarker(body)).toEqual({
      host: 'tuned',
      comparison: 'tuned',
      cell: 'docker/bridge/tcp_rr/latency',
      first: regression.first.time,
      state: 'regressed',
    });
    expect(readIssueMarker(`x${body}`)).toBeNull();
    expect(readIssueMarker('<!-- tunegate:regression {"host":1} -->')).toBeNull();
    expect(readIssueMarker('<!-- tunegate:regression {] -->')).toBeNull();
  });

  it('lets no text of a night out of its place', () => {
    const id = 'docker/bridge/tcp_rr --> @everyone <img src=x> `a`/latency';
    const { title, body } = renderFirst({ cell: { id } });
    expect(title).not.toContain('\n');
    expect(body.split('-->')).toHaveLength(2);
    expect(body.slice(body.indexOf('-->'))).not.toMatch(/@everyone|<img|`a`/);
    expect(readIssueMarker(body)?.cell).toBe(id);
  });

  it('speaks of a level that moved for both sides', () => {
    const { body } = renderFirst({ effect: () => 0, level: (day) => (day >= 20 ? 0.08 : 0) });
    expect(body).toContain('tuned itself: ');
    expect(body).toContain('may have become worse for both');
  });

  it('says what is worse by name and direction, also where higher is better', () => {
    const metric = { name: 'throughput', unit: 'bit/s', better: 'higher' } as const;
    const { body } = renderFirst({ effect: (day) => (day >= 20 ? -0.05 : 0), cell: { metric } });
    expect(body).toMatch(/tuned against stock: −4\.\d+ % \(−5\.\d+ to −4\.\d+\) since .*\(higher is better\)/);
  });
});

describe('the summary of the nights', () => {
  it('is Markdown for a workflow and text for a terminal', async () => {
    const report = { ...judge(), stalls: [], warnings: ['nights/x|y is skipped: it is no JSON.'] };
    await expect(renderNightMarkdown(report)).toMatchFileSnapshot('../fixtures/reports/night-summary.md');
    const text = renderNightText(report, 100);
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
    expect(text.startsWith('1 cell has got worse.\n\nCells\n')).toBe(true);
    expect(renderNightText({ detections: [], regressions: [], stalls: [], warnings: [] }, null)).toBe(
      'No night is recorded yet.\n',
    );
  });
});

describe('a series as text', () => {
  const format = (value: number) => value.toFixed(1);
  it('is a block a night, with a bar before the first outside', () => {
    expect(renderNightChart({ values: [1, 1.1, 1, 2, 2.1], outsideFrom: 3, format })).toBe('▁▂▁|▇█  1.0 to 2.1');
    expect(renderNightChart({ values: [3, 3], outsideFrom: 2, format })).toBe('▅▅  3.0 to 3.0');
    expect(renderNightChart({ values: [], outsideFrom: 0, format })).toBe('no night');
  });
});
