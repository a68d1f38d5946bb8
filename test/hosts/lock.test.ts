import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { acquireLock, awaitLock } from '../../src/hosts/lock.ts';
import { leaseSeconds } from '../../src/hosts/lock-owner.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();
const now = new Date('2026-01-02T03:04:05Z');
const emptyFolder = () => mkdtemp(join(tmpdir(), 'tunegate-lock-'));

describe('the host lock', () => {
  it('keeps a second run out, naming the owner and since when', async () => {
    const folder = await emptyFolder();
    const release = await acquireLock(machine, folder, process.pid, now);
    const second = acquireLock(machine, folder, process.pid, now);
    await expect(second).rejects.toThrow(ConfigurationError);
    await expect(second).rejects.toThrow(`process ${process.pid} since 2026-01-02T03:04:05.000Z`);
    await release();
    const releaseAgain = await acquireLock(machine, folder, process.pid, now);
    await releaseAgain();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken by whoever hears too late that it was', async () => {
    const folder = await emptyFolder();
    const late: typeof machine = {
      ...machine,
      run: async (command, options) => {
        const outcome = await machine.run(command, options);
        return command.program === 'ln' ? { ...outcome, exitCode: null, signal: 'SIGTERM', timedOut: true } : outcome;
      },
    };
    const release = await acquireLock(late, folder, process.pid, now);
    await expect(acquireLock(late, folder, process.pid, now)).rejects.toThrow(ConfigurationError);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is waited for while its owner cleans up', async () => {
    const folder = await emptyFolder();
    const release = await acquireLock(machine, folder, process.pid, now);
    const { signal } = new AbortController();
    const waiting = awaitLock(machine, folder, process.pid, now, { signal });
    await sleep(300);
    await release();
    const releaseAgain = await waiting;
    await releaseAgain();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is waited for longer by whoever is patient, who is told once for whom', async () => {
    const folder = await emptyFolder();
    const release = await acquireLock(machine, folder, process.pid, now);
    const told: string[] = [];
    const { signal } = new AbortController();
    const patience = { signal, seconds: 60, onWait: (sentence: string) => told.push(sentence) };
    const waiting = awaitLock(machine, folder, process.pid, now, patience);
    await expect.poll(() => told, { timeout: 10_000 }).toHaveLength(1);
    expect(told[0]).toContain(`is already being measured by process ${process.pid}`);
    await release();
    await (await waiting)();
    expect(told).toHaveLength(1);
  });

  it('takes over the lock of a process that is gone', async () => {
    const folder = await emptyFolder();
    const owner = spawn('sleep', ['60']);
    await acquireLock(machine, folder, owner.pid ?? 0, now);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const release = await acquireLock(machine, folder, process.pid, now);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await release();
  });

  it('is not fooled by a new process with the number of the old owner', async () => {
    const folder = await emptyFolder();
    const recycled = { pid: process.pid, startTicks: 1, since: '2020-01-01T00:00:00Z' };
    await writeFile(join(folder, 'lock'), JSON.stringify(recycled));
    const release = await acquireLock(machine, folder, process.pid, now);
    await release();
  });

  it('goes to exactly one of many that ask at once, also when the old one is stale', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'lock'), 'no lock at all');
    const owners = Array.from({ length: 8 }, () => spawn('sleep', ['60']));
    const attempts = await Promise.allSettled(owners.map(({ pid }) => acquireLock(machine, folder, pid ?? 0, now)));
    for (const owner of owners) owner.kill();
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['lock']);
  });
});

describe('the lock of a host that is measured from another machine', () => {
  /** Another machine to the lock, with this one's files. */
  const host = { ...createLocalMachine(), name: 'tuned' };
  const take = (folder: string, pid = process.pid) => acquireLock(host, folder, pid, now, machine);
  const readLock = async (folder: string) => JSON.parse(await readFile(join(folder, 'lock'), 'utf8'));

  it('names the machine of its owner, whom it can be looked at from', async () => {
    const folder = await emptyFolder();
    const release = await take(folder);
    expect(await readLock(folder)).toMatchObject({ pid: process.pid, controller: { host: hostname() } });
    await expect(take(folder)).rejects.toThrow(
      `tuned is already being measured by process ${process.pid} on ${hostname()} since 2026-01-02T03:04:05.000Z, renewed `,
    );
    // Also who measures on that machine itself is kept out.
    await expect(acquireLock(host, folder, process.pid, now)).rejects.toThrow(/already being measured/);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is stale at once when its owner is known to be gone', async () => {
    const folder = await emptyFolder();
    const owner = spawn('sleep', ['60']);
    await take(folder, owner.pid);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await (await take(folder))();
  });

  it('of an owner on yet another machine is held for as long as it is renewed, whatever runs here', async () => {
    const folder = await emptyFolder();
    const controller = { host: 'far', bootId: 'another', pidNamespace: 'pid:[1]' };
    // A number that nobody has here.
    const owner = { pid: 4_000_000, startTicks: 1, since: '2020-01-01T00:00:00Z', controller };
    await writeFile(join(folder, 'lock'), JSON.stringify(owner));
    await expect(take(folder)).rejects.toThrow(
      /by process 4000000 on far since 2020-01-01T00:00:00Z, renewed \d+ s ago/,
    );
    const age = (seconds: number) => utimes(join(folder, 'lock'), new Date(), new Date(Date.now() - seconds * 1000));
    await age(leaseSeconds - 60);
    await expect(take(folder)).rejects.toThrow(/already being measured/);
    await age(leaseSeconds + 60);
    await (await take(folder))();
  });

  it('is renewed, and told to be lost when it was taken over', async () => {
    const folder = await emptyFolder();
    const lock = await take(folder);
    const old = new Date(Date.now() - 500_000);
    await utimes(join(folder, 'lock'), old, old);
    await lock.renew();
    expect((await stat(join(folder, 'lock'))).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    const taken = { ...(await readLock(folder)), pid: 7, controller: { host: 'far', bootId: 'b', pidNamespace: 'n' } };
    await writeFile(join(folder, 'lock'), JSON.stringify(taken));
    await expect(lock.renew()).rejects.toThrow(/tuned is no longer ours to measure: .* taken over by process 7 on far/);
    // What is another's stays.
    await lock();
    expect(await readdir(folder)).toEqual(['lock']);
  });
});
