import { ConfigurationError } from '../errors.ts';

/** Bytes of a kernel image that hold everything `findPayload` reads. */
export const bootHeaderBytes = 0x250;

const elf = [0x7f, 0x45, 0x4c, 0x46];

/** Programs that decompress what a kernel image carries, by the first bytes of the payload. */
const decompressors = [
  { magic: [0x02, 0x21, 0x4c, 0x18], program: 'lz4', args: ['-d', '-c', '-q'], sizeBytes: 4 },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], program: 'xz', args: ['-d', '-c'], sizeBytes: 4 },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], program: 'zstd', args: ['-d', '-c', '-q'], sizeBytes: 4 },
  // Here the size at the end is part of the format.
  { magic: [0x1f, 0x8b], program: 'gzip', args: ['-d', '-c'], sizeBytes: 0 },
] as const;

export interface Payload {
  /** Position in the image, bytes. */
  readonly offset: number;
  /** With the uncompressed size that most formats have appended, bytes. */
  readonly length: number;
}

/**
 * Where a bzImage keeps the compressed kernel; null for an ELF file, which is one already.
 * The boot header says so since protocol 2.08 (Linux 2.6.26): sectors of the setup code in byte 0x1f1, then offset and
 * length at 0x248 and 0x24c (https://docs.kernel.org/arch/x86/boot.html). No guessing by magic numbers is needed.
 */
export function findPayload(header: Uint8Array, path: string): Payload | null {
  if (startsWith(header, elf)) return null;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < bootHeaderBytes || !startsWith(header.subarray(0x202), [0x48, 0x64, 0x72, 0x53])) {
    throw new ConfigurationError(`${path} is no kernel for a guest: it must be a bzImage or an ELF vmlinux for x86`);
  }
  const protocol = view.getUint16(0x206, true);
  if (protocol < 0x208) {
    throw new ConfigurationError(
      `${path} has boot protocol ${protocol >> 8}.${protocol & 0xff}, which does not say where the kernel is; 2.8 or newer is needed`,
    );
  }
  // Zero means 4 sectors, for images older than the field.
  const setupSectors = view.getUint8(0x1f1) || 4;
  return {
    offset: (setupSectors + 1) * 512 + view.getUint32(0x248, true),
    length: view.getUint32(0x24c, true),
  };
}

/**
 * Where a bzImage names its release, as a position in the file; null where it does not. Byte 0x20e holds the position
 * less 0x200.
 */
export function findRelease(header: Uint8Array): number | null {
  const pointer = new DataView(header.buffer, header.byteOffset, header.byteLength).getUint16(0x20e, true);
  return pointer === 0 ? null : pointer + 0x200;
}

/** How to decompress a payload that begins with these bytes, and how many bytes at its end do not belong to it. */
export function chooseDecompressor(start: Uint8Array, path: string) {
  const found = decompressors.find(({ magic }) => startsWith(start, magic));
  if (found !== undefined) return found;
  const bytes = [...start.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new ConfigurationError(
    `the kernel in ${path} is compressed in a way that begins with ${bytes}; lz4, xz, zstd and gzip are accepted`,
  );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
