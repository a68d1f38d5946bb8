import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../reports/terminal.ts';
import { createMixedComparison, createShortComparison } from './comparison-factory.ts';

const golden = (name: string) => `../fixtures/reports/${name}.txt`;
const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('the terminal report', () => {
  it.each([100, 140])('reads at %i columns', async (columns) => {
    const text = renderTerminal(createMixedComparison(), { columns, color: false });
    expect(longest(text)).toBeLessThanOrEqual(columns);
    await expect(text).toMatchFileSnapshot(golden(`mixed-${columns}`));
  });

  it('leaves out the least important columns on a narrow terminal, never the verdict', () => {
    const text = renderTerminal(createMixedComparison(), { columns: 60, color: false });
    expect(text).toContain('▼ regressed');
    expect(text).not.toContain('│ detectable');
    expect(longest(text)).toBeLessThanOrEqual(60);
  });

  it('leaves out nothing where there is no terminal', () => {
    const text = renderTerminal(createShortComparison(), { columns: null, color: false });
    for (const word of ['detectable', 'attachment', 'better', 'needs at least 4 fresh starts per side'])
      expect(text).toContain(word);
  });

  it('colours only when asked to', () => {
    const escapeCharacter = String.fromCharCode(27);
    expect(renderTerminal(createMixedComparison(), { columns: 100, color: false })).not.toContain(escapeCharacter);
    expect(renderTerminal(createMixedComparison(), { columns: 100, color: true })).toContain(escapeCharacter);
  });
});
