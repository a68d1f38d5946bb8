import { describe, expect, it } from 'vitest';
import { buildRequest, parseAnswer } from '../../src/guests/guest-channel-lines.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

describe('buildRequest', () => {
  it('is one line that names its number', () => {
    expect(buildRequest(7, { program: 'cat', args: ['/proc/version'] })).toBe(
      "tunegate-request 7 exec 'cat' '/proc/version'\n",
    );
  });

  it('yields every argument as it was, in the shell that reads it', async () => {
    const args = ["it's", 'a\nb\r\t\x1b\x03\x04\x13', 'é\\n$x`y` "', '', ' ', '*', '\\', "\\'1"];
    const line = buildRequest(1, { program: 'printf', args: ['%s|', ...args] });
    expect(line).toMatch(/^[\x20-\x7e]*\n$/);
    const script = 'read -r mark id command; (eval "$command")';
    const shell = { program: 'busybox', args: ['sh', '-c', script] };
    const { stdout } = await createLocalMachine().run(shell, { timeoutSeconds: 5, input: line });
    expect(stdout).toBe(args.map((argument) => `${argument}|`).join(''));
  });

  it('refuses what the guest could not take', () => {
    expect(() => buildRequest(1, { program: 'a', args: ['x'.repeat(40_000)] })).toThrow(
      'a command for a in the guest has 40031 characters, at most 32768 are accepted',
    );
    expect(() => buildRequest(1, { program: 'a', args: ['\0'] })).toThrow('cannot hold a NUL');
  });
});

describe('parseAnswer', () => {
  it('reads number, exit code and both outputs', () => {
    expect(parseAnswer('tunegate-answer 7 0 TGludXgK ')).toEqual({
      id: 7,
      outcome: { exitCode: 0, stdout: 'Linux\n', stderr: '' },
    });
    expect(parseAnswer('tunegate-answer 8 127  bm8=\r')).toEqual({
      id: 8,
      outcome: { exitCode: 127, stdout: '', stderr: 'no' },
    });
  });

  it.each(['', 'tunegate-answer', 'tunegate-request 1 exec x', 'xtunegate-answer 1 0  ', 'tunegate-answer 1 0 a'])(
    'takes "%s" for no answer',
    (line) => {
      expect(parseAnswer(line)).toBeNull();
    },
  );
});
