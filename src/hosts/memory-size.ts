/**
 * The memory of a machine in GiB, from `/proc/meminfo`; to a tenth, since what a kernel keeps for itself differs by some
 * KiB from boot to boot. null: the text does not say.
 */
export function readMemorySize(meminfo: string): number | null {
  const kibibytes = /^MemTotal:\s+(\d+)/m.exec(meminfo)?.[1];
  return kibibytes === undefined ? null : Math.round((Number(kibibytes) / 2 ** 20) * 10) / 10;
}
