import { dirname } from 'node:path';
import { lastLines } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { type Folders, findFolders, machineFolders } from './folders.ts';
import { isRootOf } from './privileges.ts';

export const facilityNames = [
  'root',
  'user-namespaces',
  'namespaces',
  'veth',
  'bridge',
  'cgroups',
  'overlay',
  'tun',
  'guest-kernel',
] as const;
export type FacilityName = (typeof facilityNames)[number];

/** Something that the kernel or the privileges must offer; no package brings it. */
export interface Facility {
  readonly name: FacilityName;
  readonly available: boolean;
  /** What was read, or why not. */
  readonly found: string;
  /** How to get it; null when it is there. */
  readonly remedy: string | null;
}

/**
 * Tries each thing for real, in namespaces of its own that end with the command: nothing is left, not even when a
 * try fails half-way, and nothing that exists is touched.
 */
export async function readFacilities(machine: Machine): Promise<readonly Facility[]> {
  const [isRoot, folders] = await Promise.all([isRootOf(machine), findFolders(machine)]);
  // Without root everything that makes namespaces begins with one of users, as measuring does.
  const own = isRoot ? '' : asRootOfUserNamespace;
  const facilities = await Promise.all([
    readRoot(machine, isRoot),
    tryOut(machine, 'user-namespaces', inOwnNamespaces(asRootOfUserNamespace, isRoot ? asNobody : ''), userRemedy),
    tryOut(machine, 'namespaces', inOwnNamespaces(own), 'a kernel with namespaces, and a container with CAP_SYS_ADMIN'),
    tryOut(machine, 'veth', unshareNet(own, 'type veth peer name tgp1'), 'a kernel with CONFIG_VETH'),
    tryOut(machine, 'bridge', unshareNet(own, 'type bridge'), 'a kernel with CONFIG_BRIDGE'),
    readCgroups(machine),
    tryOut(
      machine,
      'overlay',
      overlayMount(dirname(machineFolders.cache)),
      'overlayfs, and a file system that carries it',
    ),
    readTun(machine, isRoot),
    readGuestKernel(machine, folders),
  ]);
  // Without root the kernel's refusal is no news about the kernel.
  return facilities.map((facility) =>
    isRoot || facility.available || openToAll.includes(facility.name) ? facility : { ...facility, remedy: asRoot },
  );
}

const asRoot = 'run as root';

/** Whether these are there does not depend on who looks, or what they say is about who looks. */
const openToAll: readonly FacilityName[] = ['user-namespaces', 'tun', 'guest-kernel'];

const asRootOfUserNamespace = '--user --map-root-user';

/** Root looks whether others could; not with more rights than those have. */
const asNobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all';

const userRemedy =
  'allow them to ordinary users (kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns and user.max_user_namespaces of sysctl)';

/** The name of a namespace is a mount below /run/netns, so /run is made a private one first. */
function inOwnNamespaces(own: string, who = ''): string {
  return [
    `${who} unshare ${own} --mount --propagation private --pid --fork --kill-child --mount-proc --net`,
    "sh -c 'mount -t tmpfs tunegate /run && ip netns add probe && ip netns del probe'",
  ].join(' ');
}

function unshareNet(own: string, link: string): string {
  return `unshare ${own} --net ip link add tgp0 ${link}`;
}

/** An overlay below the folder in which dockerd would keep its data: overlay on overlay does not work. */
function overlayMount(parent: string): string {
  return [
    `folder=$(mktemp -d ${parent}/tunegate-probe.XXXXXX) || exit 1`,
    `trap 'rm -rf "$folder"' EXIT`,
    'cd "$folder" && mkdir lower upper work merged',
    'unshare --mount mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged',
  ].join('\n');
}

async function tryOut(machine: Machine, name: FacilityName, script: string, remedy: string): Promise<Facility> {
  const command = { program: 'sh', args: ['-c', script] };
  const { exitCode, stdout, stderr } = await machine.run(command, { timeoutSeconds: 30, allowFailure: true });
  if (exitCode === 0) return { name, available: true, found: 'tried, works', remedy: null };
  return { name, available: false, found: lastLines(stderr || stdout, 1) || 'tried, fails', remedy };
}

async function readRoot(machine: Machine, available: boolean): Promise<Facility> {
  const { stdout } = await machine.run({ program: 'id', args: ['-u'] }, { timeoutSeconds: 30 });
  const uid = stdout.trim();
  const found = available || uid !== '0' ? `user id ${uid}` : 'root of a user namespace only';
  return { name: 'root', available, found, remedy: available ? null : asRoot };
}

async function readCgroups(machine: Machine): Promise<Facility> {
  const unified = await machine.readFile('/sys/fs/cgroup/cgroup.controllers');
  return judgeCgroups(unified, (await machine.readFile('/proc/self/mounts')) ?? '');
}

/** Controllers that the Docker parameters set; version 1 gives containers no devices without its own controller. */
const neededControllers = { 1: ['cpu', 'cpuset', 'memory', 'devices'], 2: ['cpu', 'cpuset', 'memory'] } as const;

/**
 * Version and controllers, from `/sys/fs/cgroup/cgroup.controllers` (null where version 2 does not rule) and from
 * mounts such as `cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0`.
 */
export function judgeCgroups(unified: string | null, mounts: string): Facility {
  const version = unified === null ? 1 : 2;
  const controllers = (unified ?? listCgroupMounts(mounts)).trim().split(/\s+/).filter(Boolean);
  const missing = neededControllers[version].filter((name) => !controllers.includes(name));
  const found = controllers.length === 0 ? 'none mounted' : `version ${version}: ${controllers.join(' ')}`;
  if (missing.length === 0) return { name: 'cgroups', available: true, found, remedy: null };
  const remedy = `switch on the controllers ${missing.join(', ')} (boot parameter cgroup_enable=...)`;
  return { name: 'cgroups', available: false, found, remedy };
}

function listCgroupMounts(mounts: string): string {
  const options = mounts.split('\n').flatMap((line) => {
    const [, , type, list = ''] = line.split(' ');
    return type === 'cgroup' ? list.split(',') : [];
  });
  return options.filter((option) => !/^(r[ow]|no.*|relatime|name=.*|xattr|clone_children)$/.test(option)).join(' ');
}

/** Opened, not only looked at: whether a user may is not in the mode alone. */
async function readTun(machine: Machine, isRoot: boolean): Promise<Facility> {
  const name = 'tun';
  const run = (program: string, ...args: string[]) =>
    machine.run({ program, args }, { timeoutSeconds: 30, allowFailure: true });
  const { exitCode, stdout } = await run('stat', '-c', '/dev/net/tun mode %a', '/dev/net/tun');
  const found = stdout.trim();
  if (exitCode !== 0) return { name, available: false, found: 'no /dev/net/tun', remedy: 'load the kernel module tun' };
  const opens = (await run('sh', '-c', ': <>/dev/net/tun')).exitCode === 0;
  if (!opens) {
    const remedy = `${isRoot ? '' : `${asRoot}, or `}open it to all users (\`chmod 666 /dev/net/tun\`)`;
    return { name, available: false, found: `${found}, which is closed to this user`, remedy };
  }
  const closed = isRoot && !/[67]$/.test(found) ? ', which is closed to users without root' : '';
  return { name, available: true, found: `${found}${closed}`, remedy: null };
}

/** A kernel for virtual machines: one that apt can download, or one that was unpacked before. */
async function readGuestKernel(machine: Machine, folders: Folders): Promise<Facility> {
  const name = 'guest-kernel';
  const show = { program: 'apt-cache', args: ['show', '--no-all-versions', 'linux-image-cloud-amd64'] };
  const { stdout } = await machine.run(show, { timeoutSeconds: 30, allowFailure: true });
  const version = /^Version: (\S+)/m.exec(stdout)?.[1];
  if (version !== undefined) return { name, available: true, found: `apt offers ${version}`, remedy: null };
  const cached = await machine.readFile(`${folders.cache}/kernels/debian-6.1/kernel.json`);
  if (cached !== null) return { name, available: true, found: 'unpacked earlier', remedy: null };
  const found = 'apt knows no linux-image-cloud-amd64, and none was unpacked earlier';
  return { name, available: false, found, remedy: 'run `apt-get update` on a Debian for amd64' };
}
