import { ConfigurationError } from '../errors.ts';
import { showText } from '../show-text.ts';
import { formatCpuList } from './cpu-list.ts';
import { fillPattern, listFiles } from './host-file.ts';
import type { HostPart } from './host-part.ts';
import { buildHostPart, notHere } from './host-setting.ts';
import { formatMemorySize, parseMemorySize } from './memory-size.ts';
import type { MachineLimits } from './parameter.ts';

/** Bytes to keep as huge pages, by number of the NUMA node; other nodes stay as they are. */
export type HugeMemory = ReadonlyMap<number, number>;

/** More nodes than any machine that this is for. */
const highestNode = 1023;

/** Huge pages must leave this to the host; with less it kills processes of its own choice. */
const reserveBytes = 512 * 2 ** 20;

/** `parseHugeMemory('0:1GiB,1:512MiB', 2097152)`; throws `ConfigurationError` on anything else and on parts of a page. */
export function parseHugeMemory(text: string, pageBytes: number): HugeMemory {
  const memory = new Map<number, number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,4}):(.+?)\s*$/.exec(part);
    const node = Number(match?.[1] ?? Number.NaN);
    if (!(node <= highestNode))
      throw new ConfigurationError(`"${showText(part)}" is no node with a size, such as 0:1GiB`);
    const bytes = parseMemorySize(match?.[2] ?? '');
    if (memory.has(node)) throw new ConfigurationError(`node ${node} is named twice`);
    if (bytes % pageBytes !== 0)
      throw new ConfigurationError(`${formatMemorySize(bytes)} is no multiple of ${formatMemorySize(pageBytes)}`);
    memory.set(node, bytes);
  }
  return memory;
}

/** Canonical text, by number of the node. */
export function formatHugeMemory(memory: HugeMemory): string {
  return [...memory]
    .sort(([left], [right]) => left - right)
    .map(([node, bytes]) => `${node}:${bytes === 0 ? '0MiB' : formatMemorySize(bytes)}`)
    .join(',');
}

/** Pages that are free already take nothing from the host any more. */
export function explainHugeMisfit(memory: HugeMemory, pageBytes: number, limits: MachineLimits): string | null {
  const missing = [...memory.keys()].filter((node) => !limits.nodes.includes(node));
  if (missing.length > 0)
    return `this machine has no NUMA node ${formatCpuList(missing)}, accepted are nodes of ${formatCpuList(limits.nodes)}`;
  const pages = limits.hugePages.find((size) => size.pageBytes === pageBytes);
  if (pages === undefined) return `this machine has no huge pages of ${formatMemorySize(pageBytes)}`;
  const wanted = [...memory.values()].reduce((sum, bytes) => sum + bytes, 0);
  const most = Math.max(0, limits.availableBytes - reserveBytes) + pages.freeBytes;
  if (wanted <= most) return null;
  return `that would leave the host less than ${formatMemorySize(reserveBytes)}, accepted are ${Math.floor(most / 2 ** 20)}MiB in all`;
}

/** The kernel makes as many as it can and does not complain: what it shows afterwards counts. */
export function hugePagesPart(parse: (value: string) => HugeMemory, pageBytes: number): HostPart<string> {
  const size = `hugepages-${pageBytes / 1024}kB/nr_hugepages`;
  const perNode = `/sys/devices/system/node/node*/hugepages/${size}`;
  // A kernel without NUMA has one node and no folder for it.
  const whole = `/sys/kernel/mm/hugepages/${size}`;
  const pages = (count: string) => `${count} pages of ${formatMemorySize(pageBytes)}`;
  return buildHostPart<string>({
    reads: () => ({ files: [perNode, whole] }),
    find: (value, { files }) => {
      const nodes = listFiles(perNode, files);
      const all = nodes.length > 0 ? nodes : listFiles(whole, files);
      const asked = all.filter(({ name }) => parse(value).has(nodeNumber(name)));
      if (asked.length === parse(value).size)
        return asked.map(({ name, text }) => ({ name, text: pages(text.trim()) }));
      const missing = [...parse(value).keys()].filter((node) => !all.some(({ name }) => nodeNumber(name) === node));
      return notHere(`this host has no huge pages of ${formatMemorySize(pageBytes)} on node ${formatCpuList(missing)}`);
    },
    wanted: (value, { name }) => pages(String((parse(value).get(nodeNumber(name)) ?? 0) / pageBytes)),
    set: ({ name }, text) => [
      { kind: 'write', path: name === '' ? whole : fillPattern(perNode, name), text: text.split(' ')[0] ?? '0' },
    ],
  });
}

/** Of `node1`; without a name it is the only one. */
function nodeNumber(name: string): number {
  return Number(name.replace('node', ''));
}
