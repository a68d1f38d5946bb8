import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../reports/terminal.ts';
import {
  createCell,
  createComparison,
  createInvalidComparison,
  createMixedComparison,
  createShortComparison,
} from './comparison-factory.ts';

const escapeCharacter = '\u001b';
const golden = (name: string) => `../fixtures/reports/${name}.txt`;
const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('the terminal report', () => {
  it.each([100, 140])('reads at %i columns', async (columns) => {
    const text = renderTerminal(createMixedComparison(), { columns, color: false });
    expect(longest(text)).toBeLessThanOrEqual(columns);
    await expect(text).toMatchFileSnapshot(golden(`mixed-${columns}`));
  });

  it('sets request and reading side by side where there is room, and lists them where there is none', async () => {
    const text = renderTerminal(createInvalidComparison(), { columns: 140, color: false });
    await expect(text).toMatchFileSnapshot(golden('invalid-140'));
    const narrow = renderTerminal(createInvalidComparison(), { columns: 80, color: false });
    expect(longest(narrow)).toBeLessThanOrEqual(80);
    expect(narrow.replace(/\s+/g, ' ')).toContain('side candidate, asked for 1, found 0-1');
  });

  it.each([60, 80])('leaves out the least important columns at %i, never the verdict', (columns) => {
    const text = renderTerminal(createMixedComparison(), { columns, color: false });
    expect(text).toContain('▼ regressed');
    expect(text).not.toContain('│ detectable');
    expect(longest(text)).toBeLessThanOrEqual(columns);
  });

  it('leaves out nothing where there is no terminal', () => {
    const text = renderTerminal(createShortComparison(), { columns: null, color: false });
    for (const word of ['detectable', 'better', ' p │', '2 deployments a side; 4 needed']) expect(text).toContain(word);
  });

  it('has a column for the attachment where there is more than one', () => {
    const cells = ['bridge', 'physical'].map((attachment) => createCell({ id: `docker/${attachment}/tcp_rr/latency` }));
    const draw = (shown: typeof cells) => renderTerminal(createComparison(shown), { columns: null, color: false });
    expect(draw(cells)).toContain('│ physical   │');
    expect(draw(cells.slice(0, 1))).not.toContain('│ attachment');
  });

  it('is the same text with colour and without', () => {
    const options = { columns: 100, color: true };
    const plain = renderTerminal(createMixedComparison(), { ...options, color: false });
    const coloured = renderTerminal(createMixedComparison(), options);
    expect(plain).not.toContain(escapeCharacter);
    expect(coloured).toContain(`${escapeCharacter}[31m▼ regressed`);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('lets no text from outside steer the terminal', () => {
    const hostile = `${escapeCharacter}[2Jgone\nand\u0007 more`;
    const cell = createCell({ id: `${hostile}/bridge/${hostile}/latency`, verdict: 'invalid', reason: hostile });
    const text = renderTerminal(
      createComparison([cell], {
        warnings: [hostile],
        parameterDifference: [
          { parameter: hostile, layer: 'guest', baseline: hostile, candidate: null, applied: true },
        ],
      }),
      { columns: 140, color: false },
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).toContain('[2Jgone and more');
  });
});
