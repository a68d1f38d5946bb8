import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { bootInto } from '../../src/hosts/boot/boot-into.ts';
import { collectFingerprint, compareFingerprints } from '../../src/hosts/fingerprint.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { readTreatment, treatmentFile } from '../../src/hosts/treatment/treatment-state.ts';
import { resetHost } from '../../src/lab/host-process.ts';
import { labFolders, testNic } from '../../src/lab/lab.ts';
import { inventoryFile } from '../../src/lab/lab-up.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { SshMachine } from '../../src/machines/ssh.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';

const name = 'tuned';
const never = new AbortController().signal;

/**
 * Files and programs, each with a value that the host does not idle in. No partition: a host may idle with the same CPUs
 * isolated at boot, and the kernel then calls it invalid.
 */
const profile = `
name: other
parameters:
  host.sysctl.vm.swappiness: 33
  host.sysctl.vm.stat_interval: 7
  host.sysctl.net.core.busy_poll: 20
  host.sysctl.kernel.hung_task_timeout_secs: 333
  host.memory.hugepages.2MiB: "0:64MiB"
  host.nic.coalesce.rx-usecs: 44
  host.nic.txqueuelen: 777
  host-boot.isolcpus: "0"
`;

const appliedSchema = z.looseObject({
  inForce: z.boolean(),
  booted: z.boolean(),
  needsBoot: z.array(z.string()),
  checks: z.array(z.looseObject({ parameter: z.string(), found: z.string(), result: z.string() })),
});

describeWith(['lab', 'root'], 'tunegate profile on a host of the lab', () => {
  const inventory = inventoryFile(labFolders.state);
  let folder: string;
  let file: string;
  let machine: SshMachine;
  let before: Awaited<ReturnType<typeof readFingerprint>>;

  const readFingerprint = () => collectFingerprint(machine, { name: testNic, namespace: null });
  const start = (...args: readonly string[]) =>
    startTunegate('profile', ...args, '--machine', name, '--inventory', inventory);
  const run = (...args: readonly string[]) => start(...args).ended;
  const restore = async () => {
    const { code, stdout, stderr } = await run('restore', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as unknown;
  };
  const applyAll = async () => {
    const { code, stdout, stderr } = await run('apply', file, '--layers', 'host', '--json');
    expect(stderr).toBe('');
    const applied = appliedSchema.parse(JSON.parse(stdout));
    expect(applied.checks.filter(({ result }) => result !== 'verified')).toEqual([]);
    expect({ code, ...applied, checks: [] }).toMatchObject({ code: 0, inForce: true, booted: false, needsBoot: [] });
  };
  const expectAsBefore = async () => {
    expect(compareFingerprints(before, await readFingerprint())).toEqual([]);
    expect(await readTreatment(machine, machineFolders.state)).toBeNull();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-treatment-'));
    file = join(folder, 'other.yaml');
    await writeFile(file, profile);
    machine = openMachine(await loadInventory(inventory, never), name);
  });
  beforeEach(async () => {
    await run('restore');
    before = await readFingerprint();
  });
  afterAll(async () => {
    await run('restore');
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('applies, proves, refuses a second one, and puts exactly back what was there', async () => {
    await applyAll();
    const changed = compareFingerprints(before, await readFingerprint()).map(({ key }) => key);
    expect(changed).toContain('/proc/sys/vm/swappiness');
    const second = await run('apply', file, '--layers', 'host');
    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toContain(`\`tunegate profile restore --machine ${name}\` puts back what was there before`);
    expect(await run('verify', file, '--layers', 'host')).toMatchObject({ code: 0, stderr: '' });
    expect(await restore()).toMatchObject({ profile: { name: 'other' }, rebooted: false, left: [], boot: 'default' });
    await expectAsBefore();
    expect(await restore()).toMatchObject({ profile: null });
    expect(await run('verify', file, '--layers', 'host')).toMatchObject({ code: 1, stderr: '' });
  });

  it('says what needs a boot, and applies the rest', async () => {
    const { code, stdout } = await run('apply', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ inForce: false, booted: false, needsBoot: ['host-boot.isolcpus'] });
    await restore();
    await expectAsBefore();
  });

  it.each([0, 400, 800])(
    'is killed %i ms after its state is on the disk: restore puts everything back',
    async (delay) => {
      const { pid, ended } = start('apply', file, '--layers', 'host');
      while ((await machine.readFile(treatmentFile(machineFolders.state))) === null) await sleep(50);
      await sleep(delay);
      process.kill(pid, 'SIGKILL');
      await ended;
      await restore();
      await expectAsBefore();
    },
  );

  it('is interrupted: goes back and says so, with exit code 130', async () => {
    const { pid, ended } = start('apply', file, '--layers', 'host');
    while ((await machine.readFile(treatmentFile(machineFolders.state))) === null) await sleep(50);
    process.kill(pid, 'SIGINT');
    expect(await ended).toMatchObject({
      code: 130,
      stderr: 'tunegate: interrupted; everything that was started has been removed.\n',
    });
    await expectAsBefore();
  });

  it('loses its power: what was set is gone by itself, and restore says so', async () => {
    await applyAll();
    await resetHost({ machine: createLocalMachine(), folder: labFolders.state, name }, never);
    await sleep(5000);
    const host = { machine, power: null, console: null, controller: createLocalMachine('controller') };
    await bootInto(host, 'default', { deadlineSeconds: 500 });
    expect(await restore()).toMatchObject({ profile: { name: 'other' }, rebooted: true, restored: [], left: [] });
    await expectAsBefore();
  });
});
