import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/machines/ssh-report.ts';

const nonce = 'tunegate-1';
const parse = (text: string) => parseReport(text, nonce);
const mark = { pid: 4711, startTicks: '873', bootId: 'b-1' };

describe('the report of a program on another machine', () => {
  it.each([
    ['tunegate-1 start 4711 873 b-1\n\ntunegate-1 end exit 3\n', { kind: 'exit', exitCode: 3 }, ''],
    ['tunegate-1 start 4711 873 b-1\nsaid\n\ntunegate-1 end exit 0\n', { kind: 'exit', exitCode: 0 }, 'said\n'],
    ['tunegate-1 start 4711 873 b-1\nno line\ntunegate-1 end exit 0\n', { kind: 'exit', exitCode: 0 }, 'no line'],
    [
      'greeting\ntunegate-1 start 4711 873 b-1\nx\n\ntunegate-1 end signal 15\n',
      { kind: 'signal', signal: 'SIGTERM' },
      'x\n',
    ],
    ['tunegate-1 start 4711 873 b-1\n\ntunegate-1 end exit 0\norphan', { kind: 'exit', exitCode: 0 }, 'orphan'],
    [
      'tunegate-1 start 4711 873 b-1\n\ntunegate-1 end trouble 2 no such\n',
      { kind: 'trouble', sentence: 'spawn no such ENOENT' },
      '',
    ],
  ])('%j', (text, end, stderr) => {
    expect(parse(text)).toEqual({ mark, end, stderr, isRunning: false });
  });

  it('tells a program that runs from one that was only begun', () => {
    expect(parse('tunegate-1 start 4711 873 b-1\ntunegate-1 running\n')).toMatchObject({
      mark,
      isRunning: true,
      end: null,
    });
    expect(parse('tunegate-1 start 4711 873 b-1\n')).toMatchObject({ mark, isRunning: false, end: null });
  });

  it.each([
    '',
    'Connection closed',
    'tunegate-1 start 4711',
    'tunegate-2 start 4711 873 b-1\n\ntunegate-2 end exit 0\n',
  ])('without its lines there is none: %j', (text) => {
    expect(parse(text)).toEqual({ mark: null, end: null, stderr: text, isRunning: false });
  });
});
