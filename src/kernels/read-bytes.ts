import type { Machine } from '../machines/machine.ts';

/** Some bytes of a file, which need not be text; fewer where the file ends. */
export async function readBytes(machine: Machine, path: string, offset: number, count: number): Promise<Uint8Array> {
  const args = ['-A', 'n', '-v', '-t', 'x1', '-j', String(offset), '-N', String(count), '--', path];
  const { stdout } = await machine.run({ program: 'od', args }, { timeoutSeconds: 10 });
  return Uint8Array.from(stdout.split(/\s+/).filter(Boolean), (byte) => Number.parseInt(byte, 16));
}
