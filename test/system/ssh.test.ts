import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CommandError, ConfigurationError, InterruptionError, MeasurementError } from '../../src/errors.ts';
import { markProcess } from '../../src/hosts/processes.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { createSshMachine, type SshMachine } from '../../src/machines/ssh.ts';
import type { SshTarget, SshTiming } from '../../src/machines/ssh-target.ts';
import { describeMachine } from '../machines/machine-contract.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { ordinaryUser, removeLeftovers, type SshServer, startSshServer } from './ssh-server.ts';

const local = createLocalMachine();
const sh = (script: string, ...args: string[]) => ({ program: 'sh', args: ['-c', script, 'sh', ...args] });
const isAlive = async (pid: number) => (await markProcess(local, pid)) !== null;
const quick: SshTiming = { connectSeconds: 3, aliveIntervalSeconds: 1, aliveCount: 2 };

describeWith(['root', 'namespaces', 'ssh', 'sshd', 'ss'], 'machines over ssh', () => {
  let server: SshServer;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  const machines: SshMachine[] = [];

  beforeAll(async () => {
    await removeLeftovers();
    before = await takeSnapshot();
    server = await startSshServer();
  });
  const connect = (target: Partial<SshTarget> = {}, timing?: SshTiming) => {
    const machine = createSshMachine('tuned', { ...server.target('root'), ...target }, timing);
    machines.push(machine);
    return machine;
  };
  afterEach(async () => {
    for (const machine of machines.splice(0)) await machine.close();
  });
  /** The clients of connections that this run has made. */
  const listClients = async () => {
    const { stdout } = await local.run({ program: 'ps', args: ['-e', '-o', 'args='] }, { timeoutSeconds: 5 });
    return stdout.split('\n').filter((line) => line.startsWith('ssh ') && line.includes(`${tmpdir()}/tunegate-ssh-`));
  };
  const listFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('tunegate-ssh-'));
  afterAll(async () => {
    expect([...(await listClients()), ...(await listFolders())]).toEqual([]);
    await server.remove();
    expect(await takeSnapshot()).toEqual(before);
  });

  describe.each(['root', ordinaryUser])('as %s', (user) => {
    let machine: SshMachine;
    beforeAll(() => {
      machine = createSshMachine('tuned', server.target(user));
    });
    // Its own connection stays over all tests, as in use.
    describeMachine(() => ({ machine, folder: server.folder }));
    afterAll(() => machine.close());
  });

  /** A program with a child that does not heed SIGTERM and one that has lost its parent; the pids of all. */
  const startFamily = async (machine: SshMachine, signal?: AbortSignal, timeoutSeconds = 60) => {
    const pidFile = `${server.folder}/${randomUUID()}`;
    const script = `
      sh -c 'trap "" TERM; echo $$ >>"$1"; while :; do sleep 0.2; done' child "$1" &
      sh -c 'sleep 301 & echo $! >>"$1"' lost "$1"
      echo $$ >>"$1"; echo said; sleep 302`;
    const running = machine.run(sh(script, pidFile), { timeoutSeconds, signal });
    running.catch(() => {});
    const readPids = async () => ((await local.readFile(pidFile)) ?? '').split('\n').filter(Boolean).map(Number);
    await expect.poll(async () => (await readPids()).length, { timeout: 15_000 }).toBe(3);
    const pids = await readPids();
    expect(await Promise.all(pids.map(isAlive))).toEqual([true, true, true]);
    return { running, pids, anyAlive: async () => (await Promise.all(pids.map(isAlive))).includes(true) };
  };

  it('ends a program with everything it started when aborted', async () => {
    const controller = new AbortController();
    const { running, anyAlive } = await startFamily(connect(), controller.signal);
    controller.abort(new InterruptionError('SIGINT'));
    await expect(running).rejects.toThrow('interrupted by SIGINT');
    expect(await anyAlive()).toBe(false);
  });

  it('ends a program with everything it started at its deadline', async () => {
    const { running, anyAlive } = await startFamily(connect(), undefined, 3);
    await expect(running).rejects.toThrow(/ran into its deadline: said/);
    expect(await anyAlive()).toBe(false);
  });

  it('notices within seconds that the cable was pulled, and goes on when it is back', async () => {
    const machine = connect();
    const { running, anyAlive } = await startFamily(machine);
    await server.setWire('down');
    const start = performance.now();
    const error = await running.catch((thrown: unknown) => thrown);
    expect(performance.now() - start).toBeLessThan(15_000);
    await server.setWire('up');
    expect(error).toBeInstanceOf(CommandError);
    expect(String(error)).toMatch(/on tuned was cut off, the connection to the machine is lost: .*not responding/);
    expect(error).toMatchObject({ failure: { connectionLost: true, exitCode: null, signal: null, stdout: 'said\n' } });
    expect(await anyAlive()).toBe(true);
    expect((await machine.run(sh('echo back'), { timeoutSeconds: 5 })).stdout).toBe('back\n');
    expect(await anyAlive()).toBe(false);
  });

  it('throws also where failures are allowed, since a lost connection is no answer', async () => {
    const machine = connect({}, quick);
    await machine.run(sh('true'), { timeoutSeconds: 5 });
    const running = machine.run(sh('sleep 300'), { timeoutSeconds: 60, allowFailure: true });
    running.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.kill();
    await expect(running).rejects.toThrow(/connection to the machine is lost/);
    await expect(machine.readFile('/etc/hostname')).rejects.toThrow(CommandError);
    await server.start();
    expect(await machine.readFile('/proc/sys/kernel/ostype')).toBe('Linux\n');
  });

  it('asks again for a session that the server refuses, and says so when it refuses them all', {
    timeout: 60_000,
  }, async () => {
    const restart = async (mostSessions?: number) => {
      await server.kill();
      await server.start(mostSessions);
    };
    onTestFinished(() => restart());
    await restart(3);
    const few = connect();
    const said = Array.from({ length: 8 }, (_, index) =>
      few.run(sh(`sleep 0.5; echo ${index}`), { timeoutSeconds: 20 }),
    );
    expect((await Promise.all(said)).map(({ stdout }) => stdout.trim())).toEqual([...'01234567']);
    await restart(1);
    const none = connect().run(sh('true'), { timeoutSeconds: 40 });
    await expect(none).rejects.toThrow(/opens no further session; accepted are ten at once/);
    await expect(none).rejects.toMatchObject({ failure: { exitCode: null, timedOut: false } });
  });

  it('ends what a killed server left running, at the latest when it is closed', async () => {
    const machine = connect();
    const { running, anyAlive } = await startFamily(machine);
    await server.kill();
    await expect(running).rejects.toThrow(/connection to the machine is lost/);
    await server.start();
    expect(await anyAlive()).toBe(true);
    await machine.close();
    expect(await anyAlive()).toBe(false);
  });

  it('throws the reason of an abort also when the cable is pulled, and says what may still be running', async () => {
    const controller = new AbortController();
    const machine = connect({}, quick);
    const { running, pids, anyAlive } = await startFamily(machine, controller.signal);
    await server.setWire('down');
    controller.abort(new InterruptionError('SIGTERM'));
    const start = performance.now();
    await expect(running).rejects.toThrow('interrupted by SIGTERM');
    expect(performance.now() - start).toBeLessThan(20_000);
    await expect(machine.close()).rejects.toThrow(/process \d+ may still be running on tuned: .*ssh/);
    await expect(machine.close()).rejects.toThrow(MeasurementError);
    machines.pop();
    expect(await anyAlive()).toBe(true);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await server.setWire('up');
  });

  it('does not take another process for the one it is to end', async () => {
    const machine = connect();
    const { running, pids } = await startFamily(machine);
    await server.kill();
    await running.catch(() => {});
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await server.start();
    const [other] = await Promise.all([machine.run(sh('echo well'), { timeoutSeconds: 5 })]);
    expect(other.stdout).toBe('well\n');
  });

  it('lets background programs go on when the connection is lost, and still ends them', async () => {
    const machine = connect({}, quick);
    const logFile = `${server.folder}/${randomUUID()}`;
    const [ending, staying] = [
      await machine.start(sh('sleep 8; echo over'), { logFile }),
      await machine.start(sh('sleep 300'), { logFile: '/dev/null' }),
    ];
    await server.kill();
    await server.start();
    expect([await isAlive(ending.pid), await isAlive(staying.pid)]).toEqual([true, true]);
    expect([ending.hasEnded(), staying.hasEnded()]).toEqual([false, false]);
    expect(await ending.ended).toMatchObject({ exitCode: null, signal: null, stderr: /not known/ as unknown });
    expect(await local.readFile(logFile)).toBe('over\n');
    await staying.stop(1);
    expect(await isAlive(staying.pid)).toBe(false);
  });

  it('leaves background programs alone when it is closed', async () => {
    const machine = connect();
    const background = await machine.start(sh('sleep 300'), { logFile: '/dev/null' });
    await machine.close();
    expect(await isAlive(background.pid)).toBe(true);
    process.kill(-background.pid, 'SIGKILL');
    await expect(machine.run(sh('true'), { timeoutSeconds: 5 })).rejects.toThrow('the connection to tuned is closed');
  });

  it('accepts no more background programs than a server has sessions', async () => {
    const machine = connect();
    const started = await Promise.all(
      Array.from({ length: 8 }, () => machine.start(sh('sleep 300'), { logFile: '/dev/null' })),
    );
    await expect(machine.start(sh('true'), { logFile: '/dev/null' })).rejects.toThrow(/more are not accepted/);
    expect((await machine.run(sh('echo free'), { timeoutSeconds: 5 })).stdout).toBe('free\n');
    await Promise.all(started.map((background) => background.stop(1)));
    await (await machine.start(sh('true'), { logFile: '/dev/null' })).ended;
  });

  it.each([
    ['hostKey', () => ({ hostKey: server.otherHostKey })],
    ['identityFile', () => ({ identityFile: server.otherIdentityFile })],
    ['identityFile', () => ({ identityFile: '/nonexistent' })],
    ['identityFile', () => ({ user: 'nobody-here' })],
  ] as const)('names %s where it does not fit', async (field, change) => {
    const touched = `${server.folder}/${randomUUID()}`;
    const run = connect(change()).run({ program: 'touch', args: [touched] }, { timeoutSeconds: 5 });
    await expect(run).rejects.toThrow(ConfigurationError);
    await expect(run).rejects.toThrow(new RegExp(`^machines\\.tuned\\.ssh\\.${field}: `));
    expect(await local.readFile(touched)).toBeNull();
  });

  it.each([
    ['nobody listens', { port: 2223 }, /ssh .* on tuned.*Connection refused/],
    ['there is no such machine', { host: '198.18.7.77' }, /ssh .* on tuned/],
  ])('says so within seconds when %s', async (_, change, sentence) => {
    const start = performance.now();
    const run = connect(change, quick).run(sh('true'), { timeoutSeconds: 5 });
    await expect(run).rejects.toThrow(sentence);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('stops waiting for a connection when aborted', async () => {
    await server.setWire('down');
    const signal = AbortSignal.timeout(300);
    const start = performance.now();
    await expect(connect({}, quick).run(sh('true'), { timeoutSeconds: 5, signal })).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(2000);
    await server.setWire('up');
  });

  it('holds no connection any more when its process is killed', async () => {
    const clients = await listClients();
    const folders = await listFolders();
    const script = `
      import { createSshMachine } from '${new URL('../../src/machines/ssh.ts', import.meta.url)}';
      const machine = createSshMachine('tuned', JSON.parse(process.argv[1]));
      await machine.run({ program: 'true', args: [] }, { timeoutSeconds: 10 });
      console.log('up');
      setInterval(() => {}, 1000);`;
    const args = ['--input-type=module', '-e', script, JSON.stringify(server.target('root'))];
    const logFile = `${server.folder}/${randomUUID()}`;
    const holder = await local.start({ program: process.execPath, args }, { logFile });
    await expect.poll(() => local.readFile(logFile), { timeout: 20_000 }).toContain('up');
    expect(await listClients()).toHaveLength(clients.length + 1);
    process.kill(holder.pid, 'SIGKILL');
    await expect.poll(listClients, { timeout: 10_000 }).toEqual(clients);
    // What a killed process cannot do itself.
    const left = (await listFolders()).filter((name) => !folders.includes(name));
    expect(left).toHaveLength(1);
    await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true })));
  });

  it('opens one connection, however many commands begin at once', async () => {
    const machine = connect();
    await Promise.all(Array.from({ length: 20 }, () => machine.run(sh('true'), { timeoutSeconds: 20 })));
    const titles = await Promise.all(
      (await server.listProcesses()).map((pid) => local.readFile(`/proc/${pid}/cmdline`)),
    );
    expect(titles.filter((title) => title?.startsWith('sshd: root@'))).toHaveLength(1);
  });
});
