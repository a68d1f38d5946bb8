import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { machineFolders } from '../../src/hosts/folders.ts';
import { buildGuestImage } from '../../src/images/guest-image.ts';
import { guestServer } from '../../src/images/guest-tree.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { describeWith } from '../requirements.ts';

const machine = createLocalMachine();
const { signal } = new AbortController();
const dockerfile = new URL('../../runner-setup/netbench/Dockerfile', import.meta.url);
const tag = 'tunegate-netbench:test';

describeWith(['root', 'docker'], 'the Dockerfile for a registry', () => {
  let folder: string;
  let prepared: PreparedMachine;

  const run = async (program: string, ...args: string[]) =>
    (await machine.run({ program, args }, { timeoutSeconds: 60 })).stdout;
  const docker = (...args: string[]) =>
    run('/usr/bin/docker', '--host', `unix://${machineFolders.state}/docker.sock`, ...args);

  /** Every path with its kind, mode and target, and the SHA-256 of every file, as a container of the image has them. */
  const list = async (reference: string, name: string) => {
    const container = (await docker('create', '--network', 'none', reference, guestServer)).trim();
    const place = join(folder, name);
    await mkdir(place);
    await docker('export', '--output', `${place}.tar`, container);
    await docker('rm', container);
    await run('tar', '-C', place, '-xf', `${place}.tar`);
    const paths = await run('find', place, '-mindepth', '1', '-printf', '%P %y %m %l\\n');
    const hashes = await run('find', place, '-type', 'f', '-exec', 'sha256sum', '{}', '+');
    return [...paths.split('\n'), ...hashes.replaceAll(`${place}/`, '').split('\n')].sort();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-netbench-'));
    prepared = await prepareMachine({
      machine,
      folders: machineFolders,
      run: 'netbench-test',
      guests: ['docker'],
      logFolder: folder,
      pid: process.pid,
      watch: () => {},
      signal,
      now: () => new Date(),
    });
  }, 120_000);

  afterAll(async () => {
    await docker('rmi', '--force', tag);
    await prepared.restore();
    await rm(folder, { recursive: true });
  }, 60_000);

  it('gives exactly the files of the imported image', async () => {
    const image = await buildGuestImage(machine, machineFolders.cache, signal);
    const context = join(folder, 'context');
    await mkdir(context);
    await copyFile(dockerfile, join(context, 'Dockerfile'));
    await copyFile(image.archive, join(context, 'guest.tar'));
    await docker('build', '--network', 'none', '--tag', tag, context);

    const built = await list(tag, 'built');
    expect(built).toEqual(await list(image.reference, 'imported'));
    for (const program of ['usr/bin/netserver', 'usr/bin/iperf3', 'usr/bin/iperf', 'sbin/tunegate-server']) {
      expect(built.filter((line) => line.endsWith(`  ${program}`))).toHaveLength(1);
    }
    const command = await docker('image', 'inspect', '--format', '{{json .Config.Cmd}}', tag);
    expect(JSON.parse(command)).toEqual([guestServer]);
  }, 120_000);
});
