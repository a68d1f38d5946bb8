import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { treatmentFile } from '../../src/hosts/treatment/treatment-state.ts';
import { labFolders } from '../../src/lab/lab.ts';
import { inventoryFile } from '../../src/lab/lab-up.ts';
import type { SshMachine } from '../../src/machines/ssh.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';

/** One boot a side, so no verdict: the way is what is tested. */
const plan = `
name: boots
description: The host is booted and set between the sides.
layers: [host-boot, host]
guests: [docker]
attachments: [bridge]
tests: [tcp_rr, tcp_stream]
deployments: 1
samples: 1
seconds: 1
`;

/** Three boots, on a machine that may be busy. */
const patience = { timeout: 1_800_000 } as const;

describeWith(['lab', 'root'], 'tunegate measure on a host of the lab that is booted into each side', () => {
  const inventory = inventoryFile(labFolders.state);
  let folder: string;
  let machine: SshMachine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-boots-'));
    await writeFile(join(folder, 'boots.yaml'), plan);
    machine = openMachine(await loadInventory(inventory, new AbortController().signal), 'tuned');
  });
  afterAll(async () => {
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (...more: readonly string[]) =>
    startTunegate(
      ...['measure', '--plan', join(folder, 'boots.yaml'), '--inventory', inventory, '--machine', 'tuned'],
      ...['--out', join(folder, 'run'), ...more],
    );

  /** Kills the run as soon as its first fresh start has ended. */
  async function killAfterFirst(): Promise<string> {
    const { pid, ended } = start();
    let isOver = false;
    const over = ended.finally(() => {
      isOver = true;
    });
    const journal = join(folder, 'run', 'run.jsonl');
    while (!isOver && !(await readFile(journal, 'utf8').catch(() => '')).includes('"deployment-end"')) await sleep(200);
    if (isOver) throw new Error(`the run ended by itself: ${(await over).stderr}`);
    process.kill(pid, 'SIGKILL');
    await over;
    return readFile(journal, 'utf8');
  }

  it('is killed in the middle, goes on, and leaves the host as it was', patience, async () => {
    const before = await machine.readFile('/proc/cmdline');
    const killed = await killAfterFirst();
    const { code, stderr } = await start('--resume').ended;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });

    const text = await readFile(join(folder, 'run', 'run.jsonl'), 'utf8');
    expect(text.startsWith(killed.slice(0, killed.lastIndexOf('\n') + 1))).toBe(true);
    const run = await readRun(join(folder, 'run'));
    expect(run.end).toMatchObject({ status: 'complete', reason: null });
    const ok = new Set(run.deploymentEnds.flatMap((end) => (end.status === 'ok' ? [end.id] : [])));
    const measured = run.deployments.filter(({ id }) => ok.has(id));
    expect(measured.map(({ side }) => side).sort()).toEqual(['baseline', 'candidate']);
    expect(new Set(measured.map(({ bootId }) => bootId)).size).toBe(2);
    const samples = run.samples.filter((sample) => ok.has(sample.deployment) && sample.phase === 'measure');
    expect(samples.map(({ test }) => test).sort()).toEqual(['tcp_rr', 'tcp_rr', 'tcp_stream', 'tcp_stream']);

    const candidate = measured.find(({ side }) => side === 'candidate');
    const bad = candidate?.checks.filter(({ result }) => result === 'mismatch' || result === 'unprobed');
    expect(bad).toEqual([]);
    const verified = candidate?.checks.filter(({ result }) => result === 'verified').map(({ parameter }) => parameter);
    expect(verified).toEqual(expect.arrayContaining(['host-boot.isolcpus', 'host.sysctl.vm.swappiness']));
    const comparison = compareWithCatalogue([run], defaultPolicy);
    expect(comparison.family.invalid).toBe(0);
    expect(comparison.context?.boots).toEqual({ baseline: 1, candidate: 1 });

    expect(await machine.readFile('/proc/cmdline')).toBe(before);
    expect(await machine.readFile(treatmentFile(machineFolders.state))).toBeNull();
    for (const left of ['state.json', 'lock']) {
      expect(await machine.readFile(`${machineFolders.state}/${left}`)).toBeNull();
    }
  });
});
