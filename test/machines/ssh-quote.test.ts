import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { buildLine, quoteWord } from '../../src/machines/ssh-quote.ts';
import { nastyWords } from './machine-contract.ts';

const machine = createLocalMachine();

/** What a login shell makes of a line. */
async function read(line: string): Promise<string> {
  return (await machine.run({ program: 'sh', args: ['-c', line] }, { timeoutSeconds: 10 })).stdout;
}

describe('a word for the shell of another machine', () => {
  it.each([
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ["'", "''\\'''"],
    ['$(id)\n`id`', "'$(id)\n`id`'"],
  ])('%j is %j', (word, quoted) => {
    expect(quoteWord(word)).toBe(quoted);
  });

  it('is read as it was', async () => {
    const line = buildLine({ program: 'printf', args: ['%s\\0', ...nastyWords] });
    expect((await read(line)).split('\0').slice(0, -1)).toEqual(nastyWords);
  });

  it('is read as it was, whatever is in it', async () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (list) => {
        const line = buildLine({ program: 'printf', args: ['%s\\0', ...list] });
        expect((await read(line)).split('\0').slice(0, -1)).toEqual(list);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a line for the shell of another machine', () => {
  it('turns into the program', () => {
    expect(buildLine({ program: 'a b', args: ['-c', ''] })).toBe("exec 'a b' '-c' ''");
  });

  it('refuses null bytes, in the program too', () => {
    expect(() => buildLine({ program: 'echo', args: ['a\0b'] })).toThrow('"a\\u0000b" must be text without null bytes');
    expect(() => buildLine({ program: 'ec\0ho', args: [] })).toThrow(RangeError);
  });

  it('is as long as Linux passes on, and no longer', async () => {
    const fixed = buildLine({ program: 'printf', args: ['%s', ''] }).length;
    const longest = 128 * 1024 - 1 - fixed;
    const text = 'x'.repeat(longest);
    expect(await read(buildLine({ program: 'printf', args: ['%s', text] }))).toHaveLength(longest);
    expect(() => buildLine({ program: 'printf', args: ['%s', `${text}x`] })).toThrow(
      'its arguments are 131072 bytes long, at most 131071 are accepted over ssh',
    );
    expect(() => buildLine({ program: 'printf', args: ['%s', 'ü'.repeat(longest / 2 + 1)] })).toThrow(RangeError);
  });
});
