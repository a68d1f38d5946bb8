import { describe, expect, it } from 'vitest';
import { chooseRung, parseMarker, renderCheck, renderComment, summaryLimit } from '../../../reports/comment.ts';
import { type Comparison, comparisonSchema } from '../../../src/comparison/comparison.schema.ts';
import { requestSchema } from '../../../src/plans/request.schema.ts';
import { createCell, createComparison, createWholeComparison, regression } from '../comparison-factory.ts';
import { createInput, createSection } from './comment-factory.ts';
import { createHostileInput } from './hostile.ts';
import { situations } from './situations.ts';

const golden = (name: string) => `../../fixtures/reports/comments/${name}.md`;
const states = [
  'measuring',
  'finished',
  'partial',
  'cancelled',
  'failed',
  'waiting-for-approval',
  'nothing-to-measure',
] as const;

describe('the comment', () => {
  it.each(Object.entries(situations))('of a made-up situation (%s) is one of a real one', (_, create) => {
    const { request, sections } = create();
    if (request !== null) expect(requestSchema.parse(request)).toEqual(request);
    for (const { result } of sections) {
      if (result !== null) expect(comparisonSchema.parse(result)).toEqual(result);
    }
  });

  it.each(Object.entries(situations))('reads well: %s', async (name, create) => {
    await expect(renderComment(create()).full).toMatchFileSnapshot(golden(name));
  });

  it.each(Object.entries(situations))('begins with a marker that is read again: %s', (_, create) => {
    const input = create();
    for (const text of Object.values(renderComment(input))) expect(parseMarker(text)).toEqual(input.marker);
  });

  it.each(Object.entries(situations))('becomes no longer from one size to the next: %s', (_, create) => {
    const { full, linked, minimum } = renderComment(create());
    expect(minimum.length).toBeLessThan(Math.max(full.length, 1000));
    if (full.includes('<details>')) expect(linked.length).toBeLessThan(full.length);
  });

  it('does not depend on anything but its input, and does not change it', () => {
    const input = situations['trade-off']?.() ?? createInput();
    const copy = structuredClone(input);
    expect(renderComment(input)).toEqual(renderComment(copy));
    expect(input).toEqual(copy);
  });

  it('shows ten rows at most, the worst first, and folds the others', () => {
    const cells = Array.from({ length: 14 }, (_, index) =>
      createCell({
        ...(index === 13 ? regression : {}),
        id: `docker/bridge/tcp_rr/latency${index}`,
        verdict: index === 13 ? 'regressed' : 'inconclusive',
        metric: { name: `m${index}.`, unit: 's', better: 'lower' },
      }),
    );
    const { full } = renderComment(createInput({ sections: [createSection({ ...createWholeComparison(), cells })] }));
    const rows = full.split('<details>')[0]?.match(/^\| tcp_rr .*$/gm) ?? [];
    expect(rows).toHaveLength(10);
    expect(rows[0]).toContain('m13.');
  });
});

describe('text from outside', () => {
  it.each(states)('becomes no markup in any size while %s', (state) => {
    for (const text of Object.values(renderComment({ ...createHostileInput(), state }))) {
      const shown = openText(text);
      expect(shown).not.toMatch(
        /<img|\]\(http:|\]\(javascript|http:\/\/|@someone|\*\*b\*\*|`x`|\n# |\$y|[^&]#12|-->|~~~/,
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      expect(shown).not.toMatch(/\u001b|\u202e/);
      expect(shown.match(/<details>/g)?.length).toBe(shown.match(/<\/details>/g)?.length);
      expect(shown).not.toContain('```');
    }
  });

  it('leaves every table whole', () => {
    const { full } = renderComment(createHostileInput());
    const tables = full.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      expect(new Set(table.split('\n').map((line) => line.split('|').length)).size).toBe(1);
    }
  });

  it('reads as it was', async () => {
    await expect(renderComment(createHostileInput()).linked).toMatchFileSnapshot(golden('hostile-linked'));
  });

  it('opens alerts only where this code does', () => {
    const { full } = renderComment(createHostileInput());
    expect(full.match(/^> \[!/gm)).toHaveLength(2);
  });
});

/** Without the marker and without blocks of code, in which nothing is markup. */
function openText(text: string): string {
  return text
    .slice(text.indexOf('\n'))
    .replace(/^```(?:sh)?\n[^`]*\n```$/gm, '')
    .replace(/^`\/tunegate run [^`\n]*`/gm, '');
}

describe('the size of a comment', () => {
  const large = (comparisons: number) => {
    const sections = Array.from({ length: comparisons }, (_, index) =>
      createSection(createWholeComparison(['docker', 'bare', 'qemu']), { comparison: `tuned-${index}` }),
    );
    return renderComment(createInput({ sections }));
  };
  const bytes = (text: string) => Buffer.byteLength(text);

  it('is the whole one for three guests with every test', () => {
    const text = large(1);
    expect(chooseRung(text)).toBe(text.full);
  });

  it('is the one with links where the whole one is too long for GitHub', async () => {
    const text = large(6);
    expect(bytes(text.full)).toBeGreaterThan(65_536);
    expect(chooseRung(text)).toBe(text.linked);
    expect(text.linked).not.toContain('<details>');
    expect(text.linked).toContain('did not fit into a comment');
    await expect(text.linked).toMatchFileSnapshot(golden('too-long-linked'));
    await expect(text.minimum).toMatchFileSnapshot(golden('too-long-minimum'));
  });

  it('is the smallest where even that is too long, and that has its limit whatever comes', () => {
    const input = createHostileInput(10);
    const many = { ...input, sections: Array.from({ length: 30 }, () => input.sections).flat() };
    for (const state of states) {
      const text = renderComment({ ...many, state });
      expect(bytes(text.minimum)).toBeLessThan(20_000);
      expect(bytes(chooseRung(text))).toBeLessThanOrEqual(60_000);
    }
    const text = renderComment(many);
    expect(chooseRung(text)).toBe(text.minimum);
  });

  it('has more room in a step summary', () => {
    const text = large(6);
    expect(chooseRung(text, summaryLimit)).toBe(text.full);
    expect(chooseRung(text, bytes(text.full))).toBe(text.full);
    expect(chooseRung(text, bytes(text.full) - 1)).toBe(text.linked);
    expect(chooseRung(text, bytes(text.linked) - 1)).toBe(text.minimum);
  });
});

describe('the check run', () => {
  it.each(Object.entries(situations))('has a line and the comment without its marker: %s', (_, create) => {
    const { title, summary } = renderCheck(create());
    expect(title).not.toMatch(/\n|&#|<|\*\*/);
    expect(title.length).toBeLessThanOrEqual(255);
    expect(summary).not.toContain('tunegate:comment');
    expect(summary).toMatch(/^## /);
  });

  it('says in its line what moved', () => {
    const { title } = renderCheck(situations['trade-off']?.() ?? createInput());
    expect(title).toContain('🔴 Regressed: tuned on lab-1 – 1 of 7 rows got worse by more than its margin');
  });

  it('holds to its limits whatever comes', () => {
    for (const state of states) {
      const { title, summary } = renderCheck({ ...createHostileInput(20), state });
      expect(title.length).toBeLessThanOrEqual(255);
      expect(title).not.toMatch(/\n/);
      expect(Buffer.byteLength(summary)).toBeLessThan(65_535);
    }
  });
});

describe('what was not applied', () => {
  it('is told by its reason: a layer out of reach, or no guest of its kind', () => {
    const change = { baseline: null, candidate: '1', applied: false };
    const render = (parameterDifference: Comparison['parameterDifference']) =>
      renderComment(
        createInput({ sections: [createSection(createComparison([createCell()], { parameterDifference }))] }),
      ).full;
    expect(render([{ ...change, parameter: 'host-boot.isolcpus', layer: 'host-boot' }])).toContain(
      '1 of 1 changed parameter was **not applied**: the plan does not reach layer host-boot, and the figures below say nothing about it.',
    );
    expect(render([{ ...change, parameter: 'guest.qemu.vcpu.pin', layer: 'guest' }])).toContain(
      '**not applied**: the plan measures no guest that it belongs to, and',
    );
  });
});
