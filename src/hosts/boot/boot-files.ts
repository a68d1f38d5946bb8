import { ConfigurationError, MeasurementError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { replaceSection, withoutSection } from './custom-menu.ts';
import { findDefaultChoice, findEntry, type GrubEntry, parseGrubEnvironment, parseGrubMenu } from './grub-menu.ts';

const folder = '/boot/grub';
const grubFiles = {
  menu: `${folder}/grub.cfg`,
  custom: `${folder}/custom.cfg`,
  environment: `${folder}/grubenv`,
} as const;

/** What GRUB will do, as its files say. */
export interface GrubState {
  readonly menu: string;
  /** `''` where there is no such file. */
  readonly custom: string;
  readonly environment: ReadonlyMap<string, string>;
}

/** Throws `ConfigurationError` where the machine does not boot by a GRUB that can be read. */
export async function readGrubState(machine: Machine): Promise<GrubState> {
  const [menu, custom, environment] = await Promise.all([
    machine.readFile(grubFiles.menu),
    machine.readFile(grubFiles.custom),
    machine.readFile(grubFiles.environment),
  ]);
  if (menu === null || environment === null) {
    const missing = menu === null ? grubFiles.menu : grubFiles.environment;
    throw new ConfigurationError(`${machine.name} has no ${missing}, a host that boots by GRUB is accepted`);
  }
  return { menu, custom: custom ?? '', environment: parseGrubEnvironment(environment) };
}

/** What a host boots when nobody asks for anything: the choice as it stands in GRUB's files, and its entry. */
export interface DefaultBoot {
  readonly choice: string;
  readonly entry: GrubEntry;
}

/** The owner's `custom.cfg` is read by GRUB after all others, so its entries come last. Ours are none of them. */
export function findDefaultBoot({ menu, custom, environment }: GrubState, machine: string): DefaultBoot {
  const choice = findDefaultChoice(menu, environment);
  const entry = findEntry(parseGrubMenu(`${menu}\n${withoutSection(custom)}`), choice);
  if (entry !== null) return { choice, entry };
  throw new ConfigurationError(
    `the default entry of ${machine} is "${choice}", which its GRUB menu does not have, one that it has is accepted`,
  );
}

/** Puts an entry of ours into `custom.cfg`, or takes it out; the owner's lines, and the file's mode, stay. */
export async function writeCustomMenu(machine: Machine, section: string | null): Promise<void> {
  const before = await machine.readFile(grubFiles.custom);
  const text = replaceSection(before ?? '', section);
  if (text === (before ?? '')) return;
  if (text === '') {
    await machine.run({ program: 'rm', args: ['-f', grubFiles.custom] }, { timeoutSeconds: 10 });
    return;
  }
  const { stdout } = await machine.run(
    { program: 'stat', args: ['-c', '%a', grubFiles.custom] },
    { timeoutSeconds: 10, allowFailure: true },
  );
  await machine.writeFile(grubFiles.custom, text, { mode: Number.parseInt(stdout.trim() || '644', 8) });
}

/** Asks for an entry for the next boot only, and sees to it that the disk knows. */
export async function askOnce(machine: Machine, id: string): Promise<void> {
  await machine.run({ program: 'grub-reboot', args: [id] }, { timeoutSeconds: 30 });
  const { environment } = await readGrubState(machine);
  if (environment.get('next_entry') !== id) {
    throw new MeasurementError(
      `grub-reboot on ${machine.name} did not note ${id} for the next boot, found "${environment.get('next_entry') ?? ''}"`,
    );
  }
  await flush(machine);
}

/** The next boot is one of the default entry, and nothing of ours is left in GRUB's menu. Idempotent. */
export async function forgetAsked(machine: Machine): Promise<void> {
  const { environment, custom } = await readGrubState(machine);
  const next = environment.get('next_entry') ?? '';
  if (next !== '') {
    const unset = { program: 'grub-editenv', args: [grubFiles.environment, 'unset', 'next_entry'] };
    await machine.run(unset, { timeoutSeconds: 30 });
  }
  if (withoutSection(custom) !== custom) await writeCustomMenu(machine, null);
  await flush(machine);
}

export async function flush(machine: Machine): Promise<void> {
  await machine.run({ program: 'sync', args: [] }, { timeoutSeconds: 120 });
}
