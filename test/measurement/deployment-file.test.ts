import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deploymentSchema, type GuestHandle } from '../../src/guests/deployment.schema.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { withDeploymentFile } from '../../src/measurement/deployment-file.ts';

const machine = createLocalMachine();
const container = 'ab'.repeat(32);

describe('withDeploymentFile', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const running = (handle: GuestHandle | null) => ({
    ...{ machine, folder, id: 'd001', bootId: 'boot', attachment: 'bridge' as const, layers: ['guest'] as const },
    profile: { name: 'tuned', sha256: '0'.repeat(64) },
    guest: { address: '198.18.0.16', handle },
  });
  const file = () => join(folder, 'deployment.json');
  const handle = { kind: 'docker', pid: process.pid, container, dockerSocket: '/state/docker.sock' } as const;

  it('describes the guest while the work lasts, and leaves no file', async () => {
    const text = await withDeploymentFile(running(handle), () => readFile(file(), 'utf8'));
    expect(deploymentSchema.parse(JSON.parse(text))).toEqual({
      schema: 'tunegate.deployment/1',
      ...{ id: 'd001', bootId: 'boot', startTicks: expect.any(Number), attachment: 'bridge' },
      ...{ address: '198.18.0.16', layers: ['guest'], profile: { name: 'tuned', sha256: '0'.repeat(64) } },
      guest: handle,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes the file of work that fails', async () => {
    const work = async () => {
      expect(existsSync(file())).toBe(true);
      throw new Error('no sample');
    };
    await expect(withDeploymentFile(running(handle), work)).rejects.toThrow('no sample');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a guest that is none', null],
    ['a guest that has ended', { ...handle, pid: 2 ** 30 }],
  ])('writes nothing of %s', async (_, gone) => {
    expect(await withDeploymentFile(running(gone), async () => existsSync(file()))).toBe(false);
  });
});
