import { describe, expect, it } from 'vitest';
import { findNearestName, suggestName } from '../src/nearest-name.ts';

const names = ['guest.docker.cpuset', 'guest.docker.cpus', 'guest.docker.memory'];

describe('findNearestName', () => {
  it.each([
    ['guest.docker.cpusett', 'guest.docker.cpuset'],
    ['guest.docker.cpu', 'guest.docker.cpus'],
    ['guest.dokcer.memory', 'guest.docker.memory'],
    ['docker.memory', 'guest.docker.memory'],
  ])('takes %s for %s', (written, meant) => {
    expect(findNearestName(written, names)).toBe(meant);
  });

  it('names nothing when nothing is near', () => {
    expect(findNearestName('host.governor', names)).toBeNull();
    expect(findNearestName('guest.docker.colour', names)).toBeNull();
    expect(findNearestName('x', ['a', 'b'])).toBeNull();
    expect(findNearestName('', names)).toBeNull();
    expect(findNearestName('x'.repeat(10_000), names)).toBeNull();
    expect(findNearestName('guests', [])).toBeNull();
  });
});

describe('suggestName', () => {
  it('is a question, or nothing', () => {
    expect(suggestName('gests', ['guests', 'tests'])).toBe(' (did you mean "guests"?)');
    expect(suggestName('colour', ['guests', 'tests'])).toBe('');
  });
});
