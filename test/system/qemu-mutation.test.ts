import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GuestHandle } from '../../src/guests/deployment.schema.ts';
import type { RunningGuest } from '../../src/guests/guest.ts';
import { openGuestChannel } from '../../src/guests/guest-channel.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { type Command, inNamespace } from '../../src/machines/machine.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { qemuIrqAffinity } from '../../src/profiles/parameters/qemu-irq.ts';
import type { ParameterValue, Profile } from '../../src/profiles/profile.schema.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { createQemuRig, type QemuRig } from './qemu-rig.ts';

type Parameters = Profile['parameters'];

const machine = createLocalMachine();
const { signal } = new AbortController();

const cpus: Parameters = { 'guest.qemu.vcpu.count': 2 };

/** What a guest is started with, and what its probes are then asked for one by one: that must not be found. */
const starts: Readonly<Record<string, { readonly started: Parameters; readonly asked: Parameters }>> = {
  'memory, machine and network': {
    started: {
      ...cpus,
      'guest.qemu.cpu.model': 'max',
      'guest.qemu.machine.hpet': false,
      'guest.qemu.machine.type': 'pc',
      'guest.qemu.memory.backend': 'memfd',
      'guest.qemu.memory.host-nodes': '0',
      'guest.qemu.memory.lock': 'on',
      'guest.qemu.memory.page-size': '2MiB',
      'guest.qemu.memory.policy': 'bind',
      'guest.qemu.memory.prealloc': true,
      'guest.qemu.memory.size': '192MiB',
      'guest.qemu.net.event-index': false,
      'guest.qemu.net.mergeable-buffers': false,
      'guest.qemu.net.offload.rx-checksum': false,
      'guest.qemu.net.offload.rx-segmentation': false,
      'guest.qemu.net.offload.tx-checksum': false,
      'guest.qemu.net.offload.tx-segmentation': false,
      'guest.qemu.net.packed': true,
      'guest.qemu.net.queues': 2,
      'guest.qemu.net.rx-queue-size': 512,
      'guest.qemu.net.vhost': false,
    },
    asked: {
      'guest.qemu.cpu.model': 'qemu64',
      'guest.qemu.machine.hpet': true,
      'guest.qemu.machine.type': 'q35',
      'guest.qemu.memory.backend': 'anonymous',
      'guest.qemu.memory.host-nodes': '1',
      'guest.qemu.memory.lock': 'off',
      'guest.qemu.memory.page-size': '4KiB',
      'guest.qemu.memory.policy': 'preferred',
      'guest.qemu.memory.prealloc': false,
      'guest.qemu.memory.size': '256MiB',
      'guest.qemu.net.event-index': true,
      'guest.qemu.net.mergeable-buffers': true,
      'guest.qemu.net.offload.rx-checksum': true,
      'guest.qemu.net.offload.rx-segmentation': true,
      'guest.qemu.net.offload.tx-checksum': true,
      'guest.qemu.net.offload.tx-segmentation': true,
      'guest.qemu.net.packed': false,
      'guest.qemu.net.queues': 1,
      'guest.qemu.net.rx-queue-size': 256,
      'guest.qemu.net.vhost': true,
      'guest.qemu.vcpu.count': 1,
    },
  },
  'a file as memory': {
    started: { 'guest.qemu.memory.backend': 'file', 'guest.qemu.memory.path': '/var/tmp' },
    asked: { 'guest.qemu.memory.path': '/dev/shm' },
  },
  'kernel and its command line': {
    started: {
      ...cpus,
      'guest.qemu.boot.clocksource': 'hpet',
      'guest.qemu.boot.haltpoll': false,
      'guest.qemu.boot.hugepages': '8x2MiB',
      'guest.qemu.boot.irqaffinity': '0',
      'guest.qemu.boot.isolcpus': '1',
      'guest.qemu.boot.mitigations': 'off',
      'guest.qemu.boot.nohz_full': '1',
      'guest.qemu.boot.preempt': 'full',
      'guest.qemu.boot.rcu_nocb_poll': true,
      'guest.qemu.boot.rcu_nocbs': '1',
      'guest.qemu.boot.transparent_hugepage': 'never',
      'guest.qemu.boot.tsc': 'unstable',
    },
    asked: {
      'guest.qemu.boot.clocksource': 'acpi_pm',
      'guest.qemu.boot.haltpoll': true,
      'guest.qemu.boot.hugepages': '4x2MiB',
      'guest.qemu.boot.idle': 'poll',
      'guest.qemu.boot.irqaffinity': '1',
      'guest.qemu.boot.isolcpus': '0',
      'guest.qemu.boot.mitigations': 'auto',
      'guest.qemu.boot.nohz_full': '0',
      'guest.qemu.boot.preempt': 'none',
      'guest.qemu.boot.rcu_nocb_poll': false,
      'guest.qemu.boot.rcu_nocbs': '0',
      'guest.qemu.boot.transparent_hugepage': 'always',
      'guest.qemu.boot.tsc': 'reliable',
      'guest.qemu.kernel': 'debian-6.1-rt',
    },
  },
};

const sysctlPrefix = 'guest.qemu.sysctl.';

/** Set inside a running guest; with the first two offloads off, everything that rests on them can be changed alone. */
const inside: Parameters = {
  ...cpus,
  'guest.qemu.irq.affinity': '0',
  'guest.qemu.offload.generic-receive': true,
  'guest.qemu.offload.generic-segmentation': false,
  'guest.qemu.offload.tcp-segmentation': false,
  [`${sysctlPrefix}kernel.sched_rt_runtime_us`]: 900_000,
  [`${sysctlPrefix}kernel.timer_migration`]: false,
  [`${sysctlPrefix}kernel.watchdog`]: false,
  [`${sysctlPrefix}net.core.busy_poll`]: 50,
  [`${sysctlPrefix}net.core.busy_read`]: 50,
  [`${sysctlPrefix}net.core.netdev_budget`]: 600,
  [`${sysctlPrefix}net.core.netdev_max_backlog`]: 2000,
  [`${sysctlPrefix}net.core.rmem_max`]: 1_048_576,
  [`${sysctlPrefix}net.core.somaxconn`]: 1234,
  [`${sysctlPrefix}net.core.wmem_max`]: 1_048_576,
  [`${sysctlPrefix}net.ipv4.tcp_autocorking`]: false,
  [`${sysctlPrefix}net.ipv4.tcp_congestion_control`]: 'reno',
  [`${sysctlPrefix}net.ipv4.tcp_fastopen`]: 3,
  [`${sysctlPrefix}net.ipv4.tcp_no_metrics_save`]: true,
  [`${sysctlPrefix}net.ipv4.tcp_notsent_lowat`]: 131_072,
  [`${sysctlPrefix}net.ipv4.tcp_rmem`]: '8192 65536 1048576',
  [`${sysctlPrefix}net.ipv4.tcp_slow_start_after_idle`]: false,
  [`${sysctlPrefix}net.ipv4.tcp_timestamps`]: false,
  [`${sysctlPrefix}net.ipv4.tcp_wmem`]: '8192 65536 1048576',
  [`${sysctlPrefix}net.ipv4.udp_rmem_min`]: 16_384,
  [`${sysctlPrefix}vm.stat_interval`]: 10,
};

interface Change {
  readonly parameter: string;
  readonly change: Command;
  /** Undoes it, so that the next one is alone. */
  readonly restore: Command;
}

const words = (line: string): Command => {
  const [program = '', ...args] = line.split(' ');
  return { program, args };
};

const affinity = (cpu: number) => ({
  program: 'sh',
  args: ['-c', `for queue in /proc/irq/*/virtio*put.*; do echo ${cpu} >"\${queue%/*}/smp_affinity_list"; done`],
});

/** As the product sets it. */
function setAffinity(cpus: string): Command {
  const [command] = qemuIrqAffinity.qemu?.guestCommands?.(cpus, { device: 'eth0' }) ?? [];
  if (command === undefined) throw new Error('nothing sets the affinity');
  return command;
}

function otherSysctl(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? '0' : '1';
  if (typeof value === 'number') return String(value - 1);
  return value === 'reno' ? 'cubic' : '8192 65536 2097152';
}

const insideChanges: readonly Change[] = [
  { parameter: 'guest.qemu.irq.affinity', change: affinity(1), restore: setAffinity('0') },
  ...[
    ['generic-receive', 'gro', 'off', 'on'],
    ['generic-segmentation', 'gso', 'on', 'off'],
    ['tcp-segmentation', 'tso', 'on', 'off'],
  ].map(([name, option, changed, restored]) => ({
    parameter: `guest.qemu.offload.${name}`,
    change: words(`ethtool -K eth0 ${option} ${changed}`),
    restore: words(`ethtool -K eth0 ${option} ${restored}`),
  })),
  ...Object.entries(inside)
    .filter(([parameter]) => parameter.startsWith(sysctlPrefix))
    .map(([parameter, value]) => {
      const set = (text: string) => ({
        program: 'sysctl',
        args: ['-w', `${parameter.slice(sysctlPrefix.length)}=${text}`],
      });
      const asked = typeof value === 'boolean' ? String(Number(value)) : String(value);
      return { parameter, change: set(otherSysctl(value)), restore: set(asked) };
    }),
];

const outside: Parameters = {
  ...cpus,
  'guest.qemu.emulator.pin': '0',
  // Above the virtual CPUs: threads of one priority do not take turns, and the monitor must answer while a guest works.
  'guest.qemu.emulator.priority': 3,
  'guest.qemu.tap.offload.generic-receive': true,
  'guest.qemu.tap.offload.generic-segmentation': false,
  'guest.qemu.tap.offload.scatter-gather': true,
  'guest.qemu.tap.offload.tcp-segmentation': false,
  'guest.qemu.tap.offload.tx-checksumming': true,
  'guest.qemu.tap.txqueuelen': 500,
  'guest.qemu.vcpu.pin': '0-1',
  'guest.qemu.vcpu.priority': 1,
};

/** PID is QEMU's process, VCPU the thread of the second virtual CPU. */
const outsideChanges = [
  ['emulator.pin', 'taskset --pid --cpu-list 1 PID', 'taskset --pid --cpu-list 0 PID'],
  ['emulator.priority', 'chrt --fifo --pid 4 PID', 'chrt --fifo --pid 3 PID'],
  ['tap.offload.generic-receive', 'ethtool -K tgt0 gro off', 'ethtool -K tgt0 gro on'],
  ['tap.offload.generic-segmentation', 'ethtool -K tgt0 gso on', 'ethtool -K tgt0 gso off'],
  ['tap.offload.scatter-gather', 'ethtool -K tgt0 sg off', 'ethtool -K tgt0 sg on'],
  ['tap.offload.tcp-segmentation', 'ethtool -K tgt0 tso on', 'ethtool -K tgt0 tso off'],
  ['tap.offload.tx-checksumming', 'ethtool -K tgt0 tx off', 'ethtool -K tgt0 tx on'],
  ['tap.txqueuelen', 'ip link set dev tgt0 txqueuelen 501', 'ip link set dev tgt0 txqueuelen 500'],
  ['vcpu.pin', 'taskset --pid --cpu-list 0 VCPU', 'taskset --pid --cpu-list 1 VCPU'],
  ['vcpu.priority', 'chrt --fifo --pid 2 VCPU', 'chrt --fifo --pid 1 VCPU'],
] as const;

/** Why the other parameters cannot be changed behind our back here. */
const unchangeable: Readonly<Record<string, string>> = {
  'guest.qemu.pit.lost-tick-policy': 'guests here run under TCG, which has no kvm-pit',
  'guest.qemu.vhost.pin': 'this machine has no /dev/vhost-net, so there is no worker to move',
};

function requireHandle({ handle }: RunningGuest): GuestHandle & { kind: 'qemu' } {
  if (handle?.kind !== 'qemu') throw new Error('no virtual machine');
  return handle;
}

async function findSecondCpu(pid: number): Promise<string> {
  for (const id of await readdir(`/proc/${pid}/task`)) {
    if ((await readFile(`/proc/${pid}/task/${id}/comm`, 'utf8')).startsWith('CPU 1/')) return id;
  }
  throw new Error('the guest has no second virtual CPU');
}

describeWith(['root', 'namespaces', 'qemu'], 'virtual machines that are not as they were asked for', () => {
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let rig: QemuRig;

  beforeAll(async () => {
    before = await takeSnapshot();
    rig = await createQemuRig();
  }, 60_000);

  afterAll(async () => {
    await rig?.remove();
    expect(await takeSnapshot()).toEqual(before);
  }, 60_000);

  const findWrong = async (guest: RunningGuest, parameters: Parameters) =>
    (await guest.probe(parameters, ['guest']))
      .filter(({ result }) => result !== 'verified')
      .map(({ parameter, found }) => ({ parameter, found }));

  const makeChanges = async (
    guest: RunningGuest,
    parameters: Parameters,
    changes: readonly Change[],
    run: (command: Command) => Promise<void>,
  ) => {
    expect(await findWrong(guest, parameters)).toEqual([]);
    for (const { parameter, change, restore } of changes) {
      await run(change);
      expect(await findWrong(guest, parameters), parameter).toEqual([{ parameter, found: expect.any(String) }]);
      await run(restore);
    }
    expect(await findWrong(guest, parameters)).toEqual([]);
  };

  it('covers every parameter of virtual machines, or says why not', () => {
    const covered = [
      ...Object.values(starts).flatMap(({ asked }) => Object.keys(asked)),
      ...insideChanges.map(({ parameter }) => parameter),
      ...outsideChanges.map(([name]) => `guest.qemu.${name}`),
    ];
    expect([...covered, ...Object.keys(unchangeable)].sort()).toEqual(
      [...catalogue.values()]
        .filter(({ qemu }) => qemu !== undefined)
        .map(({ name }) => name)
        .sort(),
    );
    for (const [name, reason] of Object.entries(unchangeable))
      process.stdout.write(`not changed behind our back: ${name}, ${reason}\n`);
  });

  it.each(Object.entries(starts))(
    '%s: each setting that a guest was started without is named by its probe and by no other',
    async (_, { started, asked }) => {
      await rig.withGuest(started, async (guest) => {
        expect(await findWrong(guest, started)).toEqual([]);
        for (const [parameter, value] of Object.entries(asked)) {
          const wrong = await findWrong(guest, { ...started, [parameter]: value });
          expect(wrong, parameter).toEqual([{ parameter, found: expect.any(String) }]);
        }
      });
    },
    90_000,
  );

  it('each setting changed inside a running guest is named by its probe and by no other', async () => {
    await rig.withGuest(inside, async (guest) => {
      const { channel: socket } = requireHandle(guest);
      await makeChanges(guest, inside, insideChanges, async (command) => {
        const channel = await openGuestChannel(machine, socket, signal);
        try {
          expect(await channel.run(command, { timeoutSeconds: 10 })).toMatchObject({ exitCode: 0 });
        } finally {
          channel.close();
        }
      });
    });
  }, 120_000);

  it('each setting changed on the host of a running guest is named by its probe and by no other', async () => {
    await rig.withGuest(outside, async (guest) => {
      const { pid, namespace } = requireHandle(guest);
      const vcpu = await findSecondCpu(pid);
      const fill = (line: string) => words(line.replace('PID', String(pid)).replace('VCPU', vcpu));
      const changes = outsideChanges.map(([name, change, restore]) => ({
        parameter: `guest.qemu.${name}`,
        change: fill(change),
        restore: fill(restore),
      }));
      await makeChanges(guest, outside, changes, async (command) => {
        await machine.run(inNamespace(namespace, command), { timeoutSeconds: 10 });
      });
    });
  }, 90_000);
});
