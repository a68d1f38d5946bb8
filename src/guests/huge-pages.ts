import { MeasurementError } from '../errors.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import { formatMemorySize } from '../profiles/memory-size.ts';
import { defaultMachine, type MemorySettings } from '../profiles/virtual-machine-settings.ts';

/** Where the state of a run keeps what a setting of the machine was before. */
export type SettingNotes = Pick<RunState, 'noteSetting' | 'forgetSetting'>;

/** Compared with which a page is huge. */
const ordinaryPageBytes = 4096;

/**
 * Makes the huge pages that a guest needs and that are not free yet, on the one NUMA node that it asks for or wherever
 * the kernel finds them. Returns how to go back to exactly the number that was set before; null when nothing was changed.
 */
export async function reserveHugePages(
  machine: Machine,
  memory: MemorySettings,
  notes: SettingNotes,
): Promise<(() => Promise<void>) | null> {
  const { bytes = defaultMachine.memoryBytes, pageBytes = ordinaryPageBytes } = memory;
  if (pageBytes <= ordinaryPageBytes) return null;
  const folder = findFolder(pageBytes, memory.hostNodes);
  const number = async (path: string) => {
    const text = await machine.readFile(path);
    if (text !== null) return Number(text);
    throw new MeasurementError(`the guest needs huge pages, but there is no ${path} here`);
  };
  const [former, free, promised] = await Promise.all([
    number(`${folder}/nr_hugepages`),
    number(`${folder}/free_hugepages`),
    // Promised pages are counted for the whole machine only: they may come from any node.
    number(`${findFolder(pageBytes, undefined)}/resv_hugepages`),
  ]);
  const missing = Math.ceil(bytes / pageBytes) - Math.max(0, free - promised);
  if (missing <= 0) return null;
  const file = `${folder}/nr_hugepages`;
  const wanted = former + missing;
  await notes.noteSetting(file, String(former), String(wanted));
  const giveBack = async () => {
    await writeSetting(machine, file, former);
    await notes.forgetSetting(file);
  };
  await machine.run(writeCommand(file, wanted), { timeoutSeconds: 60, allowFailure: true });
  const made = (await number(file)) - former;
  if (made >= missing) return giveBack;
  await giveBack();
  const size = formatMemorySize(pageBytes);
  throw new MeasurementError(
    `the guest needs ${missing} more huge pages of ${size}, the kernel could make ${made}: memory is too full or in too small pieces`,
  );
}

function findFolder(pageBytes: number, hostNodes: string | undefined): string {
  const name = `hugepages-${pageBytes / 1024}kB`;
  return hostNodes !== undefined && /^\d+$/.test(hostNodes)
    ? `/sys/devices/system/node/node${hostNodes}/hugepages/${name}`
    : `/sys/kernel/mm/hugepages/${name}`;
}

function writeCommand(file: string, value: number) {
  return { program: 'sh', args: ['-c', 'echo "$1" >"$0"', file, String(value)] };
}

async function writeSetting(machine: Machine, file: string, value: number): Promise<void> {
  await machine.run(writeCommand(file, value), { timeoutSeconds: 60 });
  const found = (await machine.readFile(file))?.trim();
  if (found !== String(value)) throw new MeasurementError(`${file} is ${found}, it was ${value} before the guest`);
}
