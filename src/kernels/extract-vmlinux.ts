import type { Machine } from '../machines/machine.ts';
import { bootHeaderBytes, chooseDecompressor, findPayload } from './boot-header.ts';
import { readBytes } from './read-bytes.ts';

const cutAndDecompress = [
  'set -e; target=$0 image=$1 offset=$2 length=$3; shift 3',
  'tail -c "+$offset" -- "$image" | head -c "$length" | "$@" >"$target"',
].join('\n');

/** Writes the ELF kernel that a bzImage carries, without booting it; an ELF file is copied as it is. */
export async function extractVmlinux(
  machine: Machine,
  image: string,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const payload = findPayload(await readBytes(machine, image, 0, bootHeaderBytes), image);
  if (payload === null) {
    await machine.run({ program: 'cp', args: ['--', image, target] }, { timeoutSeconds: 30, signal });
    return;
  }
  const { program, args, sizeBytes } = chooseDecompressor(await readBytes(machine, image, payload.offset, 6), image);
  // `tail` counts from 1.
  const cut = [target, image, String(payload.offset + 1), String(payload.length - sizeBytes), program, ...args];
  await machine.run({ program: 'sh', args: ['-c', cutAndDecompress, ...cut] }, { timeoutSeconds: 60, signal });
}
