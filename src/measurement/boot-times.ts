import * as z from 'zod';
import type { Machine } from '../machines/machine.ts';

/** Seconds of the latest boots by host, oldest first. */
const timesSchema = z.record(z.string(), z.array(z.number().positive()));

/** The latest ones that count: hosts are rebuilt, and a boot that once ran a memory test is no rule. */
const kept = 9;

/**
 * What a boot of a host usually takes, seconds: the middle one of the latest; null: none was seen. `cache` is a folder of
 * the machine that drives. A file that is no such record is as good as none: it decides nothing but an estimate.
 */
export async function readBootSeconds(machine: Machine, cache: string, host: string): Promise<number | null> {
  const times = ((await readTimes(machine, cache)).get(host) ?? []).toSorted((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? null;
}

/** Remembers how long a boot took. */
export async function noteBootSeconds(machine: Machine, cache: string, host: string, seconds: number): Promise<void> {
  const times = await readTimes(machine, cache);
  const latest = [...(times.get(host) ?? []), Math.round(seconds * 10) / 10].slice(-kept);
  const document = Object.fromEntries([...times, [host, latest]]);
  await machine.run({ program: 'mkdir', args: ['-p', cache] }, { timeoutSeconds: 5 });
  await machine.writeFile(fileOf(cache), `${JSON.stringify(document)}\n`);
}

async function readTimes(machine: Machine, cache: string): Promise<ReadonlyMap<string, readonly number[]>> {
  try {
    return new Map(Object.entries(timesSchema.parse(JSON.parse((await machine.readFile(fileOf(cache))) ?? '{}'))));
  } catch {
    return new Map();
  }
}

function fileOf(cache: string): string {
  return `${cache}/boot-seconds.json`;
}
