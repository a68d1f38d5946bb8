import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProfileCommand } from '../../cli/commands/profile.ts';
import { runCommand } from './fake-surroundings.ts';

/** A guest of which no process carries the mark any more: this one started later than the first tick. */
const gone = {
  schema: 'tunegate.deployment/1',
  ...{ id: 'd003', bootId: 'other', startTicks: 1, attachment: 'bridge', address: '198.18.0.32', layers: ['guest'] },
  profile: { name: 'tuned', sha256: '0'.repeat(64) },
  guest: {
    ...{ kind: 'qemu', pid: process.pid, namespace: 'tghost', device: 'tgt0' },
    ...{ monitor: '/state/d003.second.qmp', channel: '/state/d003.channel' },
  },
};

describe('profile verify', () => {
  let folder: string;
  const run = (...args: readonly string[]) => runCommand(createProfileCommand, ['profile', 'verify', ...args]);
  const verify = async (document: unknown) => {
    const file = join(folder, 'deployment.json');
    await writeFile(file, JSON.stringify(document));
    return run('tuned', '--deployment', file);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('says in one sentence that the guest is gone, with exit code 1', async () => {
    expect(await verify(gone)).toEqual({
      stdout: '',
      stderr: `tunegate: guest d003 (qemu, process ${process.pid}) no longer runs on local, so nothing can be read back from it\n`,
      exitCode: 1,
    });
  });

  it.each([
    ['an unknown key', { ...gone, more: 1 }, 'unknown key "more"'],
    ['another schema', { ...gone, schema: 'tunegate.run/1' }, 'schema must be tunegate.deployment/1, found '],
    ['a kind that cannot be asked', { ...gone, guest: { ...gone.guest, kind: 'bare' } }, 'guest.kind must be '],
    ['a namespace that is a path', { ...gone, guest: { ...gone.guest, namespace: '../x' } }, 'guest.namespace must '],
    ['no process', { ...gone, guest: { ...gone.guest, pid: 0 } }, 'guest.pid must be '],
    ['a list', [], 'the file must be a mapping'],
  ])('refuses %s with exit code 2', async (_, document, message) => {
    const { stdout, stderr, exitCode } = await verify(document);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
  });

  it('says where the file comes from when there is none', async () => {
    const { stderr, exitCode } = await run('tuned', '--deployment', join(folder, 'absent.json'));
    expect(stderr).toMatch(/absent\.json: there is no such file, deployment\.json is accepted, which is in the folder/);
    expect(exitCode).toBe(2);
  });

  it('refuses a profile that does not exist before it looks at the guest', async () => {
    const { stderr, exitCode } = await run('tund', '--deployment', join(folder, 'absent.json'));
    expect(stderr).toContain('there is no profile "tund"');
    expect(exitCode).toBe(2);
  });

  it('has an example', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toContain('Example:\n  tunegate profile verify tuned --machine ');
  });
});
