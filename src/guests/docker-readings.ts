import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { cgroupParent } from '../hosts/leftovers.ts';
import { parseProcessStat } from '../hosts/processes.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { guestDevice } from '../networks/hand-over.ts';
import type { DockerReadings } from '../profiles/docker-part.ts';
import { dockerSysctlKeys } from '../profiles/parameters/docker-sysctl.ts';
import type { Attachment } from '../vocabulary.ts';
import type { DockerDaemon } from './docker-daemon.ts';
import { dockerNetwork } from './docker-network.ts';

const linksSchema = z
  .array(
    z.looseObject({
      ifname: z.string(),
      address: z.string(),
      // Not shown when it is 0, as on the veth of a container.
      txqlen: z.int().default(0),
      addr_info: z.array(z.looseObject({ local: z.string(), prefixlen: z.int() })),
    }),
  )
  .min(1);

const containerSchema = z.object({
  terminal: z.boolean(),
  networks: z.record(z.string(), z.looseObject({ MacAddress: z.string(), IPAddress: z.string() })),
});
const containerFormat = '{"terminal":{{json .Config.Tty}},"networks":{{json .NetworkSettings.Networks}}}';

/** A client of docker takes seconds to start where a machine is busy or emulated. */
const inspectSeconds = 30;

/** Puts a command into the network namespace of a process. */
export function enterProcess(pid: number): (command: Command) => Command {
  return ({ program, args }) => ({
    program: 'nsenter',
    args: ['--target', String(pid), '--net', '--', program, ...args],
  });
}

/** Reads a running container back from the kernel and from the daemon. `pid` is that of its first process, seen from outside. */
export async function collectDockerReadings(
  machine: Machine,
  daemon: Pick<DockerDaemon, 'docker'>,
  id: string,
  pid: number,
  attachment: Attachment,
): Promise<DockerReadings> {
  const enter = enterProcess(pid);
  const [processStatus, cgroups, limits, { link, queueLength }, container, features, sysctls, processes, output] =
    await Promise.all([
      readRequired(machine, `/proc/${pid}/status`),
      readRequired(machine, `/proc/${pid}/cgroup`),
      readRequired(machine, `/proc/${pid}/limits`),
      readLink(machine, pid),
      inspectContainer(machine, daemon, id),
      readOutput(machine, enter({ program: 'ethtool', args: ['-k', guestDevice] })),
      readSysctls(machine, enter),
      readProcesses(machine, id),
      readOutput(machine, { program: 'readlink', args: [`/proc/${pid}/fd/1`] }),
    ]);
  if (container === null) throw new MeasurementError(`docker knows no container ${id.slice(0, 12)}`);
  const { endpoint } = container;
  const terminal = { standardOutput: output.trim(), daemon: container.hasTerminal };
  // Only a container that was given the whole NIC may be without one.
  if (endpoint === null && attachment !== 'physical')
    throw new MeasurementError(`container ${id.slice(0, 12)} has no address on network ${dockerNetwork}`);
  const cgroup = await readLimits(machine, cgroups);
  return { processStatus, cgroup, link, endpoint, features, queueLength, sysctls, processes, limits, terminal };
}

/** The process outside its PID namespace (`docker inspect` would give the number inside); null until there is one. */
export async function findContainerProcess(machine: Machine, id: string): Promise<number | null> {
  for (const pid of await readContainerProcesses(machine, id)) {
    // While the container starts, helpers of the runtime are in its cgroup too; only its first process is 1 inside.
    const status = await machine.readFile(`/proc/${pid}/status`);
    if (status !== null && /^NSpid:.*\s1$/m.test(status)) return pid;
  }
  return null;
}

/** Every process of a container, as the host numbers them; none while it has no cgroup. */
export async function readContainerProcesses(machine: Machine, id: string): Promise<number[]> {
  for (const folder of [`/sys/fs/cgroup/pids${cgroupParent}/${id}`, `/sys/fs/cgroup${cgroupParent}/${id}`]) {
    const text = await machine.readFile(`${folder}/cgroup.procs`);
    if (text !== null) return text.split('\n').filter(Boolean).map(Number);
  }
  return [];
}

/** What docker says of a container; null when it knows none of that id. The endpoint is null until there is one. */
async function inspectContainer(
  machine: Machine,
  daemon: Pick<DockerDaemon, 'docker'>,
  id: string,
): Promise<{ readonly endpoint: DockerReadings['endpoint']; readonly hasTerminal: boolean } | null> {
  const command = daemon.docker('inspect', '--format', containerFormat, id);
  const said = await machine.run(command, { timeoutSeconds: inspectSeconds, allowFailure: true });
  if (said.timedOut) throw new MeasurementError(`docker inspect did not answer within ${inspectSeconds} s`);
  if (said.exitCode !== 0) return null;
  const { terminal, networks } = containerSchema.parse(JSON.parse(said.stdout));
  const found = networks[dockerNetwork];
  const endpoint =
    found === undefined || found.IPAddress === '' ? null : { mac: found.MacAddress, address: found.IPAddress };
  return { endpoint, hasTerminal: terminal };
}

/** null until the container has its endpoint, and when there is no such container. */
export async function readEndpoint(
  machine: Machine,
  daemon: Pick<DockerDaemon, 'docker'>,
  id: string,
): Promise<DockerReadings['endpoint']> {
  return (await inspectContainer(machine, daemon, id))?.endpoint ?? null;
}

async function readLink(machine: Machine, pid: number): Promise<Pick<DockerReadings, 'link' | 'queueLength'>> {
  const show = enterProcess(pid)({ program: 'ip', args: ['-j', '-d', 'address', 'show', 'dev', guestDevice] });
  const { stdout } = await machine.run(show, { timeoutSeconds: 10 });
  const link = linksSchema.parse(JSON.parse(stdout))[0];
  if (link === undefined) throw new MeasurementError(`process ${pid} has no interface ${guestDevice}`);
  const { ifname: name, address: mac, addr_info, txqlen } = link;
  return { link: { name, mac, addresses: addr_info.map(({ local }) => local) }, queueLength: txqlen };
}

/** Read by a process inside: what these files show depends on the reader's namespace. */
async function readSysctls(machine: Machine, enter: (command: Command) => Command): Promise<DockerReadings['sysctls']> {
  const paths = dockerSysctlKeys.map((key) => `/proc/sys/${key.replaceAll('.', '/')}`);
  const command = enter({ program: 'grep', args: ['--no-messages', '--with-filename', '', ...paths] });
  // One that the kernel does not have makes grep fail after it has printed the others.
  return parseSysctls((await machine.run(command, { timeoutSeconds: 10, allowFailure: true })).stdout);
}

/** Lines such as `/proc/sys/net/ipv4/tcp_rmem:4096	131072	6291456`, by dotted name. */
export function parseSysctls(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, path, value] = /^\/proc\/sys\/([^:]+):(.*)$/.exec(line) ?? [];
      return path === undefined || value === undefined ? [] : [[path.replaceAll('/', '.'), value]];
    }),
  );
}

async function readProcesses(machine: Machine, id: string): Promise<DockerReadings['processes']> {
  const pids = await readContainerProcesses(machine, id);
  const texts = await Promise.all(pids.map((pid) => machine.readFile(`/proc/${pid}/stat`)));
  return texts.flatMap((text) => (text === null ? [] : [readScheduling(text)]));
}

function readScheduling(stat: string): DockerReadings['processes'][number] {
  const { name, priority, policy } = parseProcessStat(stat);
  return { name, priority, policy };
}

async function readOutput(machine: Machine, command: Command): Promise<string> {
  return (await machine.run(command, { timeoutSeconds: 10 })).stdout;
}

async function readLimits(machine: Machine, cgroups: string): Promise<DockerReadings['cgroup']> {
  const version1 = (controller: string) => {
    const path = new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, 'm').exec(cgroups)?.[1];
    return path === undefined ? null : `/sys/fs/cgroup/${controller}${path}`;
  };
  const cpu = version1('cpu');
  const memory = version1('memory');
  if (cpu !== null && memory !== null) {
    const quota = await readRequired(machine, `${cpu}/cpu.cfs_quota_us`);
    const period = await readRequired(machine, `${cpu}/cpu.cfs_period_us`);
    const limit = Number(await readRequired(machine, `${memory}/memory.limit_in_bytes`));
    return {
      cpuQuota: parseQuota(`${quota.trim()} ${period.trim()}`),
      memoryLimitBytes: limit >= noMemoryLimit ? null : limit,
    };
  }
  const unified = `/sys/fs/cgroup${/^0::(.*)$/m.exec(cgroups)?.[1] ?? ''}`;
  const limit = (await readRequired(machine, `${unified}/memory.max`)).trim();
  return {
    cpuQuota: parseQuota(await readRequired(machine, `${unified}/cpu.max`)),
    memoryLimitBytes: limit === 'max' ? null : Number(limit),
  };
}

/** cgroup v1 says "no limit" by the largest multiple of the page size that fits 63 bits. */
const noMemoryLimit = 2 ** 62;

/** CPUs' worth of time from `QUOTA PERIOD` in microseconds; `max` (v2) and -1 (v1) mean no quota. */
export function parseQuota(text: string): number | null {
  const [quota, period] = text.trim().split(/\s+/);
  return quota === 'max' || quota === '-1' ? null : Number(quota) / Number(period);
}

async function readRequired(machine: Machine, path: string): Promise<string> {
  const text = await machine.readFile(path);
  if (text === null)
    throw new MeasurementError(`${path} does not exist, so the setting that it shows cannot be proven`);
  return text;
}
