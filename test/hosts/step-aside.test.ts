import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseContainer } from '../../src/guests/release-container.ts';
import { choosePlacement, stepAside } from '../../src/hosts/step-aside.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { onCpus, startOn } from '../../src/machines/start-on.ts';

describe('choosePlacement', () => {
  it('leaves the harness what no guest has', () => {
    expect(choosePlacement([0, 1, 2, 3], [1, 2])).toEqual({ harness: '0,3', guests: '0-3' });
    expect(choosePlacement([0, 1], [1, 9])).toEqual({ harness: '0', guests: '0-1' });
  });

  it('moves nothing when guests have all CPUs, or none that is there', () => {
    expect(choosePlacement([0, 1], [0, 1])).toBeNull();
    expect(choosePlacement([0, 1], [])).toBeNull();
    expect(choosePlacement([0, 1], [7])).toBeNull();
  });
});

describe('startOn', () => {
  it('wraps what goes on in the background, and nothing else', async () => {
    expect(onCpus('0-1', { program: 'qemu', args: ['-m', '1'] })).toEqual({
      program: 'taskset',
      args: ['--cpu-list', '0-1', 'qemu', '-m', '1'],
    });
    const machine = createLocalMachine();
    expect(startOn(machine, '0').run).toBe(machine.run);
  });
});

/** A process of its own with children: affinity is really changed. */
describe.skipIf(os.availableParallelism() < 2)('stepAside on this machine', () => {
  const machine = createLocalMachine();
  let child: ReturnType<typeof spawn>;
  let pid: number;
  const affinity = async (process: number) =>
    /^Cpus_allowed_list:\s*(\S+)$/m.exec(await readFile(`/proc/${process}/status`, 'utf8'))?.[1];
  const childOf = async (process: number) =>
    Number((await readFile(`/proc/${process}/task/${process}/children`, 'utf8')).trim());

  beforeEach(async () => {
    child = spawn('sh', ['-c', 'read line; sleep 60 & echo started; read line; kill $!'], { stdio: 'pipe' });
    pid = child.pid ?? 0;
  });
  afterEach(async () => {
    child.stdin?.end('\n\n');
    await new Promise((resolve) => child.once('exit', resolve));
  });
  const startGrandchild = async () => {
    const started = new Promise((resolve) => child.stdout?.once('data', resolve));
    child.stdin?.write('\n');
    await started;
    return childOf(pid);
  };

  it('keeps the process and what it starts off the CPUs of guests, and undoes it', async () => {
    const before = await affinity(pid);
    const { placement, said, undo } = await stepAside(machine, pid, [1]);
    expect(placement?.guests).toBe(before);
    expect(said).toBe(`the profiles give CPU 1 to guests: the measuring programs run on CPU ${placement?.harness}`);
    expect(await affinity(pid)).toBe(placement?.harness);
    const grandchild = await startGrandchild();
    expect(await affinity(grandchild)).toBe(placement?.harness);

    await releaseContainer(machine, pid, placement?.guests ?? '');
    expect([await affinity(pid), await affinity(grandchild)]).toEqual([before, before]);

    await undo();
    expect(await affinity(pid)).toBe(before);
  });

  it('says when no CPU would be left, and moves nothing', async () => {
    const before = await affinity(pid);
    const all = Array.from({ length: 512 }, (_, cpu) => cpu);
    const { placement, said } = await stepAside(machine, pid, all);
    expect(placement).toBeNull();
    expect(said).toMatch(
      /^the profiles give CPU 0-511 to guests, of CPU .* that there is: the measuring programs stay/,
    );
    expect(await affinity(pid)).toBe(before);
  });

  it('says nothing when no profile pins', async () => {
    expect((await stepAside(machine, pid, [])).said).toBeNull();
  });
});
