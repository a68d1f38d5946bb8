import { describe, expect, it } from 'vitest';
import { renderNightPage } from '../../reports/night-page.ts';
import { judgeNights } from '../../src/history/judge-nights.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { simulateNights } from '../history/night-factory.ts';

describe('the page of the nights', () => {
  it('has a picture for each cell, loads nothing, and escapes what it shows', async () => {
    const nights = simulateNights(
      {
        nights: 24,
        cells: 2,
        sd: 0.005,
        effect: (day) => (day >= 20 ? 0.05 : 0),
        night: (day) => ({ environment: { 'version.qemu': day < 4 ? '<b>7</b>' : '8' } }),
      },
      createRandom('page'),
    );
    const page = await renderNightPage({ ...judgeNights(nights), nights, stalls: [], warnings: [] });
    expect(page.match(/<svg /g)).toHaveLength(2);
    // The regressed cell comes first, with a red line; both have the dashed line of the change.
    const [, first = '', second = ''] = page.split('<figure>');
    expect(first).toContain('#D55E00');
    expect(second).not.toContain('#D55E00');
    expect(second).toContain('#8c959f');
    expect(page).toContain('&#60;b&#62;7&#60;/b&#62;');
    expect(page).not.toMatch(/<b>|<script|https?:\/\/(?!www\.w3\.org)/);
    expect(await renderNightPage({ ...judgeNights(nights), nights, stalls: [], warnings: [] })).toBe(page);
  });
});
