import type { CellData, SampleEntry } from '../../src/comparison/cell-data.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';

export interface CellShape {
  readonly observation: CellData['observation'];
  /** Deployments or blocks a side. */
  readonly groups: number;
  readonly perGroup: number;
  /** Noise of one value, relative; for the observation `deployment` that of a deployment, samples add half of it. */
  readonly deviation: number;
  readonly shape: 'normal' | 'skewed' | 'modes';
  /** Added to the logarithm of a value. */
  readonly effect?: (place: { side: 'baseline' | 'candidate'; group: number; index: number; order: number }) => number;
}

/** Standard noise: mean about 0, deviation about 1. */
export function drawNoise(random: Random, shape: CellShape['shape']): number {
  const uniform = () => (random.nextUint32() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  if (shape === 'skewed') return -Math.log(uniform()) - 1;
  if (shape === 'modes') return (uniform() < 0.3 ? 1.5 : -0.64) + 0.2 * normal();
  return normal();
}

/** A cell of made-up data; sides alternate ABBA, BAAB by group where groups have an order. */
export function simulateCell(id: string, shape: CellShape, more: Partial<CellData> = {}): CellData {
  const random = createRandom(id);
  const side = (name: 'baseline' | 'candidate'): SampleEntry[] =>
    Array.from({ length: shape.groups }, (_, group) => {
      const isFirst = (name === 'baseline') === (group % 2 === 0);
      const order = 2 * group + (isFirst ? 0 : 1);
      const isDeployment = shape.observation === 'deployment';
      const shared = isDeployment ? drawNoise(random, shape.shape) : 0;
      const values = Array.from({ length: shape.perGroup }, (_, index) => {
        const own = drawNoise(random, shape.shape) * (isDeployment ? 0.5 : 1);
        const effect = shape.effect?.({ side: name, group, index, order }) ?? 0;
        return 1e-4 * Math.exp(shape.deviation * (shared + own) + effect);
      });
      return { deployment: `${name}${group}`, block: group, order, values };
    });
  return {
    id,
    role: 'primary',
    metric: { name: 'latency', unit: 's', better: 'lower' },
    observation: shape.observation,
    baseline: side('baseline'),
    candidate: side('candidate'),
    ...more,
  };
}
