import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningGuest } from '../../src/guests/guest.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Command } from '../../src/machines/machine.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { createQemuRig, type QemuRig } from './qemu-rig.ts';

type Parameters = Profile['parameters'];

const machine = createLocalMachine();

/** Replaces a piece of QEMU's command line. */
const replace =
  (from: string | RegExp, to: string) =>
  ({ program, args }: Command): Command => ({ program, args: args.map((arg) => arg.replace(from, to)) });

const hugePages = async () =>
  (await machine.readFile('/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages'))?.trim();

describeWith(['root', 'namespaces', 'qemu'], 'proof of treatment of virtual machines', () => {
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let rig: QemuRig;

  beforeAll(async () => {
    before = await takeSnapshot();
    rig = await createQemuRig();
  });

  afterAll(async () => {
    await rig?.remove();
    expect(await takeSnapshot()).toEqual(before);
  });

  /** What the probes find wrong, as a run would say it. */
  const findWrong = async (guest: RunningGuest, parameters: Parameters) =>
    (await guest.probe(parameters, ['guest']))
      .filter(({ result }) => result === 'mismatch')
      .map(({ parameter, found }) => `${parameter}: ${found}`);

  it('names huge pages that the guest did not get, and gives those that it did get back', async () => {
    const number = await hugePages();
    const asked = { 'guest.qemu.memory.page-size': '2MiB' };
    await rig.withGuest(asked, async (guest) => {
      expect(Number(await hugePages())).toBeGreaterThanOrEqual(128);
      expect(await findWrong(guest, asked)).toEqual([]);
    });
    expect(await hugePages()).toBe(number);
    const change = replace(/,hugetlb=on,hugetlbsize=\d+/, '');
    await rig.withGuest(
      asked,
      async (guest) => {
        expect(await findWrong(guest, asked)).toEqual([
          'guest.qemu.memory.page-size: pages of 4KiB, HugetlbPages 0 bytes of 256MiB',
        ]);
      },
      { change },
    );
    expect(await hugePages()).toBe(number);
  });

  it('names pages of 4KiB where the memory is a file in an ordinary file system', async () => {
    const asked = {
      'guest.qemu.memory.backend': 'file',
      'guest.qemu.memory.path': '/var/tmp',
      'guest.qemu.memory.page-size': '2MiB',
    };
    await rig.withGuest(asked, async (guest) => {
      expect(await findWrong(guest, asked)).toEqual([
        'guest.qemu.memory.page-size: pages of 4KiB, HugetlbPages 0 bytes of 256MiB',
      ]);
    });
  });

  it('names memory that is not locked', async () => {
    const asked = { 'guest.qemu.memory.lock': 'on' };
    await rig.withGuest(
      asked,
      async (guest) => {
        expect(await findWrong(guest, asked)).toEqual([
          expect.stringMatching(/^guest\.qemu\.memory\.lock: off: VmLck 0 kB, /),
        ]);
      },
      { change: replace('mem-lock=on', 'mem-lock=off') },
    );
  });

  it('names virtual CPUs that were put on one CPU', async () => {
    const asked = { 'guest.qemu.vcpu.count': 2, 'guest.qemu.vcpu.pin': '0-1' };
    await rig.withGuest(asked, async (guest) => {
      expect(await findWrong(guest, asked)).toEqual([]);
      const threads = { program: 'sh', args: ['-c', 'grep -lx "CPU 1/.*" /proc/[0-9]*/task/*/comm | cut -d/ -f5'] };
      const [thread = ''] = (await machine.run(threads, { timeoutSeconds: 5 })).stdout.split('\n');
      const move = { program: 'taskset', args: ['--pid', '--cpu-list', '0', thread] };
      await machine.run(move, { timeoutSeconds: 5 });
      expect(await findWrong(guest, asked)).toEqual([
        expect.stringMatching(/^guest\.qemu\.vcpu\.pin: .*CPU 1\/\w+ may run on 0, ran on 0, all on CPU 0$/),
      ]);
    });
  });
});
