import { describe, expect, it } from 'vitest';
import { bootHeaderBytes, chooseDecompressor, findPayload } from '../../src/kernels/boot-header.ts';

/** The fields of Debian's 6.1 cloud kernel, the rest zero. */
function createHeader({ setupSectors = 39, protocol = 0x20f, offset = 716, length = 14_063_308 } = {}): Uint8Array {
  const bytes = new Uint8Array(bootHeaderBytes);
  const view = new DataView(bytes.buffer);
  bytes[0x1f1] = setupSectors;
  bytes.set(new TextEncoder().encode('HdrS'), 0x202);
  view.setUint16(0x206, protocol, true);
  view.setUint32(0x248, offset, true);
  view.setUint32(0x24c, length, true);
  return bytes;
}

describe('findPayload', () => {
  it('adds the setup code and the offset behind it', () => {
    expect(findPayload(createHeader(), 'k')).toEqual({ offset: 21_196, length: 14_063_308 });
    expect(findPayload(createHeader({ setupSectors: 0 }), 'k')?.offset).toBe(5 * 512 + 716);
  });

  it('reads a header that does not begin at the start of its buffer', () => {
    const shifted = new Uint8Array(bootHeaderBytes + 3);
    shifted.set(createHeader(), 3);
    expect(findPayload(shifted.subarray(3), 'k')?.offset).toBe(21_196);
  });

  it('takes an ELF file as it is', () => {
    expect(findPayload(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1), 'vmlinux')).toBeNull();
  });

  it.each([
    ['something else', new Uint8Array(bootHeaderBytes), '/boot/k is no kernel for a guest'],
    ['a cut file', createHeader().subarray(0, 0x240), '/boot/k is no kernel for a guest'],
    ['nothing', new Uint8Array(0), '/boot/k is no kernel for a guest'],
    ['an old protocol', createHeader({ protocol: 0x207 }), 'has boot protocol 2.7'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => findPayload(bytes, '/boot/k')).toThrow(message);
  });
});

describe('chooseDecompressor', () => {
  it.each([
    ['lz4', [0x02, 0x21, 0x4c, 0x18, 0x10, 0xc1], 4],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 4],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0xa4, 0x40], 4],
    ['gzip', [0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00], 0],
  ])('knows %s', (program, start, sizeBytes) => {
    expect(chooseDecompressor(Uint8Array.from(start), 'k')).toMatchObject({ program, sizeBytes });
  });

  it('names what it does not know', () => {
    expect(() => chooseDecompressor(Uint8Array.of(0x42, 0x5a, 0x68, 0x39), 'k')).toThrow(
      'the kernel in k is compressed in a way that begins with 42 5a 68 39; lz4, xz, zstd and gzip are accepted',
    );
  });
});
