import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError, InterruptionError } from '../../src/errors.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();
const sh = (script: string) => ({ program: 'sh', args: ['-c', script] });

describe('the local machine', () => {
  it('gives output and exit code', async () => {
    const outcome = await machine.run(sh('echo out; echo err >&2'), { timeoutSeconds: 5 });
    expect(outcome).toMatchObject({ exitCode: 0, signal: null, timedOut: false, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands arguments over as they are, without a shell', async () => {
    const outcome = await machine.run({ program: 'printf', args: ['%s|', '$HOME', 'a b', '"'] }, { timeoutSeconds: 5 });
    expect(outcome.stdout).toBe('$HOME|a b|"|');
  });

  it('runs tools in the C locale', async () => {
    expect((await machine.run(sh('echo $LC_ALL'), { timeoutSeconds: 5 })).stdout).toBe('C\n');
  });

  it('throws a sentence with the last lines of what the program said', async () => {
    const run = machine.run(sh('echo first >&2; echo last >&2; exit 3'), { timeoutSeconds: 5 });
    await expect(run).rejects.toThrow(CommandError);
    await expect(run).rejects.toThrow(/on local ended with exit code 3: first \/ last$/);
  });

  it('returns a failure when told to', async () => {
    expect(await machine.run(sh('exit 3'), { timeoutSeconds: 5, allowFailure: true })).toMatchObject({ exitCode: 3 });
  });

  it('says that a program does not exist', async () => {
    const run = machine.run({ program: 'tunegate-no-such-program', args: [] }, { timeoutSeconds: 5 });
    await expect(run).rejects.toThrow(/could not be started/);
    await expect(run).rejects.toThrow(/ENOENT/);
  });

  it('ends a program at its deadline', async () => {
    const run = machine.run(sh('exec sleep 30'), { timeoutSeconds: 0.2 });
    await expect(run).rejects.toThrow(/ran into its deadline/);
  });

  it('ends a program when aborted, and throws the reason', async () => {
    const controller = new AbortController();
    const run = machine.run(sh('exec sleep 30'), { timeoutSeconds: 60, signal: controller.signal });
    controller.abort(new InterruptionError('SIGINT'));
    await expect(run).rejects.toThrow('interrupted by SIGINT');
  });

  it('starts nothing once aborted', async () => {
    const signal = AbortSignal.abort(new InterruptionError('SIGTERM'));
    await expect(machine.run(sh('true'), { timeoutSeconds: 5, signal })).rejects.toThrow('interrupted by SIGTERM');
  });

  it('logs a background program and stops it with its children', async () => {
    const logFile = join(await mkdtemp(join(tmpdir(), 'tunegate-test-')), 'log');
    const background = await machine.start(sh('echo $$; sleep 300 & echo $!; wait'), { logFile });
    await expect.poll(async () => (await readFile(logFile, 'utf8')).split('\n').length).toBeGreaterThan(2);
    const [parent, child] = (await readFile(logFile, 'utf8')).split('\n');
    expect(Number(parent)).toBe(background.pid);
    await background.stop(2);
    await background.stop(2);
    // An orphan that nobody has reaped yet keeps its entry, with an empty command line.
    await expect.poll(() => machine.readFile(`/proc/${child}/cmdline`)).toBeOneOf([null, '']);
    expect(await machine.readFile(`/proc/${parent}/cmdline`)).toBeNull();
  });

  it('kills a background program that ignores SIGTERM', async () => {
    const logFile = join(await mkdtemp(join(tmpdir(), 'tunegate-test-')), 'log');
    const background = await machine.start(sh("trap '' TERM; echo up; while :; do sleep 1; done"), { logFile });
    await expect.poll(async () => readFile(logFile, 'utf8')).toContain('up');
    await background.stop(0.2);
    expect((await background.ended).signal).toBe('SIGKILL');
  });

  it('says that a background program does not exist', async () => {
    const logFile = join(await mkdtemp(join(tmpdir(), 'tunegate-test-')), 'log');
    const start = machine.start({ program: 'tunegate-no-such-program', args: [] }, { logFile });
    await expect(start).rejects.toThrow(/could not be started/);
  });

  it('reads null for a file that is not there, and replaces files whole', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'tunegate-test-')), 'file');
    expect(await machine.readFile(file)).toBeNull();
    await machine.writeFile(file, 'one');
    await machine.writeFile(file, 'two');
    expect(await machine.readFile(file)).toBe('two');
  });
});
