import { ConfigurationError } from '../errors.ts';
import { showText } from '../show-text.ts';

/** Linux on x86-64 is built for at most 8192 CPUs (`CONFIG_NR_CPUS`). */
const highestCpu = 8191;

/** Characters; longer than the list of any real machine, short enough that expanding it takes no time. */
const longestList = 4096;

/**
 * The CPUs of a list as Linux writes it: `parseCpuList('0-3,5')` is `[0, 1, 2, 3, 5]`, ascending, each once.
 * Throws `ConfigurationError` on anything else, also on the kernel's own extensions (`all`, `0-10:2/4`),
 * which Docker does not understand.
 */
export function parseCpuList(text: string): readonly number[] {
  if (text.length > longestList) {
    throw new ConfigurationError(`the list has ${text.length} characters, at most ${longestList} are accepted`);
  }
  const cpus = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last] = parseRange(part);
    for (let cpu = first; cpu <= last; cpu += 1) cpus.add(cpu);
  }
  return [...cpus].sort((left, right) => left - right);
}

/** Canonical text of a set of CPUs, as the kernel prints it: `[5, 0, 1, 2, 3]` is `0-3,5`; no CPU is the empty text. */
export function formatCpuList(cpus: Iterable<number>): string {
  const ranges: { first: number; last: number }[] = [];
  for (const cpu of [...new Set(cpus)].sort((left, right) => left - right)) {
    const open = ranges.at(-1);
    if (open !== undefined && open.last === cpu - 1) open.last = cpu;
    else ranges.push({ first: cpu, last: cpu });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

function parseRange(part: string): readonly [number, number] {
  // Spaces only: a line break inside a list has no business in a boot parameter.
  const match = /^ *(\d{1,9})(?:-(\d{1,9}))? *$/.exec(part);
  if (match === null) {
    throw new ConfigurationError(`"${showText(part)}" is no CPU number and no range such as 0-3`);
  }
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first > last)
    throw new ConfigurationError(`the range ${part.trim()} runs backwards, ${last}-${first} is accepted`);
  if (last > highestCpu) throw new ConfigurationError(`CPU ${last} is too high, at most ${highestCpu} is accepted`);
  return [first, last];
}
