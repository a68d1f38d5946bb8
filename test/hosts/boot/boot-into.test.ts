import { describe, expect, it } from 'vitest';
import { type BootableHost, bootInto } from '../../../src/hosts/boot/boot-into.ts';
import { parseGrubEnvironment } from '../../../src/hosts/boot/grub-menu.ts';
import { createFakeHost, type FakeHost, type Fate } from './fake-host.ts';

const power = { on: ['power', 'on'], off: ['power', 'off'], cycle: ['power', 'cycle'] };
const request = {
  kernel: 'debian-6.12-rt',
  words: ['isolcpus=managed_irq,domain,1', 'hugepagesz=2M', 'hugepages=192'],
};
const options = { deadlineSeconds: 0.5 };

function hostOf(fake: FakeHost, more: Partial<BootableHost> = {}): BootableHost {
  return { machine: fake.machine, controller: fake.controller, power, console: '/var/log/stock.console', ...more };
}

/** Nothing of ours is left in GRUB's files, and the default is what it was. */
function expectTidy({ files }: FakeHost, custom?: string) {
  expect(files.get('/boot/grub/custom.cfg')).toBe(custom);
  const environment = parseGrubEnvironment(files.get('/boot/grub/grubenv') ?? '');
  expect([...environment]).toEqual([['saved_entry', 'gnulinux-simple-1c2d']]);
}

describe('bootInto', () => {
  it('boots once into an entry with the kernel and the words, and leaves nothing in the menu', async () => {
    const fake = createFakeHost(['up'], { oldBootAnswers: 3 });
    fake.files.set('/boot/grub/custom.cfg', "menuentry 'mine' {\n}");
    const outcome = await bootInto(hostOf(fake), request, { ...options, deadlineSeconds: 10 });
    expect(outcome).toMatchObject({ bootId: 'boot-2', entry: 'asked' });
    expect(fake.cmdline()).toMatch(
      /^\/boot\/vmlinuz-6\.12\.95\+deb12-rt-amd64 root=UUID=1c2d ro console=ttyS0,115200 quiet isolcpus=managed_irq,domain,1 hugepagesz=2M hugepages=192 panic=10 tunegate\.boot=[0-9a-f]{12}$/,
    );
    expect(outcome.log).toMatch(/^\[ {4}0\.000000\] Command line: linux \/boot\/vmlinuz-6\.12/);
    expectTidy(fake, "menuentry 'mine' {\n}\n");
    expect(fake.done.filter((line) => line.startsWith('write'))).toEqual([
      'write /boot/grub/custom.cfg 600',
      'write /boot/grub/custom.cfg 600',
    ]);
    expect(fake.done).not.toContain('power cycle');
  });

  it('says that the default entry came up when the one that was asked for has panicked', async () => {
    const fake = createFakeHost(['panic', 'up']);
    const outcome = await bootInto(hostOf(fake), request, options);
    expect(outcome).toMatchObject({ bootId: 'boot-3', entry: 'default' });
    expect(outcome.log).toContain('Kernel panic - not syncing: Attempted to kill init!');
    expectTidy(fake);
  });

  it('is not taken in by an entry that panics once it answers', async () => {
    const fake = createFakeHost(['late panic', 'up']);
    expect(await bootInto(hostOf(fake), request, options)).toMatchObject({ bootId: 'boot-3', entry: 'default' });
    expectTidy(fake);
  });

  it('cycles the power of a host that stays silent, once the deadline has passed', async () => {
    const fake = createFakeHost(['silent', 'up']);
    const said: string[] = [];
    const outcome = await bootInto(hostOf(fake), request, { ...options, say: (sentence) => said.push(sentence) });
    expect(outcome).toMatchObject({ entry: 'default' });
    expect(fake.done.filter((line) => line.startsWith('power'))).toEqual(['power cycle']);
    expect(said).toContain('stock did not answer for 0.5 s, its power is cycled');
    expectTidy(fake);
  });

  it('cycles the power once more when the default entry does not come up at first', async () => {
    const fake = createFakeHost(['silent', 'silent', 'up']);
    expect(await bootInto(hostOf(fake), request, options)).toMatchObject({ bootId: 'boot-4', entry: 'default' });
    expect(fake.done.filter((line) => line.startsWith('power'))).toEqual(['power cycle', 'power cycle']);
    expectTidy(fake);
  });

  it.each<[string, Partial<BootableHost>, boolean, RegExp]>([
    ['without power commands', { power: null }, true, /the inventory names no commands for its power/],
    [
      'when cycling does not help',
      {},
      false,
      /cycled its power, waited 0.5 s again \(.*No route to host\), cycled its power, waited 0.5 s again/,
    ],
    ['without a console', { console: null }, false, /nothing of its console is known/],
  ])('names the machine, what was tried and the console %s', async (_, more, powerWorks, expected) => {
    const fake = createFakeHost(['silent', 'silent'], { powerWorks });
    const boot = bootInto(hostOf(fake, more), request, options);
    await expect(boot).rejects.toThrow(/^stock does not come up: waited 0.5 s for it/);
    await expect(boot).rejects.toThrow(expected);
    if (more.console === undefined) await expect(boot).rejects.toThrow(/its console ends with: .*Command line/);
  });

  it('refuses a kernel that is not installed, with the names that are, and changes nothing', async () => {
    const fake = createFakeHost([]);
    await expect(bootInto(hostOf(fake), { kernel: 'debian-6.1', words: [] }, options)).rejects.toThrow(
      'host-boot.kernel is debian-6.1, but stock has no such kernel in /boot, accepted is one of 6.12.95+deb12-amd64, 6.12.95+deb12-rt-amd64',
    );
    expect(fake.done).toEqual([]);
  });

  it('refuses a word that would break out of the line, and changes nothing', async () => {
    for (const word of ['a b', 'a"', "a'", 'a$x', 'a;reboot', 'a\nb', 'a{', 'a\\']) {
      const fake = createFakeHost([]);
      await expect(bootInto(hostOf(fake), { kernel: null, words: [word] }, options)).rejects.toThrow('cannot stand in');
      expect(fake.done).toEqual([]);
    }
  });

  it('takes the question back when the host could not be rebooted', async () => {
    const fake = createFakeHost([]);
    const { run } = fake.machine;
    const broken: FakeHost['machine'] = {
      ...fake.machine,
      run: async (command, runOptions) => {
        if (command.program === 'sync' && !fake.done.includes('sync')) {
          fake.done.push('sync');
          throw new Error('disk full');
        }
        return run(command, runOptions);
      },
    };
    await expect(bootInto({ ...hostOf(fake), machine: broken }, request, options)).rejects.toThrow('disk full');
    expect(fake.done).not.toContain('systemctl reboot');
    expectTidy(fake);
  });

  it('ends at once when it is interrupted while it waits', async () => {
    const fake = createFakeHost(['silent']);
    const { signal, abort } = withAbort();
    setTimeout(abort, 300);
    await expect(bootInto(hostOf(fake), request, { deadlineSeconds: 60, signal })).rejects.toThrow('enough');
  });
});

function withAbort() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) };
}

describe("bootInto 'default'", () => {
  it('does nothing where the host is there, but takes back what was asked for', async () => {
    const fake = createFakeHost([]);
    fake.files.set('/boot/grub/grubenv', '# GRUB\nsaved_entry=gnulinux-simple-1c2d\nnext_entry=tunegate-x\n###');
    expect(await bootInto(hostOf(fake), 'default', options)).toEqual({
      ...{ bootId: 'boot-1', entry: 'default', seconds: 0, log: null },
    });
    expect(fake.done).not.toContain('systemctl reboot');
    expectTidy(fake);
  });

  it('reboots a host that is in an entry of a run', async () => {
    const fake = createFakeHost(['up', 'up']);
    await bootInto(hostOf(fake), request, options);
    const outcome = await bootInto(hostOf(fake), 'default', options);
    expect(outcome).toMatchObject({ bootId: 'boot-3', entry: 'default' });
    expect(fake.cmdline()).not.toContain('tunegate');
    expectTidy(fake);
  });

  it('cycles the power of a host that an interrupted run has left without an answer', async () => {
    const fates: Fate[] = ['silent', 'up'];
    const fake = createFakeHost(fates);
    const { signal, abort } = withAbort();
    setTimeout(abort, 300);
    await bootInto(hostOf(fake), request, { deadlineSeconds: 60, signal }).catch(() => undefined);
    expect(await bootInto(hostOf(fake), 'default', options)).toMatchObject({ entry: 'default' });
    expect(fake.done).toContain('power cycle');
    expectTidy(fake);
  });
});
