import { bencher } from './bencher.ts';
import { benchstat } from './benchstat.ts';
import { firecracker, firecrackerWithoutFloor } from './firecracker.ts';
import { githubActionBenchmark } from './github-action-benchmark.ts';
import { lkp } from './lkp.ts';
import { nodeWelch } from './node-welch.ts';
import { pinpoint } from './pinpoint.ts';
import type { PeerRule } from './rule.ts';

/** All peers that compare two sides, in the order of the tables. */
export const peers: readonly PeerRule[] = [
  benchstat,
  nodeWelch,
  firecrackerWithoutFloor,
  firecracker,
  pinpoint,
  lkp,
  githubActionBenchmark,
  bencher,
];
