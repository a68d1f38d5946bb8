import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { readBootId } from '../../src/hosts/run-state.ts';
import { resetHost, setCable } from '../../src/lab/host-process.ts';
import { hostFiles, labFolders, labHosts, labNetwork, testNic } from '../../src/lab/lab.ts';
import { inventoryFile } from '../../src/lab/lab-up.ts';
import { waitForHost } from '../../src/lab/reach-host.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace, type Machine } from '../../src/machines/machine.ts';
import type { SshMachine } from '../../src/machines/ssh.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';

const local = createLocalMachine();
const { state: folder } = labFolders;
const file = inventoryFile(folder);
const never = new AbortController().signal;
const stock = 'stock';
const place = { machine: createLocalMachine(), folder, name: stock };

async function tunegate(...args: readonly string[]) {
  return startTunegate(...args).ended;
}

describeWith(['lab'], 'the emulated lab', () => {
  let host: SshMachine;
  const reconnect = async () => {
    await host.close().catch(() => {});
    const [labHost] = labHosts.filter(({ name }) => name === stock);
    const inventory = await loadInventory(file, never);
    const hostKey = inventory.machines[stock]?.ssh?.hostKey ?? '';
    if (labHost === undefined) throw new Error('the lab has no host of that name');
    host = await waitForHost({ machine: local, folder, host: labHost, hostKey, deadlineSeconds: 400, signal: never });
  };
  beforeAll(async () => {
    host = openMachine(await loadInventory(file, never), stock);
  });
  afterAll(() => host.close());
  const run = (program: string, ...args: string[]) => host.run({ program, args }, { timeoutSeconds: 30 });

  it('has an inventory for root alone that names both hosts, a client and how to switch power', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { machines, topology, network } = await loadInventory(file, never);
    expect({ topology, network }).toEqual({ topology: 'lab', network: labNetwork.testNetwork });
    expect(Object.entries(machines).map(([name, { role }]) => `${name} ${role}`)).toEqual([
      ...['stock host', 'tuned host', 'load client', 'controller controller'],
    ]);
    expect(parse((await local.readFile(file)) ?? '')).toHaveProperty('machines.tuned.power.cycle');
  });

  it('is up already for who brings it up again', async () => {
    const { code, stdout, stderr } = await tunegate('lab', 'up', '--yes', '--json');
    expect({ code, answer: JSON.parse(stdout) }).toEqual({ code: 0, answer: { inventory: file } });
    expect(stderr).toContain('The lab was up already.');
  });

  it('says that both hosts answer, and what runs on them', async () => {
    const { code, stdout } = await tunegate('lab', 'status', '--json');
    const { hosts } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(hosts.map(({ name, answers }: { name: string; answers: boolean }) => [name, answers])).toEqual([
      ['stock', true],
      ['tuned', true],
    ]);
    for (const { kernel } of hosts) expect(kernel).toMatch(/^6\.12\.\S+-amd64 #1 SMP/);
  });

  it.each(['stock', 'tuned'])('has %s idle in its profile', async (name) => {
    const { code, stdout, stderr } = await tunegate('profile', 'verify', name, '--machine', name, '--inventory', file);
    const others = stdout.split('\n').filter((line) => /mismatch|unprobed/.test(line));
    expect({ code, others, stderr }).toEqual({ code: 0, others: [], stderr: '' });
  });

  it('has hosts with what they are for: an SR-IOV capable NIC, an IOMMU, a watchdog that is fed', async () => {
    const read = async (path: string) => (await host.readFile(path))?.trim();
    expect(await read(`/sys/class/net/${testNic}/device/sriov_totalvfs`)).toBe('7');
    expect((await run('ls', '/sys/class/iommu', '/sys/firmware/acpi/tables')).stdout).toContain('DMAR');
    expect(await read('/sys/class/watchdog/watchdog0/identity')).toContain('6300ESB');
    expect(await read('/sys/class/watchdog/watchdog0/state')).toBe('active');
    expect((await run('sh', '-c', 'ls /boot')).stdout.match(/^vmlinuz-.*$/gm)).toHaveLength(2);
  });

  it('carries traffic from the client to the interface under test, and nothing when the cable is out', async () => {
    const { clientNamespace, clientDevice } = labNetwork;
    const client = (...args: string[]) =>
      local.run(inNamespace(clientNamespace, { program: 'ip', args }), { timeoutSeconds: 5 });
    const ping = { program: 'ping', args: ['-c', '1', '-W', '2', '198.18.0.200'] };
    const reach = async () =>
      (await local.run(inNamespace(clientNamespace, ping), { timeoutSeconds: 10, allowFailure: true })).exitCode === 0;
    await client('address', 'add', '198.18.0.201/24', 'dev', clientDevice);
    await run('ip', 'address', 'add', '198.18.0.200/24', 'dev', testNic);
    await run('ip', 'link', 'set', testNic, 'up');
    try {
      await expect.poll(reach, { timeout: 30_000 }).toBe(true);
      await setCable(place, 'test', 'out', never);
      await expect.poll(() => readCarrier(host), { timeout: 20_000 }).toBe('0');
      expect(await reach()).toBe(false);
    } finally {
      await setCable(place, 'test', 'in', never);
      await expect.poll(() => readCarrier(host), { timeout: 20_000 }).toBe('1');
      await run('ip', 'address', 'del', '198.18.0.200/24', 'dev', testNic);
      await run('ip', 'link', 'set', testNic, 'down');
      await client('address', 'del', '198.18.0.201/24', 'dev', clientDevice);
    }
  });

  it('loses what was not written when its power goes, keeps what was, and comes back by its power switch', async () => {
    const [kept, lost] = [`/root/${randomUUID()}`, `/root/${randomUUID()}`];
    const before = await readBootId(host);
    await run('sh', '-c', 'echo text >"$0" && sync "$0" && sync', kept);
    await run('sh', '-c', 'echo text >"$0"', lost);
    const { code } = await tunegate('lab', 'power', stock, 'off');
    expect(code).toBe(0);
    expect((await tunegate('lab', 'status')).code).toBe(1);
    expect((await tunegate('lab', 'power', stock, 'on')).code).toBe(0);
    await reconnect();
    expect(await readBootId(host)).not.toBe(before);
    expect(await host.readFile(kept)).toBe('text\n');
    // The file may be there by then, but nothing is in it.
    expect(await host.readFile(lost)).not.toBe('text\n');
    await run('rm', '-f', kept, lost);
  });

  it('starts again at its reset button, and its console tells of every boot', async () => {
    const before = await readBootId(host);
    await resetHost(place, never);
    await reconnect();
    expect(await readBootId(host)).not.toBe(before);
    const console = (await local.readFile(hostFiles(folder, stock).console)) ?? '';
    expect(console.match(/Booting `Debian GNU\/Linux/g)?.length ?? 0).toBeGreaterThan(1);
  });

  it.each([
    ['lab', 'power', 'other', 'on'],
    ['lab', 'power', 'stock', 'reset'],
    ['lab', 'upp'],
  ])('refuses tunegate %s %s %s', async (...args) => {
    expect((await tunegate(...args)).code).toBe(2);
  });
});

async function readCarrier(host: Machine): Promise<string> {
  return ((await host.readFile(`/sys/class/net/${testNic}/carrier`)) ?? '').trim();
}
