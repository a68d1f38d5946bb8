import { chmod, lstat, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowServices, areServicesForbidden, forbidServices } from '../../runner-setup/service-policy.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();

describe('forbidServices and allowServices', () => {
  let folder: string;
  let policy: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-policy-'));
    policy = join(folder, 'policy-rc.d');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const ask = () =>
    machine.run({ program: policy, args: ['docker', 'start'] }, { timeoutSeconds: 5, allowFailure: true });

  it('where there was no policy, there is none afterwards', async () => {
    await forbidServices(machine, policy);
    expect((await ask()).exitCode).toBe(101);
    expect(await areServicesForbidden(machine, policy)).toBe(true);
    await allowServices(machine, policy);
    await allowServices(machine, policy);
    expect(await readdir(folder)).toEqual([]);
    expect(await areServicesForbidden(machine, policy)).toBe(false);
  });

  it('puts a policy back with its text and mode', async () => {
    await writeFile(policy, '#!/bin/sh\nexit 0\n');
    await chmod(policy, 0o750);
    await forbidServices(machine, policy);
    expect((await ask()).exitCode).toBe(101);
    await allowServices(machine, policy);
    expect(await readFile(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
    expect((await stat(policy)).mode & 0o7777).toBe(0o750);
    expect(await readdir(folder)).toEqual(['policy-rc.d']);
  });

  it('puts back a link, also one to nowhere', async () => {
    await symlink('/etc/alternatives/none', policy);
    await forbidServices(machine, policy);
    expect((await ask()).exitCode).toBe(101);
    await allowServices(machine, policy);
    expect((await lstat(policy)).isSymbolicLink()).toBe(true);
    expect(await readlink(policy)).toBe('/etc/alternatives/none');
  });

  it('takes over what a crash left, and still puts back what was there before the crash', async () => {
    await writeFile(policy, '#!/bin/sh\nexit 0\n');
    await forbidServices(machine, policy);
    await forbidServices(machine, policy);
    await allowServices(machine, policy);
    expect(await readFile(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('leaves a policy alone that is not ours', async () => {
    await writeFile(policy, '#!/bin/sh\nexit 101\n');
    expect(await areServicesForbidden(machine, policy)).toBe(false);
    await allowServices(machine, policy);
    expect(await readFile(policy, 'utf8')).toBe('#!/bin/sh\nexit 101\n');
  });
});
