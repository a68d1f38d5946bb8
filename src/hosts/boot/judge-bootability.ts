import { ConfigurationError, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type DefaultBoot, findDefaultBoot, type GrubState, readGrubState } from './boot-files.ts';
import { readLinuxEntry } from './build-entry.ts';
import { listInstalledKernels } from './installed-kernels.ts';
import type { Power } from './power.ts';

/** One line of the checklist for a host that is to be booted into profiles. */
export interface BootFinding {
  readonly what: string;
  /** missing: no boot is tried without it. weak: boots work, but a bad one may need a person. */
  readonly state: 'fine' | 'weak' | 'missing';
  readonly found: string;
  /** What would be accepted; null when it is fine. */
  readonly remedy: string | null;
}

/** What the inventory says of the host. */
export interface BootHelp {
  readonly power: Power | null;
  readonly console: string | null;
}

/** Whether a host can be booted once into an entry and comes back by itself; changes nothing. Needs root there. */
export async function judgeBootability(
  machine: Machine,
  help: BootHelp,
  signal?: AbortSignal,
): Promise<readonly BootFinding[]> {
  const state = await readGrubState(machine).catch((thrown: unknown) => {
    if (thrown instanceof ConfigurationError) return thrown;
    throw thrown;
  });
  if (state instanceof ConfigurationError) return [missing('grub', state.message, 'a host that boots by GRUB')];
  return [
    ...(await judgeGrub(machine, state, signal)),
    ...judgeDefault(state, machine.name),
    await judgeKernels(machine, signal),
    await judgeWatchdog(machine),
    ...judgeHelp(help),
  ];
}

async function judgeGrub(machine: Machine, { menu }: GrubState, signal?: AbortSignal): Promise<BootFinding[]> {
  const tools = ['grub-reboot', 'grub-editenv', 'systemctl'];
  const absent: string[] = [];
  for (const tool of tools) {
    const find = { program: 'which', args: [tool] };
    const { exitCode } = await machine.run(find, { timeoutSeconds: 10, allowFailure: true, signal });
    if (exitCode !== 0) absent.push(tool);
  }
  const handles = /^[^#\n]*set default="?\$\{next_entry\}/m.test(menu) && /^[^#\n]*save_env next_entry/m.test(menu);
  const sources = /^[^#\n]*source\s+\S*\/custom\.cfg/m.test(menu);
  return [
    absent.length === 0
      ? fine('grub', 'grub-reboot and grub-editenv are there')
      : missing('grub', `no ${absent.join(', ')}`, 'Debian with systemd and the package grub2-common'),
    handles
      ? fine('one-shot boots', 'grub.cfg boots next_entry once')
      : missing('one-shot boots', 'grub.cfg does not look at next_entry', 'a grub.cfg written by update-grub'),
    sources
      ? fine('custom.cfg', 'grub.cfg reads it')
      : missing('custom.cfg', 'grub.cfg does not read it', 'the script /etc/grub.d/41_custom, and update-grub'),
    await judgeEnvironment(machine, signal),
  ];
}

/** GRUB itself must take the entry back: it writes in place, which it can only on a plain file system and disk. */
async function judgeEnvironment(machine: Machine, signal?: AbortSignal): Promise<BootFinding> {
  const find = { program: 'findmnt', args: ['-n', '-o', 'FSTYPE,SOURCE', '-T', '/boot/grub'] };
  const { stdout } = await machine.run(find, { timeoutSeconds: 10, allowFailure: true, signal });
  const [type = 'unknown', source = 'unknown'] = stdout.trim().split(/\s+/);
  const found = `/boot/grub is ${type} on ${source}`;
  const plain = /^(ext[234]|xfs|vfat|msdos)$/.test(type) && /^\/dev\/(?!mapper\/|md|dm-)/.test(source);
  return plain
    ? fine('grubenv', found)
    : missing('grubenv', `${found}, where GRUB cannot write`, 'ext4, xfs or vfat on a partition, not on LVM or RAID');
}

function judgeDefault(state: GrubState, name: string): BootFinding[] {
  let boot: DefaultBoot;
  try {
    boot = findDefaultBoot(state, name);
  } catch (thrown) {
    return [missing('default entry', messageOf(thrown), 'an entry of the menu')];
  }
  const linux = readLinuxEntry(boot.entry);
  if (linux === null) return [missing('default entry', `"${boot.entry.title}" boots no Linux`, 'one that does')];
  const root = linux.words.find(({ value }) => value.startsWith('root='))?.value ?? 'no root=';
  const byName = /^root=(UUID|PARTUUID|LABEL|PARTLABEL)=/.test(root);
  return [
    fine('default entry', `${boot.choice}: ${boot.entry.title}`),
    byName
      ? fine('root file system', root)
      : weak('root file system', root, 'root=UUID=, which means the same disk to every kernel'),
  ];
}

async function judgeKernels(machine: Machine, signal?: AbortSignal): Promise<BootFinding> {
  const kernels = await listInstalledKernels(machine, signal);
  return kernels.length === 0
    ? missing('kernels', 'none in /boot with an initial RAM disk', 'a kernel as a package of the distribution')
    : fine('kernels', kernels.join(', '));
}

async function judgeWatchdog(machine: Machine): Promise<BootFinding> {
  const identity = (await machine.readFile('/sys/class/watchdog/watchdog0/identity'))?.trim() ?? null;
  if (identity !== null && identity !== 'Software Watchdog') return fine('watchdog', identity);
  return weak('watchdog', identity ?? 'none', 'a hardware watchdog and its driver, else a hang waits for the deadline');
}

function judgeHelp({ power, console }: BootHelp): BootFinding[] {
  return [
    power === null
      ? weak('power', 'not in the inventory', 'power: {on, off, cycle}, else a person is asked when the host hangs')
      : fine('power', power.cycle.join(' ')),
    console === null
      ? weak('console', 'not in the inventory', 'console: a file that collects it, else a failed boot is not explained')
      : fine('console', console),
  ];
}

const fine = (what: string, found: string): BootFinding => ({ what, state: 'fine', found, remedy: null });
const weak = (what: string, found: string, remedy: string): BootFinding => ({ what, state: 'weak', found, remedy });
const missing = (what: string, found: string, remedy: string): BootFinding => ({
  what,
  state: 'missing',
  found,
  remedy,
});

/** What keeps a host from being booted for one run, a sentence each. */
export function listObstacles(findings: readonly BootFinding[]): readonly string[] {
  return findings
    .filter(({ state }) => state === 'missing')
    .map(({ what, found, remedy }) => `${what}: ${found}, ${remedy} is accepted`);
}
