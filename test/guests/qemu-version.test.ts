import { describe, expect, it } from 'vitest';
import { parseQemuVersion } from '../../src/guests/qemu-version.ts';

describe('parseQemuVersion', () => {
  it.each([
    ['QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)\nCopyright (c) 2003-2022\n', '7.2.22'],
    ['QEMU emulator version 10.0.2 (Debian 1:10.0.2+ds-2+deb13u1)\n', '10.0.2'],
  ])('reads %j', (output, version) => {
    expect(parseQemuVersion(output)).toBe(version);
  });

  it.each(['6.2.0', '7.1.0'])('refuses %s', (version) => {
    expect(() => parseQemuVersion(`QEMU emulator version ${version}\n`)).toThrow(
      `QEMU is ${version}, but 7.2 or newer is needed`,
    );
  });

  it('says when there is none', () => {
    expect(() => parseQemuVersion('')).toThrow('guest kind qemu needs qemu-system-x86_64');
  });
});
