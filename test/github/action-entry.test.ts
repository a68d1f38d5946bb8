import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { runAction, runPost } from '../../src/github/action-entry.ts';
import { printPlainly } from '../../src/github/print-plainly.ts';

function createLog() {
  const failed: string[] = [];
  const warned: string[] = [];
  return {
    failed,
    warned,
    setFailed: (text: string) => failed.push(text),
    warning: (text: string) => warned.push(text),
  };
}

const wrong = (sentence: string) => async () => {
  throw new ConfigurationError(sentence);
};

describe('runAction', () => {
  it('says nothing when the body ends well', async () => {
    const log = createLog();
    await runAction(async () => {}, log);
    expect(log).toMatchObject({ failed: [], warned: [] });
  });

  it.each([
    [
      new ConfigurationError('hosts is missing,\n  a list of names is accepted'),
      'hosts is missing, / a list of names is accepted',
    ],
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [new ConfigurationError(''), 'the action failed without a word'],
  ])('fails with one line for %j', async (thrown, sentence) => {
    const log = createLog();
    await runAction(async () => {
      throw thrown;
    }, log);
    expect(log.failed).toEqual([sentence]);
  });
});

describe('runPost', () => {
  it('runs every step in order, with a warning for each that fails', async () => {
    const log = createLog();
    const ran: string[] = [];
    await runPost(
      [
        wrong('first'),
        async () => {
          ran.push('second');
        },
        wrong('third'),
        async () => {
          ran.push('fourth');
        },
      ],
      log,
    );
    expect(ran).toEqual(['second', 'fourth']);
    expect(log).toMatchObject({ failed: [], warned: ['first', 'third'] });
  });
});

describe('printPlainly', () => {
  const print = (text: string) => {
    let written = '';
    printPlainly(text, {
      write: (part) => {
        written += part;
      },
    });
    return written;
  };

  it('keeps the runner from obeying, with a new word each time', () => {
    const first = print('::set-output name=verdict::improved');
    const token = /^::stop-commands::([0-9a-f-]{36})\n/.exec(first)?.[1] ?? '';
    expect(first).toBe(`::stop-commands::${token}\n::set-output name=verdict::improved\n::${token}::\n`);
    expect(print('x')).not.toContain(token);
  });
});
