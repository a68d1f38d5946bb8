import { describe, expect, it } from 'vitest';
import { describeSettlement } from '../../../reports/comment-settle.ts';
import type { ComparisonCell } from '../../../src/comparison/comparison.schema.ts';
import { parseCommand } from '../../../src/github/command.ts';
import { createCell, createComparison } from '../comparison-factory.ts';
import { createInput, createRequest, createRequested, createSection, headSha } from './comment-factory.ts';

const open: Partial<ComparisonCell> = {
  ratio: { estimate: 1.001, interval95: [0.97, 1.03], interval90: [0.975, 1.025] },
  detectableChange: 0.04,
  verdict: 'inconclusive',
};

/** Offers for a comparison of these rows, measured with five fresh starts a side in 20 minutes. */
function settle(cells: readonly Partial<ComparisonCell>[], deployments = 5) {
  const result = createComparison(
    cells.map((cell, index) => createCell({ id: `docker/bridge/tcp_rr/latency${index || ''}`, ...cell })),
    { plan: { deployments } },
  );
  const request = createRequest({ comparisons: [createRequested({ deployments, estimatedSeconds: 1200 })] });
  return describeSettlement(createInput({ request, sections: [createSection(result)] }));
}

const asked = (line: string | undefined) => Number(/--deployments (\d+)/.exec(line ?? '')?.[1]);

describe('what would settle an open row', () => {
  it('is a comment that the product understands, and its cost', () => {
    const [line] = settle([open]);
    const [, comment = '', cost] = /^`([^`]+)`, (about [^:]+): tcp_rr docker bridge$/.exec(line ?? '') ?? [];
    expect(parseCommand(comment)).toEqual({ kind: 'run', sha: headSha, deployments: asked(line) });
    expect(cost).toBe(`about ${(asked(line) * 1200) / 5 / 60} minutes on each host`);
  });

  it('takes about four times the starts for half the change, fewer since few starts count less', () => {
    // 4 % is found now, 2 % is asked for: by the square of the ratio alone 20.
    expect(asked(settle([open])[0])).toBeGreaterThanOrEqual(12);
    expect(asked(settle([open])[0])).toBeLessThanOrEqual(20);
    // With many starts the noise is known, and the square is right: 25 become 100.
    const [line] = settle([{ ...open, detectableChange: 0.0396 }], 25);
    expect(asked(line)).toBeGreaterThan(88);
    expect(asked(line)).toBeLessThanOrEqual(100);
  });

  it('is measured by the change that the row seems to have, where that is beyond the margin', () => {
    const ratio = { estimate: 0.965, interval95: null, interval90: null };
    expect(asked(settle([{ ...open, ratio }])[0])).toBeLessThan(asked(settle([open])[0]));
  });

  it('is one offer where one is hardly dearer, two where the smaller is worth it', () => {
    expect(settle([open, { ...open, detectableChange: 0.041 }])).toHaveLength(1);
    const two = settle([open, { ...open, detectableChange: 0.08 }]);
    expect(two).toHaveLength(2);
    expect(two[1]).toMatch(/: tcp_rr docker bridge, tcp_rr docker bridge$/);
  });

  it('is no offer for a row that is too noisy, and that is said', () => {
    expect(settle([{ ...open, detectableChange: 2 }])).toEqual([
      'More than 100 fresh starts a side would be needed: tcp_rr docker bridge. Only a quieter host or a wider margin helps there.',
    ]);
  });

  it('is the fewest starts that give a verdict where there are fewer', () => {
    const few = { ...open, detectableChange: null, ratio: { estimate: 1.1, interval95: null, interval90: null } };
    expect(asked(settle([few], 2)[0])).toBe(4);
  });

  it('is not more of what was taken back for another reason', () => {
    expect(settle([{ ...open, verdictBeforeDiagnostics: 'regressed' }])).toEqual([]);
  });

  it('is nothing where nothing is open', () => {
    expect(settle([{}, { ...open, role: 'secondary' }])).toEqual([]);
  });

  it('has no row without a name, however many there are', () => {
    const [line] = settle(Array.from({ length: 9 }, () => open));
    expect(line).toMatch(/: tcp_rr docker bridge, tcp_rr docker bridge, tcp_rr docker bridge and 6 more rows$/);
  });
});
