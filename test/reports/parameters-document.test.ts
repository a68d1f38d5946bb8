import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderParametersDocument } from '../../reports/parameters-document.ts';
import { createParameter } from '../profiles/create-parameter.ts';

describe('docs/parameters.md', () => {
  it('is fresh; if not, run `npm run docs`', () => {
    const file = new URL('../../docs/parameters.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(renderParametersDocument());
  });

  it('says everything that the catalogue knows, and nothing of what it does not', () => {
    const plain = createParameter({ name: 'guest.test.plain' });
    const rich = createParameter({
      name: 'guest.test.rich',
      summary: 'A *starred* parameter.',
      replacedBy: 'something newer',
      changesFacts: ['guest.a', 'guest.b'],
    });
    const text = renderParametersDocument(new Map([plain, rich].map((parameter) => [parameter.name, parameter])));
    expect(text).toContain('[guest.test.plain](#guesttestplain)');
    const [, first = '', second = ''] = text.split('\n## ');
    expect(first).toBe(
      [
        'guest.test.plain',
        '',
        'A parameter for tests.',
        '',
        '- accepted: anything',
        '- versions: every version',
        '- guests: docker',
        '- sides alternate by: deployment',
        '- proven by: nowhere',
        '- expected: latency none, bandwidth none, jitter none',
        '- risk: none',
        '- source: this test',
        '',
      ].join('\n'),
    );
    expect(second).toContain('A &#42;starred&#42; parameter.');
    expect(second).toContain('- replaced by: something newer\n');
    expect(second).toContain('- changes the facts: guest.a, guest.b');
  });
});
