import { describe, expect, it } from 'vitest';
import { streamPlainly } from '../../src/github/stream-plainly.ts';

describe('text of a program that runs for long', () => {
  const open = () => {
    const written = { text: '' };
    const stream = streamPlainly({
      write: (text: string) => {
        written.text += text;
      },
    });
    return { written, stream };
  };

  it('is written as it comes, between words that it cannot know', () => {
    const { written, stream } = open();
    stream.write('one\n');
    expect(written.text).toMatch(/^::stop-commands::[0-9a-f-]{36}\none\n$/);
    stream.write('::error::two');
    stream.end();
    stream.end();
    stream.write('::error::after the end');
    const [, token] = /::stop-commands::(.*)/.exec(written.text) ?? [];
    expect(written.text).toBe(`::stop-commands::${token}\none\n::error::two\n::${token}::\n`);
    expect(open().written.text).not.toContain(token);
  });

  it('needs no line of its own when there is none', () => {
    const { written, stream } = open();
    stream.end();
    expect(written.text.split('\n')).toHaveLength(3);
  });

  it('keeps the last line of a kind, wherever its parts were cut', () => {
    const { stream } = open();
    for (const part of ['x: first\nx: se', 'cond\ny: other\n', 'z'.repeat(10_000)]) stream.write(part);
    expect(stream.findLast('x: ')).toBe('second');
    expect(stream.findLast('w: ')).toBeNull();
  });
});
