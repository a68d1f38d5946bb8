import { describe, expect, it } from 'vitest';
import { mapsOneUser } from '../../src/hosts/privileges.ts';

describe('mapsOneUser', () => {
  it.each([
    ['the machine itself', '         0          0 4294967295\n', false],
    ['a user namespace of an ordinary user', '         0      65534          1\n', true],
    [
      'a container with a range of users',
      '         0       1000          1\n         1     100000      65536\n',
      false,
    ],
    ['a kernel without user namespaces', '', false],
  ])('%s', (_, map, expected) => {
    expect(mapsOneUser(map)).toBe(expected);
  });
});
