import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../errors.ts';
import { change } from '../machines/ip.ts';
import type { Machine } from '../machines/machine.ts';
import type { NicRecord, NicState } from './nic.schema.ts';
import {
  buildAliasCommand,
  buildBringCommands,
  buildRestoreCommands,
  listNamespaces,
  type NicPlace,
} from './nic-commands.ts';
import { listLinks, readNic } from './read-nic.ts';

/** A driver that was restarted, or whoever else looks after the interface, may take a moment. */
const settleSeconds = 5;

/**
 * Gives an interface back to its own network exactly as it was there: from the namespace that a run moved it to, from
 * that of a guest, or from the machine's own, to which the kernel returns hardware when a namespace ends. Returns what was
 * done, null when there was nothing to do. Idempotent; throws a `MeasurementError` with what is not as before.
 */
export async function giveNicBack(machine: Machine, record: NicRecord): Promise<string | null> {
  const place = await findNic(machine, record);
  if (place === null) {
    // A virtual one ends with the namespace that it is in, and one of hardware may have been pulled out.
    return (await isHome(machine, record)) ? null : `interface ${record.before.name}, which is gone`;
  }
  for (const command of buildBringCommands(record, place)) await change(machine, command);
  await restore(machine, record);
  await change(machine, buildAliasCommand(record));
  return `interface ${record.before.name} given back`;
}

async function restore(machine: Machine, record: NicRecord): Promise<void> {
  const { home, before } = record;
  const deadline = performance.now() + settleSeconds * 1000;
  for (let tries = 0; ; tries += 1) {
    const now = await readNic(machine, home, before.name);
    const differences = listDifferences(before, now);
    if (differences.length === 0) return;
    // A busy machine may take longer to say what there is than it has to settle.
    if (tries > 1 && performance.now() > deadline) {
      throw new MeasurementError(
        `interface ${before.name} of ${machine.name} is not as it was before it was measured: ${differences.join('; ')}`,
      );
    }
    for (const command of buildRestoreCommands(record, now)) {
      // What fails shows as a difference, and the other steps are not kept from being done.
      await machine.run(command, { timeoutSeconds: 10, allowFailure: true });
    }
    await sleep(100);
  }
}

/** null: nowhere; its mark tells it from one that somebody gave the same name. */
async function findNic(machine: Machine, { mark, home }: NicRecord): Promise<NicPlace | null> {
  const { stdout } = await machine.run(listNamespaces, { timeoutSeconds: 10, allowFailure: true });
  const named = stdout.split('\n').flatMap((line) => line.split(' ')[0] || []);
  for (const namespace of new Set([home, null, ...named])) {
    const links = await listLinks(machine, namespace).catch(() => []);
    const link = links.find(({ ifalias }) => ifalias === mark);
    if (link !== undefined) return { namespace, name: link.ifname };
  }
  return null;
}

/** Whether it is there and as it was: then it was given back before, up to the last step, or never taken. */
async function isHome(machine: Machine, { home, before }: NicRecord): Promise<boolean> {
  const links = await listLinks(machine, home).catch(() => []);
  return links.some(({ ifname, address }) => ifname === before.name && address === before.mac);
}

/** Phrases such as `mtu 9000 instead of 1500`; the alias is put back last. */
export function listDifferences(before: NicState, now: NicState): string[] {
  const plain = (['mac', 'mtu', 'queueLength', 'master', 'up'] as const).flatMap((key) =>
    now[key] === before[key] ? [] : [`${key} ${now[key]} instead of ${before[key]}`],
  );
  const files = (['features', 'settings'] as const).flatMap((key) =>
    Object.entries(before[key]).flatMap(([name, value]) =>
      now[key][name] === value ? [] : [`${name} ${now[key][name] ?? 'missing'} instead of ${value}`],
    ),
  );
  const lists = (['addresses', 'routes'] as const).flatMap((key) => [
    ...before[key].map(plainly).flatMap((entry) => (now[key].map(plainly).includes(entry) ? [] : [`without ${entry}`])),
    ...now[key].map(plainly).flatMap((entry) => (before[key].map(plainly).includes(entry) ? [] : [`with ${entry}`])),
  ]);
  return [...plain, ...files, ...lists];
}

/** The rest of a lease runs down meanwhile. */
function plainly(entry: string): string {
  return entry.replace(/ valid_lft \d+ preferred_lft \d+$/, '');
}
