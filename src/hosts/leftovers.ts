import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, MeasurementError, messageOf } from '../errors.ts';
import { ip } from '../machines/ip.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { giveNicBack } from './give-nic-back.ts';
import { killProcesses, markProcess, type ProcessMark } from './processes.ts';
import { isNetnsMounted, type RunStateDocument, readBootId, runStateSchema, stateFile } from './run-state.ts';

/** As what a run notes the private dockerd among its processes. */
export const dockerdName = 'dockerd';

/** Parent of every cgroup of the private dockerd's containers. */
export const cgroupParent = '/tunegate';

/**
 * Removes everything the state file names that still carries its mark: the end of every run, and the first step of the
 * next one after a crash. Returns what it had to remove, one phrase each; nothing when the run had cleaned up by itself.
 */
export async function removeLeftovers(machine: Machine, folder: string): Promise<string[]> {
  const state = await readRunState(machine, folder);
  if (state === null) return [];
  const removed = await removeNoted(machine, state);
  // A client of another machine's guests has none; there may be somebody else's.
  if (state.processes.some(({ what }) => what === dockerdName)) await removeCgroups(machine);
  await machine.run({ program: 'rm', args: ['-rf', ...filesOfARun(folder)] }, { timeoutSeconds: 10 });
  return removed;
}

/** Removes the processes, namespaces and settings of a state that are still those it names; files stay. */
export async function removeNoted(machine: Machine, state: RunStateDocument): Promise<string[]> {
  // After a reboot only files can be left, and process ids and inodes mean something else.
  if (state.bootId !== (await readBootId(machine))) return [];
  const ended = await endProcesses(machine, state);
  // Before the namespaces: a virtual interface would end with the one that it is in.
  const given = await giveNicsBack(machine, state);
  const removed = [...ended, ...given, ...(await deleteNamespaces(machine, state))];
  await unmountNetns(machine, state);
  return [...removed, ...(await restoreSettings(machine, state))];
}

function filesOfARun(folder: string): string[] {
  return ['docker.sock', 'docker.pid', 'daemon.json', 'exec', 'qemu', 'logs', 'state.json'].map(
    (name) => `${folder}/${name}`,
  );
}

/** What a run has noted in the folder; null when there is none. */
export async function readRunState(machine: Machine, folder: string): Promise<RunStateDocument | null> {
  const text = await machine.readFile(stateFile(folder));
  if (text === null) return null;
  try {
    return runStateSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw new ConfigurationError(
      `${stateFile(folder)} names what an earlier run left on ${machine.name}, but it cannot be read: ${messageOf(thrown)}; remove the things it names, then the file`,
      { cause: thrown },
    );
  }
}

async function endProcesses(machine: Machine, state: RunStateDocument): Promise<string[]> {
  const alive = await Promise.all(
    state.processes.map(async (known) => (await markProcess(machine, known.pid))?.startTicks === known.startTicks),
  );
  const left = state.processes.filter((_, index) => alive[index]);
  await killProcesses(machine, left);
  return left.map((known) => `process ${known.pid} (${known.what})`);
}

async function giveNicsBack(machine: Machine, { nics }: RunStateDocument): Promise<string[]> {
  const given: string[] = [];
  for (const record of Object.values(nics)) {
    const done = await giveNicBack(machine, record);
    if (done !== null) given.push(done);
  }
  return given;
}

async function deleteNamespaces(machine: Machine, state: RunStateDocument): Promise<string[]> {
  const removed: string[] = [];
  for (const [name, inode] of Object.entries(state.namespaces)) {
    const found = await namespaceInode(machine, name);
    if (found === null || (inode !== null && found !== inode)) continue;
    await killProcesses(machine, await processesInNamespace(machine, name));
    await machine.run(ip('netns', 'del', name), { timeoutSeconds: 10 });
    removed.push(`network namespace ${name}`);
  }
  return removed;
}

/** Everything inside a namespace that a run made is that run's. */
export async function processesInNamespace(machine: Machine, name: string): Promise<ProcessMark[]> {
  const { stdout } = await machine.run(ip('netns', 'pids', name), { timeoutSeconds: 10 });
  const marks = await Promise.all(
    stdout
      .split(/\s+/)
      .filter(Boolean)
      .map((pid) => markProcess(machine, Number(pid))),
  );
  return marks.filter((mark) => mark !== null);
}

/** null when there is no namespace of that name. */
export async function namespaceInode(machine: Machine, name: string): Promise<number | null> {
  const command = { program: 'stat', args: ['-L', '-c', '%i', `/run/netns/${name}`] };
  const { exitCode, stdout } = await machine.run(command, { timeoutSeconds: 5, allowFailure: true });
  return exitCode === 0 ? Number(stdout) : null;
}

/** After the processes, which may still use what was set. A setting that somebody has changed since is theirs. */
async function restoreSettings(machine: Machine, state: RunStateDocument): Promise<string[]> {
  const restored: string[] = [];
  for (const [path, { former, written }] of Object.entries(state.settings)) {
    if ((await machine.readFile(path))?.trim() !== written) continue;
    await machine.run({ program: 'sh', args: ['-c', 'echo "$1" >"$0"', path, former] }, { timeoutSeconds: 60 });
    restored.push(`setting ${path} ${written}`);
  }
  return restored;
}

async function unmountNetns(machine: Machine, state: RunStateDocument): Promise<void> {
  if (state.netnsMountExisted || !(await isNetnsMounted(machine))) return;
  const { stdout } = await machine.run(ip('netns', 'list'), { timeoutSeconds: 5 });
  if (stdout.trim() !== '') return;
  await machine.run({ program: 'umount', args: ['/run/netns'] }, { timeoutSeconds: 5 });
  await machine.run({ program: 'rmdir', args: ['/run/netns'] }, { timeoutSeconds: 5, allowFailure: true });
}

/** The kernel empties a cgroup a moment after its last process has ended, so one refusal is no verdict. */
async function removeCgroups(machine: Machine): Promise<void> {
  const find: Command = {
    program: 'find',
    args: [
      '/sys/fs/cgroup',
      '-depth',
      '-type',
      'd',
      // Without root those of a run of root are none of ours.
      '-writable',
      '(',
      '-name',
      cgroupParent.slice(1),
      '-o',
      '-path',
      `*${cgroupParent}/*`,
      ')',
    ],
  };
  const deadline = performance.now() + 5000;
  for (;;) {
    const { stdout } = await machine.run(find, { timeoutSeconds: 10, allowFailure: true });
    const folders = stdout.split('\n').filter(Boolean);
    if (folders.length === 0) return;
    if (performance.now() > deadline)
      throw new MeasurementError(`cgroup ${folders[0]} cannot be removed: it still has processes`);
    await machine.run({ program: 'rmdir', args: folders }, { timeoutSeconds: 10, allowFailure: true });
    await sleep(20);
  }
}
