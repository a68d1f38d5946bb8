import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../reports/escape-markdown.ts';
import { stripControls } from '../../reports/strip-controls.ts';

const space = '\u200b';

describe('escapeMarkdown', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['one\ntwo\r\n\tthree', 'one two three'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['&lt;', '&#38;lt;'],
    ['`code` **bold** ~~gone~~', '&#96;code&#96; &#42;&#42;bold&#42;&#42; &#126;&#126;gone&#126;&#126;'],
    ['[text](target)', '&#91;text&#93;(target)'],
    ['back\\slash', 'back&#92;slash'],
    ['_emphasis_', '&#95;emphasis&#95;'],
    ['$x$', '&#36;x&#36;'],
    ['# heading', '&#35; heading'],
    ['- item', '&#45; item'],
    ['+ item', '&#43; item'],
    ['---', '&#45;--'],
    ['===', '&#61;=='],
    ['1. item', '1&#46; item'],
    ['12) item', '12&#41; item'],
    ['> quote', '&#62; quote'],
    ['@someone', `@${space}someone`],
    ['see #12 and GH-12', `see &#35;${space}12 and GH-${space}12`],
    ['https://example.org', `https:${space}//example.org`],
    ['www.example.org', `www${space}.example.org`],
    ['  around  ', 'around'],
  ])('makes %j harmless', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it.each(['tcp_rr', '+2.15 % (−0.5 to +4.8)', '−3.1 %', '1.5', '20260102-030405-abcd', 'iperf3 3.12', '0.00'])(
    'leaves %j as it is',
    (text) => {
      expect(escapeMarkdown(text)).toBe(text);
    },
  );
});

describe('stripControls', () => {
  it('takes the escape from escape sequences and the turns from text', () => {
    expect(stripControls('\u001b[31mred\u001b[0m\u0007 \u009b2J a\u202eb\u2066c')).toBe('[31mred[0m 2J abc');
  });

  it('makes spaces of line breaks', () => {
    expect(stripControls('a\r\nb\tc\u2028d')).toBe('a b c d');
  });
});
