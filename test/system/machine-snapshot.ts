import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();

async function read(program: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await machine.run({ program, args }, { timeoutSeconds: 20, allowFailure: true });
  return stdout.split('\n').filter(Boolean).sort();
}

/** Names of the programs that a run starts; of those that many others start, with its marks. */
const started =
  /^(netserver|netperf|iperf3|dockerd|containerd\S*|docker|tini)\s|^(unshare|nsenter|qemu-system\S*)\s.*(-name tunegate-|tunegate-dockerd|\/netns\/tg)/;

/**
 * What a run must leave as it found it: links, namespaces, mounts, cgroups, packet filter rules, hugepages, and
 * processes of the kinds that a run starts (anybody else's `sh` may come and go).
 */
export async function takeSnapshot(): Promise<Record<string, string[]>> {
  return {
    links: await read('ip', '-br', 'link'),
    addresses: await read('ip', '-br', 'address'),
    namespaces: await read('ls', '/run/netns'),
    mounts: await read('cat', '/proc/self/mounts'),
    cgroups: await read('find', '/sys/fs/cgroup', '-type', 'd', '-path', '*tunegate*'),
    rules: await read('iptables-save'),
    hugepages: await read('cat', '/proc/sys/vm/nr_hugepages'),
    processes: (await read('ps', '-e', '-o', 'comm=,args=')).filter(
      (line) => started.test(line) && !line.endsWith('<defunct>'),
    ),
    state: await read('find', '/var/lib/tunegate'),
  };
}
