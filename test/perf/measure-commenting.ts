import { renderComment } from '../../reports/comment.ts';
import type { ComparisonCell, Verdict } from '../../src/comparison/comparison.schema.ts';
import { createInput, createSection } from '../reports/comment/comment-factory.ts';
import { createCell, createComparison } from '../reports/comparison-factory.ts';
import type { PerfRow } from './perf-row.ts';

const cells = 48;
const runs = 5;

/**
 * The comment on a pull request from its comparison, all three sizes; the first, in a cold process, is among the runs.
 * CPU time counts, since on a busy machine the wall time is that of the others.
 */
export async function measureCommenting(signal: AbortSignal): Promise<readonly PerfRow[]> {
  const input = createInput({ sections: [createSection(createComparison(buildCells()))] });
  const rounds = Array.from({ length: runs }, () => {
    signal.throwIfAborted();
    const [begin, used] = [performance.now(), process.cpuUsage()];
    renderComment(input);
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - begin, cpuSeconds: (user + system) / 1e6 };
  });
  const wall = rounds.map((round) => round.wall.toFixed(0)).join(', ');
  const value = Math.max(...rounds.map(({ cpuSeconds }) => cpuSeconds));
  const details = `largest; wall ${wall} ms`;
  return [{ what: `comment of ${cells} cells`, value, goal: 0.3, unit: 's', n: runs, details }];
}

/** Every verdict in turn; what is open asks for a search of the fresh starts that would settle it. */
function buildCells(): readonly ComparisonCell[] {
  const verdicts: readonly Verdict[] = [
    'regressed',
    'inconclusive',
    'improved',
    'inconclusive',
    'unchanged',
    'invalid',
  ];
  return Array.from({ length: cells }, (_, index) =>
    createCell({
      id: `docker/bridge/tcp_rr/latency${index}`,
      verdict: verdicts[index % verdicts.length] ?? 'unchanged',
      detectableChange: 0.02 + index / 1000,
    }),
  );
}
