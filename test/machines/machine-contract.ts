import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CommandError, InterruptionError } from '../../src/errors.ts';
import { markProcess } from '../../src/hosts/processes.ts';
import type { Machine } from '../../src/machines/machine.ts';

const sh = (script: string, ...args: string[]) => ({ program: 'sh', args: ['-c', script, 'sh', ...args] });
const seconds = { timeoutSeconds: 20 };

/** Words that a shell, ssh or a careless parser would make something else of. */
export const nastyWords = [
  ...[
    '',
    ' ',
    '-',
    '--',
    '-o',
    '-e',
    '--help',
    '#',
    '~',
    '~root',
    '*',
    '?',
    '[a]',
    '{a,b}',
    '!',
    '!!',
    '%h',
    '%%',
    '=',
    '@',
  ],
  ...[
    "'",
    "''",
    "'\\''",
    "it's",
    '"',
    '""',
    '\\',
    '\\\\',
    '\\n',
    "\\'",
    '`id`',
    '$(id)',
    '\u0024{HOME}',
    '$HOME',
    '$$',
    "$'a'",
  ],
  ...[
    'a b',
    ' a ',
    'a\tb',
    'a\nb',
    '\n',
    'a\n',
    '\r\n',
    '\x01\x1b[31m\x7f',
    'a;b',
    'a&&b',
    'a|b',
    'a>b',
    '<a',
    '(a)',
    '&',
  ],
  ...[
    'ä',
    '日本語',
    '👩‍👩‍👧',
    'e\u0301',
    '\u202e',
    '\ufeff',
    "'; exit 7; '",
    "' -- '",
    '1 2>&1',
    'A=b',
    '|',
    '\\\n',
    'x'.repeat(50_000),
  ],
];

/** What every machine promises; `open` gives it, and a folder on it that the test may fill. */
export function describeMachine(open: () => { readonly machine: Machine; readonly folder: string }): void {
  const run = (...args: Parameters<Machine['run']>) => open().machine.run(...args);
  const newPath = () => `${open().folder}/${randomUUID()}`;
  const isGone = async (pid: string) => (await markProcess(open().machine, Number(pid))) === null;

  describe('run', () => {
    it('gives output and exit code', async () => {
      const outcome = await run(sh('printf out; printf err >&2'), seconds);
      expect(outcome).toMatchObject({ exitCode: 0, signal: null, timedOut: false, stdout: 'out', stderr: 'err' });
      expect(outcome.seconds).toBeGreaterThan(0);
    });

    it('hands every argument over as it is', async () => {
      const { stdout } = await run({ program: 'printf', args: ['%s\\0', ...nastyWords] }, seconds);
      expect(stdout.split('\0').slice(0, -1)).toEqual(nastyWords);
    });

    it.each(['printf', '/usr/bin/printf'])('finds %s', async (program) => {
      expect((await run({ program, args: ['here'] }, seconds)).stdout).toBe('here');
    });

    it('refuses a null byte', async () => {
      const refused = run({ program: 'echo', args: ['a\0b'] }, seconds);
      await expect(refused).rejects.toThrow(/null bytes/);
    });

    it('runs tools in the C locale, with nothing that a client sent along in their environment', async () => {
      const { stdout } = await run({ program: 'env', args: [] }, seconds);
      expect(stdout).toMatch(/^LC_ALL=C$/m);
      expect(stdout).toMatch(/^PATH=.*\/bin/m);
      expect(stdout).not.toMatch(/^SSH_(CLIENT|TTY|AUTH_SOCK)=/m);
    });

    it.each([1, 3, 126, 127, 128, 129, 143, 254, 255])('tells exit code %i', async (code) => {
      const outcome = await run(sh(`exit ${code}`), { ...seconds, allowFailure: true });
      expect(outcome).toMatchObject({ exitCode: code, signal: null, timedOut: false });
    });

    it.each(['TERM', 'KILL', 'SEGV', 'PIPE', 'HUP', 'INT'])('tells SIG%s', async (name) => {
      const outcome = await run(sh(`kill -${name} $$`), { ...seconds, allowFailure: true });
      expect(outcome).toMatchObject({ exitCode: null, signal: `SIG${name}`, timedOut: false });
    });

    it('throws a sentence with the last lines of what the program said', async () => {
      const failed = run(sh('echo first >&2; echo last >&2; exit 255'), seconds);
      await expect(failed).rejects.toThrow(CommandError);
      await expect(failed).rejects.toThrow(/ on \S+ ended with exit code 255: first \/ last$/);
    });

    it('says that a program does not exist', async () => {
      const missing = { program: 'tunegate-no-such-program', args: [] };
      await expect(run(missing, seconds)).rejects.toThrow(
        /could not be started: spawn tunegate-no-such-program ENOENT/,
      );
      expect(await run(missing, { ...seconds, allowFailure: true })).toMatchObject({ exitCode: null, signal: null });
    });

    it('says that a file is no program', async () => {
      await expect(run({ program: '/etc/passwd', args: [] }, seconds)).rejects.toThrow(/could not be started.*EACCES/);
    });

    it('hands input over to its last byte, and none where none is given', async () => {
      const input = `${'ü\n\0'.repeat(300_000)}end`;
      expect((await run({ program: 'cat', args: [] }, { ...seconds, input })).stdout === input).toBe(true);
      expect((await run({ program: 'cat', args: [] }, { ...seconds, input: '' })).stdout).toBe('');
      expect((await run({ program: 'cat', args: [] }, seconds)).stdout).toBe('');
    });

    it('does not mind a program that leaves its input unread', async () => {
      expect((await run({ program: 'true', args: [] }, { ...seconds, input: 'x'.repeat(3_000_000) })).exitCode).toBe(0);
    });

    it('keeps what comes on both outputs apart, without losing a byte', async () => {
      const script = 'for i in $(seq 2000); do echo "out $i"; echo "err $i" >&2; done; printf ü >&2';
      const { stdout, stderr } = await run(sh(script), seconds);
      const lines = (word: string) => Array.from({ length: 2000 }, (_, index) => `${word} ${index + 1}\n`).join('');
      expect(stdout).toBe(lines('out'));
      expect(stderr).toBe(`${lines('err')}ü`);
    });

    it('takes 50 MB of output', async () => {
      const { stdout } = await run(sh('head -c 50000000 /dev/zero | tr "\\0" x'), { timeoutSeconds: 60 });
      expect(stdout.length).toBe(50_000_000);
    });

    it('fails on more output than it keeps', async () => {
      const endless = run(sh('exec tr "\\0" x </dev/zero'), { timeoutSeconds: 60 });
      await expect(endless).rejects.toThrow(CommandError);
    });

    it('runs 20 commands at once', async () => {
      const numbers = Array.from({ length: 20 }, (_, index) => String(index));
      const outcomes = await Promise.all(numbers.map((number) => run(sh('sleep 0.2; echo "$1"', number), seconds)));
      expect(outcomes.map(({ stdout }) => stdout.trim())).toEqual(numbers);
    });

    it('ends a program at its deadline, keeps what it said, and says so', async () => {
      const outcome = await run(sh('echo up; exec sleep 300'), { timeoutSeconds: 1, allowFailure: true });
      expect(outcome).toMatchObject({ exitCode: null, signal: 'SIGTERM', timedOut: true, stdout: 'up\n' });
      const late = run(sh('exec sleep 300'), { timeoutSeconds: 0.5 });
      await expect(late).rejects.toThrow(/ran into its deadline/);
    });

    it('kills a program that does not end at its deadline', async () => {
      const stubborn = sh("trap '' TERM; while :; do sleep 0.1; done");
      const outcome = await run(stubborn, { timeoutSeconds: 0.5, allowFailure: true });
      expect(outcome).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
    });

    it('ends a program when aborted, and throws the reason', async () => {
      const controller = new AbortController();
      const pidFile = newPath();
      const running = run(sh('echo $$ >"$1.part"; mv "$1.part" "$1"; exec sleep 300', pidFile), {
        timeoutSeconds: 60,
        signal: controller.signal,
      });
      running.catch(() => {});
      await expect.poll(() => open().machine.readFile(pidFile), { timeout: 10_000 }).not.toBeNull();
      controller.abort(new InterruptionError('SIGINT'));
      await expect(running).rejects.toThrow('interrupted by SIGINT');
      expect(await isGone((await open().machine.readFile(pidFile)) ?? '')).toBe(true);
    });

    it('starts nothing once aborted', async () => {
      const signal = AbortSignal.abort(new InterruptionError('SIGTERM'));
      const path = newPath();
      await expect(run({ program: 'touch', args: [path] }, { ...seconds, signal })).rejects.toThrow(
        'interrupted by SIGTERM',
      );
      expect(await open().machine.readFile(path)).toBeNull();
    });
  });

  describe('start', () => {
    const start = async (script: string) => {
      const logFile = newPath();
      const background = await open().machine.start(sh(script), { logFile });
      const log = async () => (await open().machine.readFile(logFile)) ?? '';
      return { background, log };
    };

    it('logs a program and stops it with its children', async () => {
      const { background, log } = await start('echo $$; sleep 300 & echo $! >&2; wait');
      await expect.poll(async () => (await log()).split('\n').length, { timeout: 5000 }).toBe(3);
      const [parent = '', child = ''] = (await log()).split('\n');
      expect(Number(parent)).toBe(background.pid);
      expect(background.hasEnded()).toBe(false);
      await background.stop(2);
      await background.stop(2);
      expect(background.hasEnded()).toBe(true);
      await expect.poll(() => isGone(child)).toBe(true);
      expect(await isGone(parent)).toBe(true);
      expect((await background.ended).signal).toBe('SIGTERM');
    });

    it('leads a session of its own', async () => {
      const { background } = await start('exec sleep 300');
      const stat = await open().machine.readFile(`/proc/${background.pid}/stat`);
      expect(stat?.replace(/.*\) /, '').split(' ')[3]).toBe(String(background.pid));
      await background.stop(1);
    });

    it('kills a program that ignores SIGTERM', async () => {
      const { background, log } = await start("trap '' TERM; echo up; while :; do sleep 0.2; done");
      await expect.poll(log, { timeout: 5000 }).toContain('up');
      await background.stop(0.2);
      expect((await background.ended).signal).toBe('SIGKILL');
    });

    it('tells how a program ended by itself, and appends to its log', async () => {
      const logFile = newPath();
      await open().machine.writeFile(logFile, 'before\n');
      const background = await open().machine.start(sh('echo said; exit 7'), { logFile });
      expect(await background.ended).toMatchObject({ exitCode: 7, signal: null, stdout: '' });
      expect(await open().machine.readFile(logFile)).toBe('before\nsaid\n');
    });

    it('says that a program does not exist', async () => {
      const missing = { program: 'tunegate-no-such-program', args: [] };
      const failed = open().machine.start(missing, { logFile: newPath() });
      await expect(failed).rejects.toThrow(CommandError);
      await expect(failed).rejects.toThrow(/could not be started.*ENOENT/);
    });

    it('says that there is no place for a log', async () => {
      const start = open().machine.start(sh('true'), { logFile: `${newPath()}/no/folder` });
      await expect(start).rejects.toThrow(/ENOENT/);
    });
  });

  describe('connect', () => {
    it('reaches who listens to a Unix socket, and nobody where none does', async () => {
      const { machine, folder } = open();
      const path = `${folder}/socket-${randomUUID()}`;
      expect(await machine.connect(path)).toBeNull();
      // It says what it hears in capitals, and ends with whoever it talks to.
      const listen = `
        use IO::Socket::UNIX;
        my $server = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1);
        my $client = $server->accept;
        while (my $line = <$client>) { print $client uc $line; $client->flush }`;
      const server = await machine.start(
        { program: 'perl', args: ['-e', listen, path] },
        { logFile: `${folder}/log-${randomUUID()}` },
      );
      await expect.poll(() => stat(path).catch(() => null), { timeout: 15_000 }).not.toBeNull();
      const socket = await machine.connect(path);
      if (socket === null) throw new Error('nobody listened');
      try {
        socket.write('word\n');
        const [heard] = await once(socket, 'data');
        expect(String(heard)).toBe('WORD\n');
      } finally {
        socket.destroy();
      }
      expect((await server.ended).exitCode).toBe(0);
    });
  });

  describe('files', () => {
    it('are written whole, with their old text until then, and read back', async () => {
      const { machine } = open();
      const path = newPath();
      const text = `${'ü \'"$(x)\\\n'.repeat(100_000)}\0end`;
      await machine.writeFile(path, 'one');
      expect(await machine.readFile(path)).toBe('one');
      await machine.writeFile(path, text);
      expect((await machine.readFile(path)) === text).toBe(true);
      await machine.writeFile(path, '');
      expect(await machine.readFile(path)).toBe('');
      expect(await machine.readFile(`${path}.next`)).toBeNull();
    });

    it('get the mode that is asked for, whatever was there', async () => {
      const path = newPath();
      const mode = async () => (await run({ program: 'stat', args: ['-c', '%a', path] }, seconds)).stdout.trim();
      await open().machine.writeFile(path, 'x');
      expect(await mode()).toBe('644');
      await open().machine.writeFile(path, 'x', { mode: 0o600 });
      expect(await mode()).toBe('600');
      await open().machine.writeFile(path, 'x', { mode: 0o777 });
      expect(await mode()).toBe('777');
    });

    it('that are not there read as null', async () => {
      for (const path of [newPath(), `${newPath()}/below`, '/etc/passwd/below', '/proc/4194304/stat']) {
        expect(await open().machine.readFile(path)).toBeNull();
      }
    });

    it('of the kernel are read too', async () => {
      expect(await open().machine.readFile('/proc/self/status')).toMatch(/^Name:/);
      expect(await open().machine.readFile('/proc/sys/kernel/ostype')).toBe('Linux\n');
    });

    it('that cannot be read or written say so', async () => {
      await expect(open().machine.readFile('/etc')).rejects.toThrow(/cannot read \/etc/);
      await expect(open().machine.writeFile(`${newPath()}/below`, 'x')).rejects.toThrow(/below/);
    });

    it('may have a name that a shell would not leave alone', async () => {
      const path = `${open().folder}/-e $(id) '"\\ \n ü`;
      await open().machine.writeFile(path, 'x');
      expect(await open().machine.readFile(path)).toBe('x');
    });
  });

  it('waits for nobody who takes their time', async () => {
    const slow = run(sh('sleep 2'), seconds);
    const start = performance.now();
    await run(sh('true'), seconds);
    expect(performance.now() - start).toBeLessThan(1500);
    await Promise.all([slow, sleep(0)]);
  });
}
