import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { buildIdleBoot, renderIdleProgram } from '../../../src/lab/idle-profile.ts';
import { labHosts } from '../../../src/lab/lab.ts';
import { buildPreparationScript, padToSectors } from '../../../src/lab/preparation-script.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

const machine = createLocalMachine();
const [stock] = labHosts;
if (stock === undefined) throw new Error('the lab has a host');
const keys = { hostKey: 'private\n', hostPublicKey: 'ssh-ed25519 AAAA\n', authorizedKey: "ssh-ed25519 BBBB it's\n" };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tunegate-lab-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function runShell(script: string): Promise<void> {
  await machine.run({ program: 'sh', args: ['-e'] }, { timeoutSeconds: 10, input: script });
}

describe('the script that prepares a disk', () => {
  const script = buildPreparationScript(stock, { flavour: '-rt-amd64', words: ['isolcpus=1', 'nohz_full=1'] }, keys);

  it('writes every file as it is meant, whatever it holds', async () => {
    const lines = script.split('\nchmod 700')[0]?.split('\n').slice(1).join('\n') ?? '';
    await runShell(lines.replaceAll("put '/", `put '${folder}/`));
    const read = (path: string) => readFile(folder + path, 'utf8');
    expect(await read('/root/.ssh/authorized_keys')).toBe(keys.authorizedKey);
    expect(await read('/etc/hostname')).toBe('stock\n');
    expect(await read('/etc/default/grub.d/lab.cfg')).toBe(
      "GRUB_CMDLINE_LINUX_DEFAULT='quiet isolcpus=1 nohz_full=1'\n",
    );
    expect((await stat(`${folder}/etc/ssh/ssh_host_ed25519_key`)).mode & 0o777).toBe(0o600);
  });

  it('is read as a disk of whole sectors', () => {
    for (const text of ['', 'a', 'ä'.repeat(256), 'x'.repeat(511), script]) {
      const padded = padToSectors(text);
      expect(Buffer.byteLength(padded) % 512).toBe(0);
      expect(padded.trimEnd()).toBe(text.trimEnd());
    }
  });

  // What grub.cfg of the image has; `ls /boot` is taken from a folder.
  const entry = (release: string) =>
    `menuentry 'Debian' --class debian $menuentry_id_option 'gnulinux-${release}-advanced-1b-2c' {\n}\n`;
  it.each([
    ['-amd64', '6.12.95+deb12-amd64'],
    ['-rt-amd64', '6.12.95+deb12-rt-amd64'],
  ])('takes the newest kernel ending in %s for the default entry', async (flavour, release) => {
    const releases = ['6.1.2+deb12-amd64', '6.12.95+deb12-amd64', '6.12.95+deb12-rt-amd64', '6.12.9+deb12-rt-amd64'];
    await runShell(
      `mkdir -p ${folder}/grub; cd ${folder}; touch ${releases.map((name) => `vmlinuz-${name}`).join(' ')}`,
    );
    await machine.writeFile(`${folder}/grub/grub.cfg`, releases.map(entry).join(''));
    const whole = buildPreparationScript(stock, { flavour, words: [] }, keys);
    const lines = whole.slice(whole.indexOf('release='), whole.indexOf('touch /etc/.updated'));
    const { stdout } = await machine.run(
      { program: 'sh', args: ['-e'] },
      { timeoutSeconds: 10, input: lines.replaceAll('/boot', folder).replace('grub-set-default', 'echo') },
    );
    expect(stdout).toBe(`gnulinux-${release}-advanced-1b-2c\n`);
  });
});

describe('how a host idles', () => {
  it('is a kernel of the disk and the words of its profile', () => {
    expect(buildIdleBoot({ name: 'stock', parameters: {} })).toEqual({ flavour: '-amd64', words: [] });
    expect(buildIdleBoot({ name: 'rt', parameters: { 'host-boot.kernel': 'debian-6.12-rt' } })).toMatchObject({
      flavour: '-rt-amd64',
    });
    const asked = { name: 'old', parameters: { 'host-boot.kernel': 'debian-6.1' } };
    expect(() => buildIdleBoot(asked)).toThrow(ConfigurationError);
    expect(() => buildIdleBoot(asked)).toThrow(
      /old asks for the kernel debian-6.1, hosts of the lab have debian-6.12 and/,
    );
  });

  it('is set by a program that writes texts as they are and stops at the first failure', async () => {
    const path = `${folder}/it's a file`;
    const program = renderIdleProgram([
      { kind: 'write', path, text: "$(echo bad) 'quoted' `x` \\n" },
      { kind: 'run', program: 'touch', args: [`${folder}/a b`, `${folder}/$HOME`] },
      { kind: 'run', program: 'false', args: [] },
      { kind: 'run', program: 'touch', args: [`${folder}/never`] },
    ]);
    await expect(runShell(program)).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe("$(echo bad) 'quoted' `x` \\n\n");
    await stat(`${folder}/a b`);
    await stat(`${folder}/$HOME`);
    await expect(stat(`${folder}/never`)).rejects.toThrow();
  });
});
