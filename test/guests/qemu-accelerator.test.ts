import { describe, expect, it } from 'vitest';
import { type AcceleratorQuestion, decideAccelerator } from '../../src/guests/qemu-accelerator.ts';
import type { Machine, Outcome } from '../../src/machines/machine.ts';
import { mergeSettings } from '../../src/profiles/virtual-machine-settings.ts';

const file = '/cache/accelerator.json';
const bootIdFile = '/proc/sys/kernel/random/boot_id';

/** A machine without /dev/kvm, on which nothing can be started. */
class FakeMachine implements Machine {
  readonly name = 'fake';
  readonly files = new Map([[bootIdFile, 'boot-1\n']]);
  readonly asked: string[] = [];

  async run({ program, args }: { program: string; args: readonly string[] }): Promise<Outcome> {
    this.asked.push([program, ...args].join(' '));
    return { exitCode: 1, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };
  }

  async start(): Promise<never> {
    throw new Error('must not start anything');
  }

  async readFile(path: string): Promise<string | null> {
    return this.files.get(path) ?? null;
  }

  async connect(): Promise<never> {
    throw new Error('nothing is connected to here');
  }

  async writeFile(path: string, text: string): Promise<void> {
    this.files.set(path, text);
  }
}

function ask(machine: Machine, qemu = '7.2.22') {
  const guest: AcceleratorQuestion['guest'] = {
    name: 'probe',
    settings: mergeSettings([]),
    firmware: null,
    kernel: '/vmlinux',
    initramfs: '/cpio',
    kernelArguments: [],
    logFile: '/log',
    monitor: '/qmp',
    secondMonitor: null,
    channel: null,
  };
  const { signal } = new AbortController();
  return decideAccelerator({ machine, cacheFolder: '/cache', qemu, guest, note: async () => {}, signal });
}

const remembered = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    schema: 'tunegate.accelerator/1',
    bootId: 'boot-1',
    qemu: '7.2.22',
    accelerator: 'kvm',
    reason: 'a probe guest under KVM booted in 0.9 s',
    ...changes,
  });

describe('decideAccelerator', () => {
  it('takes TCG where there is no KVM, and remembers it', async () => {
    const machine = new FakeMachine();
    expect(await ask(machine)).toEqual({ accelerator: 'tcg', reason: 'the machine has no /dev/kvm' });
    expect(await ask(machine)).toEqual({ accelerator: 'tcg', reason: 'the machine has no /dev/kvm' });
    expect(machine.asked).toEqual(['test -c /dev/kvm']);
  });

  it('believes what was found out in this boot with this QEMU', async () => {
    const machine = new FakeMachine();
    machine.files.set(file, remembered());
    expect(await ask(machine)).toEqual({ accelerator: 'kvm', reason: 'a probe guest under KVM booted in 0.9 s' });
    expect(machine.asked).toEqual([]);
  });

  it.each([
    ['another boot', remembered({ bootId: 'boot-0' })],
    ['another QEMU', remembered({ qemu: '10.0.2' })],
    ['an unknown accelerator', remembered({ accelerator: 'hvf' })],
    ['a half-written file', '{"schema":'],
  ])('finds out anew after %s', async (_, text) => {
    const machine = new FakeMachine();
    machine.files.set(file, text);
    expect((await ask(machine)).accelerator).toBe('tcg');
    expect(JSON.parse(machine.files.get(file) ?? '')).toMatchObject({ bootId: 'boot-1', accelerator: 'tcg' });
  });
});
