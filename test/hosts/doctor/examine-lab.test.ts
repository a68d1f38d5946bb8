import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../src/errors.ts';
import { examineLab } from '../../../src/hosts/doctor/examine-lab.ts';
import { judgeController } from '../../../src/hosts/doctor/judge-controller.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import type { Inventory, InventoryMachine } from '../../../src/plans/inventory.schema.ts';

const ssh = {
  ...{ host: '192.0.2.11', port: 22, user: 'root', identityFile: '/nowhere/identity' },
  hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKsnrr07nYmRcKTB3iFtTG8Q3eTrO9rwhYJ/Nre7wGkG',
};
const host: InventoryMachine = {
  ...{ role: 'host', ssh, nic: 'lo' },
  power: { on: ['sh'], off: ['sh'], cycle: ['no-such-program'] },
  console: '/nowhere/console.log',
};
const inventory = (machines: Inventory['machines']): Inventory => ({
  ...{ machines, topology: 'inventory', network: '198.18.0.0/24' },
});
const closing = (machine: Machine) => ({ ...machine, close: async () => {} });
const signal = new AbortController().signal;

/** Cannot be reached. */
const refused = (name: string): Machine => ({
  ...createLocalMachine(name),
  run: async () => {
    throw new CommandError({
      ...{ program: 'ssh', args: ['-F', 'none'], machine: 'local', exitCode: 255, signal: null, timedOut: false },
      ...{ stdout: '', stderr: 'Host key verification failed.\n' },
    });
  },
});

/** Says nothing, for ever. */
const silent = (name: string): Machine => ({ ...createLocalMachine(name), run: () => new Promise(() => {}) });

describe('judgeController', () => {
  const way = async (nic: string) => {
    const local = { ...host, ssh: { ...ssh, host: '127.0.0.1' } };
    const checks = await judgeController(
      createLocalMachine(),
      inventory({ stock: local, load: { role: 'client', nic } }),
    );
    return checks.find(({ what }) => what === 'way to the hosts');
  };

  it('wants the way to the hosts to lead over another interface than the one under test', async () => {
    expect(await way('lo')).toMatchObject({
      state: 'missing',
      found: 'machines.load.nic is lo, over which stock is reached',
    });
    expect(await way('enp9s0')).toMatchObject({ state: 'ok' });
  });
});

describe('examineLab', () => {
  it('one that cannot be reached and one that never answers hide none of the others', async () => {
    const machines = { stock: host, tuned: host, load: { role: 'client' as const, nic: 'no-such-nic' } };
    const open = (name: string) =>
      closing(name === 'stock' ? refused(name) : name === 'tuned' ? silent(name) : createLocalMachine(name));
    const controller = createLocalMachine();
    const examination = { inventory: inventory(machines), open, controller, signal, deadlineSeconds: 15 };
    const report = await examineLab(examination);
    const [stock, tuned, load, own] = report.machines;
    expect(report.usable).toBe(false);
    expect(stock?.checks).toEqual([
      {
        what: 'reachable',
        state: 'missing',
        found: 'root@192.0.2.11 cannot be reached: Host key verification failed.',
      },
    ]);
    expect(tuned?.checks).toEqual([
      { what: 'examination', state: 'missing', found: 'it took longer than 15 s and was given up' },
    ]);
    expect(load?.checks.map(({ what }) => what)).toContain('processor');
    expect(load?.checks.find(({ what }) => what === 'NIC under test')).toMatchObject({ state: 'missing' });
    expect(own).toMatchObject({ name: 'this machine', role: 'controller' });
    expect(own?.checks.find(({ what }) => what === 'key for stock')).toMatchObject({ state: 'missing' });
    expect(own?.checks.find(({ what }) => what === 'power of stock')).toEqual({
      ...{ what: 'power of stock', state: 'missing', found: 'there is no program no-such-program here' },
    });
    expect(own?.checks.find(({ what }) => what === 'console of tuned')).toMatchObject({ state: 'attention' });
    expect(report.together[0]).toMatchObject({ what: 'wire', state: 'missing' });
  });

  it('looks at everything that a host needs, for real', { timeout: 90_000 }, async () => {
    const machines = { stock: host };
    const open = (name: string) => closing(createLocalMachine(name));
    const report = await examineLab({ inventory: inventory(machines), open, controller: createLocalMachine(), signal });
    const whats = report.machines[0]?.checks.map(({ what }) => what) ?? [];
    expect(whats).toEqual(
      expect.arrayContaining([
        'reachable',
        'root',
        'tools',
        'system',
        'clock',
        'NIC under test',
        'guest bare',
        'treatment',
      ]),
    );
    expect(whats.some((what) => what.startsWith('boot: '))).toBe(true);
    expect(report.machines[0]?.checks.find(({ what }) => what === 'clock')?.found).toMatch(
      /^0\.0\d\d s (behind|ahead)/,
    );
  });

  it('ends with an abort', async () => {
    const abort = new AbortController();
    const open = (name: string) => closing(silent(name));
    const machines = { stock: host };
    const work = examineLab({
      ...{ inventory: inventory(machines), open, controller: createLocalMachine() },
      signal: abort.signal,
    });
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});
