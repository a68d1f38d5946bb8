import equalSides from '../fixtures/evaluation/equal-sides.json' with { type: 'json' };
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

/** Five starts a side with three samples each, and what is left when the starts are not told apart: one list. */
const fiveStarts: RealDesign = { deployments: 5, samples: 3, observation: 'deployment' };

const guestGroups = ['docker', 'qemu'].map((guest): RealGroup => {
  const sources = equalSides.cells.filter(({ id }) => id.startsWith(`${guest}/`));
  const title = guest === 'docker' ? 'Docker containers' : 'QEMU virtual machines (without KVM)';
  return {
    name: guest,
    description: `**${guest}**: ${sources[0]?.deployments.length ?? 0} fresh starts of ${title} with the same profile on both sides, tcp_rr, udp_rr and tcp_stream, 3 samples of 1 s each, recorded with Tunegate itself on a virtual machine with 2 processors on which other work was going on (\`tunegate measure --plan test/evaluation/recording/${guest}.yaml --baseline stock --candidate stock --seed 1\`). Busy as it was, its figures scatter widely: see how little any calibrated rule finds.`,
    designs: [fiveStarts],
    sources,
  };
});

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
  return [...guestGroups, goGroup];
}
