import { describe, expect, it } from 'vitest';
import { type Marker, markerPrefix, parseMarker, renderMarker } from '../../../reports/comment.ts';
import { headSha } from './comment-factory.ts';

const marker: Marker = { pullRequest: 7, headSha, runId: '4711', attempt: 2 };
const line = renderMarker(marker);

describe('the marker', () => {
  it('is one line that GitHub does not show', () => {
    expect(line).toBe(`<!-- tunegate:comment {"pullRequest":7,"headSha":"${headSha}","runId":"4711","attempt":2} -->`);
    expect(line.startsWith(markerPrefix)).toBe(true);
  });

  it.each([line, `${line}\n\n## Text`, `${line}\r\ntext`])('is read from the first line: %j', (body) => {
    expect(parseMarker(body)).toEqual(marker);
  });

  it.each([
    ['text before it', `text ${line}`],
    ['a line before it', `\n${line}`],
    ['text behind it', `${line} text`],
    ['not closed', line.replace(' -->', '')],
    ['broken JSON', line.replace('}', ',}')],
    ['no object', `${markerPrefix}[1] -->`],
    ['a field too many', line.replace('{', '{"x":1,')],
    ['a field too few', line.replace('"attempt":2', '"attempt2":2')],
    ['a short commit', line.replace(headSha, headSha.slice(1))],
    ['no commit', line.replace(headSha, 'z'.repeat(40))],
    ['a run that is no number', line.replace('"4711"', '"47-1"')],
    ['a run as a number', line.replace('"4711"', '4711')],
    ['a negative pull request', line.replace(':7,', ':-7,')],
    ['a fraction', line.replace(':7,', ':7.5,')],
    ['attempt 0', line.replace(':2}', ':0}')],
    ['much too long', line.replace('4711', '4'.repeat(5000))],
    ['a prototype', line.replace('{', '{"__proto__":{"x":1},')],
    ['nothing', ''],
  ])('is not read from %s', (_, body) => {
    expect(parseMarker(body)).toBeNull();
  });

  it('is not written with what would not be read', () => {
    expect(() => renderMarker({ ...marker, headSha: '--> <b>' })).toThrow();
  });
});
