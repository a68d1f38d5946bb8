import { describe, expect, it } from 'vitest';
import { onOff } from '../../src/profiles/on-off.ts';

describe('a switch', () => {
  it.each([
    ['on', true],
    ['off', false],
    [true, true],
    [false, false],
  ])('takes %j as %s', (written, value) => {
    expect(onOff.parse(written)).toBe(value);
  });

  it.each([['yes'], [1], ['ON'], ['']])('refuses %j', (written) => {
    expect(onOff.safeParse(written).success).toBe(false);
  });
});
