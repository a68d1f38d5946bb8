import type { Machine } from '../../machines/machine.ts';
import { parseCpuList } from '../../profiles/cpu-list.ts';
import type { HostPlace } from '../../profiles/host-part.ts';

/** Where parameters act on a host on which nothing of ours runs; `nic` is its interface under test, null: none is named. */
export async function findHostPlace(machine: Machine, nic: HostPlace['nic']): Promise<HostPlace> {
  const online = await machine.readFile('/sys/devices/system/cpu/online');
  return { cpus: parseCpuList(online?.trim() || '0'), nic, dockerSocket: null };
}
