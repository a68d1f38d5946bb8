import type { HostAction, HostPart, HostReadings } from './host-part.ts';
import { notHere } from './host-setting.ts';
import type { Reading } from './reading.ts';

const root = '/sys/fs/cgroup';

/** The cgroup in which the private dockerd puts its containers. */
const folder = `${root}/tunegate`;

const paths = {
  controllers: `${root}/cgroup.controllers`,
  handedDown: `${root}/cgroup.subtree_control`,
  cpus: `${folder}/cpuset.cpus`,
  partition: `${folder}/cpuset.cpus.partition`,
  effective: `${folder}/cpuset.cpus.effective`,
  own: `${folder}/cgroup.subtree_control`,
};

/** An isolated partition of cgroup v2 around the containers: what `isolcpus` does at boot, without one. */
export const partitionPart: HostPart<string> = {
  reads: () => ({ files: Object.values(paths) }),
  change: (value, before) => {
    const { inForce } = readPartition(value, before);
    if (inForce !== false) return { apply: [], restore: [] };
    return { apply: buildPartition(value, before), restore: buildWayBack(before) };
  },
  read: readPartition,
};

function readPartition(value: string, { files }: HostReadings): Reading {
  if (!hasWord(files[paths.controllers], 'cpuset'))
    return notHere(`this host has no cgroup v2 with the controller cpuset at ${root}`);
  const { [paths.partition]: partition, [paths.cpus]: cpus, [paths.effective]: effective } = files;
  if (partition === undefined || cpus === undefined) return { found: `no cpuset in ${folder}`, inForce: false };
  return {
    found: `${partition.trim()}, CPUs ${effective?.trim() || 'none'}`,
    // `isolated invalid (...)` is what the kernel makes of CPUs that it cannot spare.
    inForce: partition.trim() === 'isolated' && cpus.trim() === value && effective?.trim() === value,
  };
}

function buildPartition(value: string, { files }: HostReadings): HostAction[] {
  return [
    ...(hasWord(files[paths.handedDown], 'cpuset') ? [] : [write(paths.handedDown, '+cpuset')]),
    { kind: 'run', program: 'mkdir', args: ['-p', folder] },
    write(paths.cpus, value),
    write(paths.partition, 'isolated'),
    // In use further down it cannot be taken away: systemd does that where none of its own units wants it.
    ...(hasWord(files[paths.own], 'cpuset') ? [] : [write(paths.own, '+cpuset')]),
  ];
}

/** The end of a run may have removed the folder, and with it the partition: then there is nothing to go back from. */
const takeDown = [
  'cd "$0" 2>/dev/null || exit 0',
  'echo member >cpuset.cpus.partition; echo -cpuset >cgroup.subtree_control',
  'cd ..; rmdir "$0"',
].join('\n');

const putBack = [
  'cd "$0" 2>/dev/null || exit 0',
  'echo member >cpuset.cpus.partition; echo "$1" >cpuset.cpus; echo "$2" >cpuset.cpus.partition',
].join('\n');

function buildWayBack({ files }: HostReadings): HostAction[] {
  const { [paths.cpus]: cpus, [paths.partition]: partition, [paths.own]: own } = files;
  const sh = (...args: string[]): HostAction => ({ kind: 'run', program: 'sh', args: ['-c', ...args] });
  return [
    // Without a list of controllers of its own there was no folder.
    ...(own === undefined ? [sh(takeDown, folder)] : []),
    ...(cpus === undefined || partition === undefined
      ? []
      : [sh(putBack, folder, cpus.trim(), partition.trim().split(' ')[0] ?? 'member')]),
    ...(own === undefined || hasWord(own, 'cpuset')
      ? []
      : [sh('cd "$0" && echo -cpuset >cgroup.subtree_control', folder)]),
    ...(hasWord(files[paths.handedDown], 'cpuset') ? [] : [write(paths.handedDown, '-cpuset')]),
  ];
}

function write(path: string, text: string): HostAction {
  return { kind: 'write', path, text };
}

function hasWord(text: string | undefined, word: string): boolean {
  return text?.trim().split(/\s+/).includes(word) === true;
}
