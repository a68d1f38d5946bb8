import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  isAlive,
  killProcesses,
  markProcess,
  type ProcessMark,
  parseProcessStat,
  sendSignal,
} from '../../src/hosts/processes.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();

async function startSleep(): Promise<{ mark: ProcessMark; ended: Promise<unknown> }> {
  const child = spawn('sleep', ['60']);
  const mark = await markProcess(machine, child.pid ?? 0);
  if (mark === null) throw new Error('sleep did not start');
  return { mark, ended: once(child, 'exit') };
}

describe('processes by their marks', () => {
  it('are killed, and gone afterwards', async () => {
    const { mark, ended } = await startSleep();
    expect(await isAlive(machine, mark)).toBe(true);
    await killProcesses(machine, [mark]);
    await ended;
    expect(await isAlive(machine, mark)).toBe(false);
    await killProcesses(machine, [mark]);
  });

  it('are left alone when the number belongs to another process by now', async () => {
    const { mark, ended } = await startSleep();
    await killProcesses(machine, [{ ...mark, startTicks: mark.startTicks - 1 }]);
    expect(await isAlive(machine, mark)).toBe(true);
    await killProcesses(machine, [mark]);
    await ended;
  });

  it('that end by themselves are no failure, a missing program is one', async () => {
    await expect(sendSignal(machine, 'TERM', ['4194303'])).resolves.toBeUndefined();
    const bare = {
      ...machine,
      run: () => machine.run({ program: 'tunegate-no-kill', args: [] }, { timeoutSeconds: 5, allowFailure: true }),
    };
    await expect(sendSignal(bare, 'TERM', ['1'])).rejects.toThrow(/kill could not be run/);
  });

  it('do not exist for a number that nobody has', async () => {
    expect(await markProcess(machine, 4_194_303)).toBeNull();
  });
});

describe('parseProcessStat', () => {
  it.each(['a b) c', 'a) S (b'])('takes the right fields, whatever the name holds: %s', (name) => {
    const rest = `S ${Array.from({ length: 35 }, (_, index) => 100 + index).join(' ')}`;
    expect(parseProcessStat(`4711 (${name}) ${rest} 3 99 1 0 0 0\n`)).toEqual({
      ...{ name, state: 'S', startTicks: 118, lastCpu: 3, priority: 99, policy: 1 },
    });
  });
});
