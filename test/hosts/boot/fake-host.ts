import { CommandError } from '../../../src/errors.ts';
import { parseGrubEnvironment, parseGrubMenu } from '../../../src/hosts/boot/grub-menu.ts';
import type { Command, Machine, Outcome } from '../../../src/machines/machine.ts';
import { idleMachine } from '../../machines/idle-machine.ts';
import { bootFolder, grubConfig, grubEnvironment } from './grub-texts.ts';

const readId = 'cat /proc/sys/kernel/random/boot_id';

/**
 * What becomes of a boot: it comes up, panics back into the default entry at once or once it
 * answers, or never answers until its power is cycled.
 */
export type Fate = 'up' | 'panic' | 'silent' | 'late panic';

export interface FakeHost {
  readonly machine: Machine;
  readonly controller: Machine;
  readonly files: Map<string, string>;
  /** Command lines that changed something, in order. */
  readonly done: string[];
  cmdline(): string;
}

/** A host whose GRUB does what its files say, and a controller that collects its console and switches its power. */
export function createFakeHost(
  fates: Fate[],
  options: { powerWorks?: boolean; oldBootAnswers?: number } = {},
): FakeHost {
  const files = new Map<string, string>([
    ['/boot/grub/grub.cfg', grubConfig],
    ['/boot/grub/grubenv', grubEnvironment({ saved_entry: 'gnulinux-simple-1c2d' })],
    ['/proc/cmdline', 'BOOT_IMAGE=/boot/vmlinuz-6.12.95+deb12-amd64 root=UUID=1c2d ro quiet'],
  ]);
  const done: string[] = [];
  let [boots, answers, lingering] = [1, true, 0];
  let doomed = false;
  let console = 'GRUB loading.\n';

  const setEnvironment = (name: string, value: string | null) => {
    const before = Object.fromEntries(parseGrubEnvironment(files.get('/boot/grub/grubenv') ?? ''));
    const { [name]: _, ...rest } = before;
    files.set('/boot/grub/grubenv', grubEnvironment(value === null ? rest : { ...rest, [name]: value }));
  };
  const boot = () => {
    const next = parseGrubEnvironment(files.get('/boot/grub/grubenv') ?? '').get('next_entry') ?? '';
    setEnvironment('next_entry', null);
    boots += 1;
    const entry = parseGrubMenu(files.get('/boot/grub/custom.cfg') ?? '').find(({ id }) => id === next);
    const line =
      entry?.body.find((each) => each.trim().startsWith('linux ')) ?? 'linux /boot/vmlinuz root=UUID=1c2d ro';
    const fate = fates.shift() ?? 'up';
    console += `\u001b[2J[    0.000000] Command line: ${line.trim()}\r\n`;
    if (fate === 'panic') {
      console += '[    5.577284] Kernel panic - not syncing: Attempted to kill init!\r\n';
      boot();
    } else {
      answers = fate !== 'silent';
      doomed = fate === 'late panic';
      files.set('/proc/cmdline', line.trim().split(/\s+/).slice(1).join(' '));
    }
  };

  const ok = (stdout = ''): Outcome => ({ exitCode: 0, signal: null, timedOut: false, stdout, stderr: '', seconds: 0 });
  const no = (): Outcome => ({ ...ok(), exitCode: 1 });
  const run = (command: Command): Outcome => {
    const line = [command.program, ...command.args].join(' ');
    if (lingering > 0 && line === readId) {
      lingering -= 1;
      const old = boots;
      if (lingering === 0) boot();
      return ok(`boot-${old}\n`);
    }
    if (!answers) {
      const failure = { ...command, machine: 'stock', exitCode: null, signal: null, timedOut: false, stdout: '' };
      throw new CommandError({ ...failure, stderr: 'No route to host', connectionLost: true });
    }
    if (line === readId) return ok(`boot-${boots}\n`);
    if (line === 'ls -1 /boot') return ok(bootFolder.join('\n'));
    if (line.startsWith('findmnt')) return ok('ext4 /dev/vda1\n');
    if (command.program === 'which') return ok();
    if (command.program === 'stat') return files.has(command.args.at(-1) ?? '') ? ok('600\n') : no();
    if (doomed && line.startsWith('systemctl is-system-running')) {
      boot();
      throw new Error('connection lost');
    }
    if (line.startsWith('systemctl is-system-running') || command.program === 'dmesg') return ok();
    done.push(line);
    if (command.program === 'grub-reboot') setEnvironment('next_entry', command.args[0] ?? '');
    if (command.program === 'grub-editenv') setEnvironment('next_entry', null);
    if (command.program === 'rm') files.delete(command.args.at(-1) ?? '');
    if (line === 'systemctl reboot') {
      lingering = options.oldBootAnswers ?? 0;
      if (lingering === 0) boot();
    }
    return ok();
  };
  const machine: Machine = {
    ...idleMachine,
    name: 'stock',
    run: async (command) => run(command),
    readFile: async (path) => files.get(path) ?? null,
    writeFile: async (path, text, { mode } = {}) => {
      done.push(`write ${path} ${mode?.toString(8)}`);
      files.set(path, text);
    },
  };
  const controller: Machine = {
    ...machine,
    name: 'controller',
    run: async ({ program, args }) => {
      if (program === 'stat') return ok(String(Buffer.byteLength(console)));
      if (program === 'tail')
        return ok(
          Buffer.from(console)
            .subarray(Number(args[1]?.slice(1)) - 1)
            .toString(),
        );
      done.push([program, ...args].join(' '));
      if (options.powerWorks !== false) boot();
      return ok();
    },
  };
  return { machine, controller, files, done, cmdline: () => files.get('/proc/cmdline') ?? '' };
}
