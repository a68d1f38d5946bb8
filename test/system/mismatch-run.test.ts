import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/results/read-journal.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const plan = `name: file-memory
description: One virtual machine on each side, and the bare host.
layers: [guest]
guests: [qemu, bare]
attachments: [bridge]
tests: [tcp_rr]
deployments: 1
samples: 1
seconds: 1
ping: { count: 3, intervalSeconds: 0.1 }
`;

/** Huge pages in a folder whose file system has none, as the thesis could have had them without noticing. */
const profile = `name: file-memory
parameters:
  guest.qemu.memory.backend: file
  guest.qemu.memory.page-size: 2MiB
  guest.qemu.memory.path: /var/tmp
`;

const found = /pages of 4KiB, HugetlbPages 0 bytes of 256MiB/;

describeWith(['root', 'namespaces', 'qemu', 'netperf'], 'a run whose treatment is not in force', () => {
  const tunegate = (...args: string[]) => startTunegate(...args).ended;

  it('says so before any sample of that side, and its cell is invalid', async () => {
    const before = await takeSnapshot();
    const folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    try {
      await writeFile(join(folder, 'plan.yaml'), plan.replace('file-memory', 'plan'));
      await writeFile(join(folder, 'profile.yaml'), profile.replace('file-memory', 'profile'));
      const out = join(folder, 'run');
      const sides = ['--baseline', 'stock', '--candidate', join(folder, 'profile.yaml')];
      const measured = await tunegate('measure', '--plan', join(folder, 'plan.yaml'), ...sides, '--out', out);

      const run = await readRun(out);
      expect(run.end, measured.stderr).toMatchObject({ status: 'partial' });
      const candidate = run.deployments.filter(({ side, guest }) => side === 'candidate' && guest === 'qemu');
      expect(candidate).toHaveLength(1);
      const wrong = candidate[0]?.checks.filter(({ result }) => result !== 'verified');
      expect(wrong).toEqual([
        expect.objectContaining({
          ...{ parameter: 'guest.qemu.memory.page-size', requested: '2MiB', result: 'mismatch' },
          found: expect.stringMatching(found),
        }),
      ]);
      expect(run.deploymentEnds.find(({ id }) => id === candidate[0]?.id)?.reason).toMatch(
        /^treatment not in force: guest\.qemu\.memory\.page-size asked for 2MiB, found pages of 4KiB, /,
      );
      expect(run.samples.filter(({ deployment }) => deployment === candidate[0]?.id)).toEqual([]);
      // What the bare host measured can be used.
      expect(measured.code, measured.stderr).toBe(0);

      const compared = await tunegate('compare', out, '--json', '--gate');
      const { cells } = JSON.parse(compared.stdout);
      const verdicts = cells.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]);
      expect(verdicts).toContainEqual(['qemu/bridge/tcp_rr/latency', 'invalid']);
      const others = verdicts.filter(([, verdict]: string[]) => verdict !== 'invalid').map(([id]: string[]) => id);
      expect(others.filter((id: string) => !id.startsWith('bare/'))).toEqual([]);
      expect(others).toContain('bare/bridge/tcp_rr/latency');
      expect(JSON.stringify(cells)).toMatch(
        /guest\.qemu\.memory\.page-size is not in force on the candidate: asked for 2MiB, found pages of 4KiB/,
      );
      expect(compared.code, compared.stderr).toBe(4);
      expect(await takeSnapshot()).toEqual(before);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 90_000);
});
