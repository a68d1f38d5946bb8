import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import type { GuestKindDriver, GuestRequest } from '../../src/guests/guest.ts';
import { createQemuDriver, type QemuGuestOptions } from '../../src/guests/qemu.ts';
import { prepareQemu } from '../../src/guests/qemu-preparation.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import { checkRoute } from '../../src/networks/route.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { UndoStack } from '../../src/undo.ts';
import type { TestName } from '../../src/vocabulary.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const machine = createLocalMachine();
const { signal } = new AbortController();

/** No parameter of the guest layer reaches this kind. */
const profile: Profile = { name: 'test', description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) };

async function listInHost(...args: string[]): Promise<string> {
  return (await machine.run({ program: 'ip', args: ['-n', 'tghost', ...args] }, { timeoutSeconds: 5 })).stdout;
}

async function findQemu(): Promise<string[]> {
  const find = { program: 'pgrep', args: ['-f', '^qemu-system-x86_64 -name tunegate-'] };
  return (await machine.run(find, { timeoutSeconds: 5, allowFailure: true })).stdout.split('\n').filter(Boolean);
}

describeWith(['root', 'namespaces', 'qemu', 'netperf', 'iperf3', 'ping'], 'virtual machines on the bridge', () => {
  let folder: string;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let prepared: PreparedMachine;
  let options: QemuGuestOptions;
  const steps: string[] = [];
  const undo = new UndoStack();

  beforeAll(async () => {
    before = await takeSnapshot();
    folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    prepared = await prepareMachine({
      machine,
      folders: machineFolders,
      run: 'system-test',
      guests: ['qemu'],
      logFolder: folder,
      pid: process.pid,
      watch: (event) => {
        if (event.kind === 'step') steps.push(event.text);
      },
      signal,
      now: () => new Date(),
    });
    const nothing = async () => {};
    const state = { noteProcess: nothing, noteSetting: nothing, forgetSetting: nothing };
    const place = { machine, client: machine, topology: embeddedTopology, folders: machineFolders, run: 'system-test' };
    ({ options } = await prepareQemu({ ...place, logFolder: folder, state, undo, signal }));
  });

  afterAll(async () => {
    await undo.runAll();
    await prepared?.restore();
    await rm(folder, { recursive: true });
    expect(await takeSnapshot()).toEqual(before);
    expect(await findQemu()).toEqual([]);
  });

  const launch = (driver: GuestKindDriver | undefined, more: Partial<GuestRequest> = {}) => {
    if (driver === undefined) throw new Error('no driver for qemu');
    const logFile = join(folder, 'qemu.log');
    return driver.launch({
      ...{ id: 'd001', attachment: 'bridge', profile, layers: ['guest'], logFile, deadlineSeconds: 30, signal },
      ...more,
    });
  };

  /** Nothing of a guest is left on the host under test. */
  const expectNothing = async () => {
    expect(await findQemu()).toEqual([]);
    expect(await listInHost('link', 'show')).not.toContain('tgt0');
    expect((await machine.run({ program: 'ls', args: [options.socketFolder] }, { timeoutSeconds: 5 })).stdout).toBe('');
  };

  it('says under what virtual machines run, and why', () => {
    expect(steps.at(-1)).toMatch(/^virtual machines run under (KVM: a probe guest|TCG: ).+/);
    expect(prepared.versions).toMatchObject({
      qemu: expect.stringMatching(/^\d+\.\d+/),
      'guest-kernel': expect.stringMatching(/^linux-image-/),
      'guest-initramfs': expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('has the wire to itself over physical, and gives it back as it was, also when it is killed', async () => {
    const readWireOfHost = async () =>
      (await listInHost('-o', '-d', 'link', 'show', 'dev', 'tgw0')).replace(/state \S+|,LOWER_UP|NO-CARRIER,/g, '');
    const wireBefore = await readWireOfHost();
    for (const ending of ['stop', 'kill'] as const) {
      const guest = await launch(prepared.drivers.get('qemu'), { attachment: 'physical' });
      try {
        await checkRoute(machine, prepared.topology, guest.address);
        expect(await listInHost('-d', 'link', 'show', 'dev', 'tgmt0')).toContain('macvtap mode passthru');
        expect(await listInHost('link', 'show', 'dev', 'tgw0')).not.toContain('master');
        expect(await guest.collectFacts()).toMatchObject({ 'mtu.guest': 1500, 'mtu.tap': 1500 });
        const target = { address: guest.address, seconds: 1, ping: { count: 3, intervalSeconds: 0.1 } };
        const command = benchmarks.tcp_rr.buildCommand({ ...target, iperfUdpBitsPerSecond: 1_000_000 });
        const output = await machine.run(inNamespace('tgclient', command), { timeoutSeconds: 20 });
        expect(benchmarks.tcp_rr.parse(output).metrics.latency).toMatchObject({ unit: 's' });
        if (ending === 'kill') {
          await machine.run({ program: 'kill', args: ['-KILL', ...(await findQemu())] }, { timeoutSeconds: 5 });
        }
      } finally {
        await guest.stop();
      }
      await expectNothing();
      expect(await listInHost('link', 'show')).not.toContain('tgmt0');
      expect(await readWireOfHost()).toBe(wireBefore);
    }
  });

  it('is reached by the planned device, measured by every tool, removed, and started again', async () => {
    for (const tests of [['tcp_rr', 'iperf_tcp', 'ping'], ['udp_rr']] satisfies TestName[][]) {
      const guest = await launch(prepared.drivers.get('qemu'));
      try {
        await checkRoute(machine, prepared.topology, guest.address);
        expect(guest.accelerator).toBe(options.accelerator);
        expect(guest.readySeconds).toBeGreaterThan(0);
        expect(await guest.collectFacts()).toMatchObject({
          'kernel.release': expect.stringMatching(/^\d+\.\d+\./),
          'kernel.cmdline': expect.stringContaining(`tg.ip=${guest.address}/24`),
          'mtu.guest': 1500,
          'mtu.tap': 1500,
          'offload.guest.tcp-segmentation-offload': 'on',
          'offload.tap.generic-receive-offload': 'on',
          'qemu.cpus': 1,
        });
        expect(await guest.probe({}, ['guest'])).toEqual([]);
        expect(await listInHost('link', 'show', 'dev', 'tgt0')).toMatch(
          /master tgbr0[\s\S]*alias tunegate\/system-test/,
        );
        const target = { address: guest.address, seconds: 1, ping: { count: 3, intervalSeconds: 0.1 } };
        for (const test of tests) {
          const command = benchmarks[test].buildCommand({ ...target, iperfUdpBitsPerSecond: 1_000_000 });
          const output = await machine.run(inNamespace('tgclient', command), { timeoutSeconds: 20 });
          const { metrics } = benchmarks[test].parse(output);
          expect(Object.values(metrics)[0], test).toMatchObject({ value: expect.any(Number) });
        }
      } finally {
        await guest.stop();
        await guest.stop();
      }
      await expectNothing();
    }
  });

  it('that was killed is stopped like any other, and the next one starts', async () => {
    const guest = await launch(prepared.drivers.get('qemu'));
    const [pid] = await findQemu();
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(findQemu, { timeout: 5000 }).toEqual([]);
    await guest.stop();
    await expectNothing();
    await (await launch(prepared.drivers.get('qemu'))).stop();
    await expectNothing();
  });

  it.each([
    [
      'whose kernel panics',
      ['rdinit=/missing'],
      /^"Kernel panic - not syncing: VFS: Unable to mount root .*": the guest ended before it was ready; its last lines: .+/,
    ],
    [
      'whose network is missing',
      ['tg.ip=198.18.0.33/24'],
      /the guest was not ready after 15 s .*; its last lines: .*tunegate-booted/,
    ],
  ])('%s is a failed start that quotes the console', async (_, kernelArguments, message) => {
    const driver = createQemuDriver({ ...options, kernelArguments });
    // Long enough for an emulated guest to boot on a slow machine: what it says then is what is looked at.
    await expect(launch(driver, { logFile: join(folder, 'failed.log'), deadlineSeconds: 15 })).rejects.toThrow(message);
    await expectNothing();
    await rm(join(folder, 'failed.log'));
  });

  it('that QEMU refuses is a failed start that says why', async () => {
    const driver = createQemuDriver({ ...options, boot: { ...options.boot, kernel: '/nowhere/vmlinux' } });
    await expect(launch(driver, { logFile: join(folder, 'refused.log') })).rejects.toThrow(
      /^QEMU (ended before its monitor answered|closed its monitor); its last lines: .*\/nowhere\/vmlinux/,
    );
    await expectNothing();
  });

  it('remembers what it found out about KVM for this boot', async () => {
    const kept = JSON.parse(await readFile(`${machineFolders.cache}/accelerator.json`, 'utf8'));
    expect(kept).toMatchObject({ accelerator: options.accelerator, qemu: prepared.versions.qemu });
    expect(steps.at(-1)).toContain(kept.reason);
  });

  it('refuses an attachment that it does not have', async () => {
    await expect(launch(prepared.drivers.get('qemu'), { attachment: 'vf' })).rejects.toThrow(
      'guest kind qemu cannot be attached by vf; accepted are bridge, physical and user',
    );
  });
});
