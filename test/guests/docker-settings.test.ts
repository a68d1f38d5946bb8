import { describe, expect, it } from 'vitest';
import { CommandError } from '../../src/errors.ts';
import { applyContainerSettings } from '../../src/guests/docker-settings.ts';
import type { GuestRequest } from '../../src/guests/guest.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { idleMachine } from '../machines/idle-machine.ts';

const request = (parameters: GuestRequest['profile']['parameters']): GuestRequest => ({
  id: 'd001',
  attachment: 'bridge',
  profile: { name: 'test', description: null, compareTo: null, parameters, sha256: '' },
  layers: ['guest'],
  logFile: 'none',
  deadlineSeconds: 1,
  signal: new AbortController().signal,
});

/** `lists`: what the container's cgroup holds each time it is read; `fail`: standard error of the commands of a process. */
function createMachine(lists: readonly string[], fail: Readonly<Record<string, string>> = {}) {
  const commands: string[] = [];
  let reads = 0;
  const machine: Machine = {
    ...idleMachine,
    name: 'fake',
    run: async ({ program, args }) => {
      commands.push([program, ...args].join(' '));
      const stderr = fail[args.at(-1) ?? ''];
      const outcome = { exitCode: 0, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };
      if (stderr !== undefined) {
        throw new CommandError({ program, args, machine: 'fake', ...outcome, exitCode: 1, stderr });
      }
      return outcome;
    },
    readFile: async (path) => {
      if (!path.endsWith('/pids/tunegate/abc/cgroup.procs')) return null;
      reads += 1;
      return lists[Math.min(reads, lists.length) - 1] ?? null;
    },
  };
  return { machine, commands };
}

const chrt = (pid: number) => `nsenter --target 10 --net -- chrt --fifo --all-tasks --pid 20 ${pid}`;
const priority = request({ 'guest.docker.server.priority': 20 });

describe('applyContainerSettings', () => {
  it('sets nothing where nothing is asked for', async () => {
    const { machine, commands } = createMachine(['10\n']);
    expect(await applyContainerSettings(machine, 'abc', 10, request({ 'guest.docker.cpus': 1 }))).toBe(false);
    expect(commands).toEqual([]);
  });

  it('reaches processes that were forked meanwhile', async () => {
    const { machine, commands } = createMachine(['10\n11\n', '10\n11\n12\n']);
    expect(await applyContainerSettings(machine, 'abc', 10, priority)).toBe(true);
    expect(commands).toEqual([chrt(10), chrt(11), chrt(10), chrt(11), chrt(12)]);
  });

  it('passes over a process that ended, and over no other failure', async () => {
    const gone = createMachine(['10\n11\n', '10\n'], { 11: "chrt: failed to set pid 11's policy: No such process" });
    expect(await applyContainerSettings(gone.machine, 'abc', 10, priority)).toBe(true);
    const listed = createMachine(['10\n11\n', '10\n'], {
      11: 'chrt: cannot obtain the list of tasks: No such file or directory',
    });
    expect(await applyContainerSettings(listed.machine, 'abc', 10, priority)).toBe(true);
    const refused = createMachine(['10\n'], { 10: "chrt: failed to set pid 10's policy: Operation not permitted" });
    await expect(applyContainerSettings(refused.machine, 'abc', 10, priority)).rejects.toThrow(
      'Operation not permitted',
    );
  });
});
