import * as z from 'zod';
import { formatCpuList, parseCpuList } from './cpu-list.ts';
import { transformWith } from './define-parameter.ts';

const number = z.int().min(0);

/** Entries; as many as a list of the longest accepted text can have. */
const mostEntries = 2048;

/** CPUs or NUMA nodes in whatever form a person writes them; yields the text as Linux prints it. */
export const linuxList = z
  .union([
    z.string(),
    number,
    z
      .array(z.union([z.string(), number]))
      .min(1)
      .max(mostEntries),
  ])
  .transform(
    transformWith((value) => formatCpuList(parseCpuList(Array.isArray(value) ? value.join(',') : String(value)))),
  );

/** Why a list of CPUs does not fit a machine that has these; null when it does. */
export function findMissingCpus(value: string, cpus: readonly number[]): string | null {
  const missing = parseCpuList(value).filter((cpu) => !cpus.includes(cpu));
  return missing.length === 0
    ? null
    : `this machine has no CPU ${formatCpuList(missing)}, accepted are CPUs of ${formatCpuList(cpus)}`;
}
