import goNights from '../fixtures/evaluation/go-nights.json' with { type: 'json' };
import type { RealDesign, RealSource } from './parts/real-part.ts';

/** Recorded data in which nothing changed, and how sides are made of it. */
export interface RealGroup {
  readonly name: string;
  /** A sentence for the document: what, where from, how recorded. */
  readonly description: string;
  readonly designs: readonly RealDesign[];
  readonly sources: readonly RealSource[];
}

/** Nights of Go benchmarks: one night a side is what is usually compared; five a side is what the night effect asks for. */
const goGroup: RealGroup = {
  name: 'Go nights',
  description:
    '**Go nights**: 16 benchmarks, 23 nights of January 2022 on one machine, 25 repetitions a night, the toolchain unchanged (golang.org/x/perf, `cmd/benchseries/testdata`, BSD-3-Clause; drawn at random from 100 benchmarks).',
  designs: [
    { deployments: 1, samples: 25, observation: 'sample' },
    { deployments: 5, samples: 4, observation: 'deployment' },
  ],
  sources: goNights.benchmarks.map(({ name, nights }) => ({ id: name, deployments: nights })),
};

export function readRealGroups(): readonly RealGroup[] {
  return [goGroup];
}
