import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ConfigurationError, MeasurementError } from '../../src/errors.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { restoreTreatment } from '../../src/hosts/treatment/restore-treatment.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { removeLeftovers, type SshServer, startSshServer } from './ssh-server.ts';

/** A setting that no test and no program here looks at; each network namespace has its own. */
const parameter = 'host.sysctl.net.ipv4.tcp_wmem';
const path = '/proc/sys/net/ipv4/tcp_wmem';
const tuned = '4096 16384 4194300';
const machine = createLocalMachine();

describeWith(['root', 'namespaces', 'ssh', 'sshd', 'ss'], 'the privileged program prepares a host', () => {
  let base: string;
  let folders: { parent: string; inventories: string };
  let server: SshServer;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let original: string;

  const readHere = async () => (await readFile(path, 'utf8')).trim().replaceAll('\t', ' ');
  /** In the network of the server, which is another host's as far as this setting goes. */
  const readThere = async () => {
    const { stdout } = await machine.run(inNamespace('sshtest-server', { program: 'cat', args: [path] }), {
      timeoutSeconds: 5,
    });
    return stdout.trim().replaceAll('\t', ' ');
  };

  /** As a process of its own, since that is what ends a preparation. Throws with the program's own sentence. */
  const run = async (verb: string, id: string, document: object | null) => {
    const args = ['test/cli/root/other-folders.ts', folders.parent, folders.inventories, verb, id];
    const options = { timeoutSeconds: 110, input: JSON.stringify(document), allowFailure: true };
    const { exitCode, stderr } = await machine.run({ program: process.execPath, args }, options);
    if (exitCode !== 0) throw new (exitCode === 2 ? ConfigurationError : MeasurementError)(stderr.trim());
    return stderr;
  };
  const profile = (value: string) =>
    `name: tuned\nparameters:\n  ${parameter}: "${value}"\n  guest.docker.memory: 256MiB\n`;
  const prepare = (id: string, value: string, more: object = {}) =>
    run('prepare', id, { schema: 'tunegate.prepare/1', profile: profile(value), layers: ['host'], ...more });
  const remove = (id: string) => run('remove', id, null);
  const readChecks = async (id: string) =>
    JSON.parse(await readFile(findRunFolders(id, folders.parent).checks, 'utf8'));
  const listed = { host: { inventory: 'lab', machine: 'tuned' } };

  beforeAll(async () => {
    await removeLeftovers();
    server = await startSshServer();
    return () => server.remove();
  });
  beforeEach(async () => {
    before = await takeSnapshot();
    original = await readHere();
    expect(original).not.toBe(tuned);
    base = await mkdtemp(join(tmpdir(), 'prepare-system-'));
    folders = { parent: join(base, 'runs'), inventories: join(base, 'etc') };
    await mkdir(folders.inventories, { mode: 0o755 });
    const { host, port, user, identityFile, hostKey, namespace } = server.target('root');
    const ssh = { host, port, user, identityFile, hostKey, namespace };
    const machines = { tuned: { role: 'host', nic: 'sshtest0', ssh }, load: { role: 'client', nic: 'eth7' } };
    await writeFile(join(folders.inventories, 'lab.yaml'), JSON.stringify({ machines }), { mode: 0o644 });
  });
  afterEach(async () => {
    expect([await readHere(), await readThere()]).toEqual([original, original]);
    expect(await takeSnapshot()).toEqual(before);
    await rm(base, { recursive: true });
  });

  it('sets what is asked of this machine, proves it, and puts exactly back what was there', async () => {
    await prepare('one', tuned);
    expect([await readHere(), await readThere()]).toEqual([tuned, original]);
    expect(await readChecks('one')).toMatchObject([{ parameter, requested: tuned, result: 'verified' }]);
    expect(await remove('one')).toContain('Profile tuned is restored on local: 1 settings put back.');
    expect(existsSync(folders.parent)).toBe(false);
  });

  it('does the same on a host of an inventory that root keeps, over ssh, and here nothing changes', async () => {
    await prepare('one', tuned, listed);
    expect([await readHere(), await readThere()]).toEqual([original, tuned]);
    expect(await remove('one')).toContain('Profile tuned is restored on tuned: 1 settings put back.');
  });

  it('takes back what a job that was killed with everything has left, before it prepares for the next one', async () => {
    await prepare('killed', tuned);
    await expect(prepare('other', '4096 16384 4194299', listed)).rejects.toThrow(/lock|restored/);
    await remove('other');
    await prepare('next', tuned);
    expect(existsSync(findRunFolders('killed', folders.parent).folder)).toBe(false);
    expect(await readHere()).toBe(tuned);
    await remove('killed');
    expect(await readHere()).toBe(tuned);
    await remove('next');
  });

  it('leaves alone what somebody else has applied meanwhile', async () => {
    await prepare('one', tuned);
    await restoreTreatment(machine, machineFolders.state);
    await remove('one');
    expect(await readHere()).toBe(original);
  });

  it('does not boot the machine that it runs on', async () => {
    const request = { schema: 'tunegate.prepare/1', profile: profile(tuned), layers: ['host-boot', 'host'] };
    const booting = run('prepare', 'one', request);
    await expect(booting).rejects.toThrow(ConfigurationError);
    await expect(booting).rejects.toThrow(/a runner cannot boot the machine that it runs on/);
    await remove('one');
  });

  it('does not read an inventory that others can write, nor one that is not there', async () => {
    await chmod(join(folders.inventories, 'lab.yaml'), 0o666);
    await expect(prepare('one', tuned, listed)).rejects.toThrow(/has mode 666/);
    await remove('one');
    const other = { host: { inventory: 'other', machine: 'tuned' } };
    await expect(prepare('two', tuned, other)).rejects.toThrow(/other.yaml cannot be looked at/);
    await remove('two');
  });

  it('prepares no machine of it that is no host', async () => {
    const client = { host: { inventory: 'lab', machine: 'load' } };
    await expect(prepare('one', tuned, client)).rejects.toThrow(/load is a client/);
    await remove('one');
  });
});
