import { describe, expect, it } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { createProver } from '../../src/measurement/host-prover.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { Layer } from '../../src/vocabulary.ts';

const profiles = {
  baseline: { parameters: {} },
  candidate: { parameters: { 'daemon.storage-driver': 'vfs', 'guest.docker.cpuset': '1' } },
};

function createProof(layers: readonly Layer[], dockerSocket: string | null) {
  const stage = { topology: embeddedTopology, drivers: new Map(), versions: {}, restore: async () => {} };
  return createProver({
    ...{ machine: createLocalMachine(), layers, profiles, signal: new AbortController().signal },
    prepare: async () => ({ ...stage, dockerSocket }),
  });
}

describe('proving the layers of a host', () => {
  it('asks the dockerd that was prepared last, and leaves guests to their own probes', async () => {
    const { prepare, prove } = createProof(['daemon', 'guest'], '/nowhere/docker.sock');
    expect(await prove('candidate')).toEqual([]);
    await prepare('candidate');
    expect(await prove('candidate')).toMatchObject([
      {
        parameter: 'daemon.storage-driver',
        requested: 'vfs',
        result: expect.stringMatching(/^(unprobed|mismatch)$/),
        found: expect.stringContaining('unix:///nowhere/docker.sock'),
      },
    ]);
    expect(await prove('baseline')).toEqual([]);
  });

  it('reads nothing where only guests are treated', async () => {
    const { prepare, prove } = createProof(['guest'], null);
    await prepare('candidate');
    expect(await prove('candidate')).toEqual([]);
  });
});
