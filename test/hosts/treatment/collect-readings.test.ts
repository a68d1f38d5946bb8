import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectHostReadings } from '../../../src/hosts/treatment/collect-readings.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import { nastyWords } from '../../machines/machine-contract.ts';

const machine = createLocalMachine();

describe('collectHostReadings', () => {
  let folder: string;
  const put = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const readFiles = async (...files: readonly string[]) => (await collectHostReadings(machine, [{ files }])).files;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('takes off the last line break and nothing else', async () => {
    const path = await put('lines', ' one\n\ttwo %41 ü\n\n');
    expect(await readFiles(path)).toEqual({ [path]: ' one\n\ttwo %41 ü\n' });
  });

  it('reads what is in /proc and /sys', async () => {
    const files = await readFiles('/proc/sys/kernel/osrelease', '/proc/self/cmdline');
    expect(files['/proc/sys/kernel/osrelease']).toMatch(/^\d+\.\d+\S*$/);
    expect(files['/proc/self/cmdline']).toMatch(/^perl\0-e\0/);
  });

  it('has no key for what is absent, a folder, a pipe, a device, too large or not to be read', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const huge = await put('huge', Buffer.alloc(4 * 2 ** 20 + 1, 'x'));
    const whole = await put('whole', Buffer.alloc(4 * 2 ** 20, 'x'));
    const files = await readFiles(join(folder, 'absent'), folder, pipe, '/dev/zero', huge, whole, '/proc/self/mem');
    expect(Object.keys(files)).toEqual([whole]);
    expect(files[whole]?.length).toBe(4 * 2 ** 20);
  });

  it('reads every match of a pattern, and takes * for any part of one name only', async () => {
    await mkdir(join(folder, 'policies', 'policy10', 'deep'), { recursive: true });
    await mkdir(join(folder, 'policies', 'policy2'), { recursive: true });
    await mkdir(join(folder, 'policies', '.policy3'), { recursive: true });
    for (const name of ['policy10/governor', 'policy2/governor', 'policy10/deep/governor', '.policy3/governor'])
      await put(`policies/${name}`, `${name}\n`);
    await put('policies/policy2/[a]{b,c}?', 'brackets');
    expect(await readFiles(`${folder}/policies/p*y*/gov*nor`)).toEqual({
      [`${folder}/policies/policy10/governor`]: 'policy10/governor',
      [`${folder}/policies/policy2/governor`]: 'policy2/governor',
    });
    expect(await readFiles(`${folder}/policies/policy2/[a]{b,c}?`)).toEqual({
      [`${folder}/policies/policy2/[a]{b,c}?`]: 'brackets',
    });
    expect(await readFiles(`${folder}/*/absent`, `${folder}/nothing/*`)).toEqual({});
  });

  it('survives any name and any bytes', async () => {
    const names = [
      ...nastyWords.filter((word) => word !== '' && !/[/*\0]/.test(word) && word.length < 200),
      'a\nb',
      '%',
    ];
    const paths = await Promise.all(names.map((name) => put(`x${name}`, `<${name}>`)));
    expect(await readFiles(...paths)).toEqual(
      Object.fromEntries(paths.map((path, index) => [path, `<${names[index]}>`])),
    );
    const bytes = await put('bytes', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    expect(await readFiles(bytes)).toEqual({
      [bytes]: Buffer.from(Array.from({ length: 256 }, (_, b) => b)).toString(),
    });
  });

  it('gives the output of each program by its command line, and no key for one that failed', async () => {
    const sh = (script: string, ...args: readonly string[]) => ({ program: 'sh', args: ['-c', script, ...args] });
    const hostile = ["it's", '$(id)', '', 'ü\n', '*'];
    const commands = [
      { program: 'printf', args: ['%s|', ...hostile] },
      sh('echo out; echo error >&2'),
      sh('echo half; exit 3'),
      sh('echo half; kill -9 $$'),
      { program: '/nowhere/absent', args: [] },
      { program: 'cat', args: [] },
      { program: 'true', args: [] },
    ];
    const { outputs } = await collectHostReadings(machine, [{ commands }, { commands: commands.slice(0, 2) }]);
    expect(outputs).toEqual({
      [`printf %s| ${hostile.join(' ')}`]: hostile.map((word) => `${word}|`).join(''),
      'sh -c echo out; echo error >&2': 'out\n',
      cat: '',
      true: '',
    });
  });

  it('asks the machine once for everything, and not at all for nothing', async () => {
    const asked: string[] = [];
    const counting: Machine = {
      ...machine,
      run: (command, options) => {
        asked.push(command.program);
        return machine.run(command, options);
      },
    };
    expect(await collectHostReadings(counting, [{}, { files: [] }])).toEqual({ files: {}, outputs: {} });
    expect(asked).toEqual([]);
    const command = { program: 'uname', args: ['-r'] };
    await collectHostReadings(counting, [
      { files: ['/proc/*/stat', '/proc/version'] },
      { commands: [command, command] },
    ]);
    expect(asked).toEqual(['perl']);
  });

  it('is told when what came back is not whole', async () => {
    const cut: Machine = {
      ...machine,
      run: async (command, options) => {
        const outcome = await machine.run(command, options);
        return { ...outcome, stdout: outcome.stdout.replace(/end\n$/, '') };
      },
    };
    await expect(collectHostReadings(cut, [{ files: ['/proc/version'] }])).rejects.toThrow('was cut short');
  });

  it('ends what it runs when it is told to end', async () => {
    const abort = new AbortController();
    const started = performance.now();
    const work = collectHostReadings(machine, [{ commands: [{ program: 'sleep', args: ['17.25'] }] }], abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 200);
    await expect(work).rejects.toThrow('enough');
    expect(performance.now() - started).toBeLessThan(3000);
    const left = { program: 'sh', args: ['-c', 'grep -lz 17.2[5] /proc/[0-9]*/cmdline || true'] };
    // It has been told to end by then, and ends a moment later.
    await expect.poll(async () => (await machine.run(left, { timeoutSeconds: 5 })).stdout, { timeout: 3000 }).toBe('');
  });
});
