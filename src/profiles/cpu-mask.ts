/** CPUs of a mask as the kernel prints it in hexadecimal words, the highest first: `00000001,0000000f` is 0-3 and 32. */
export function parseCpuMask(mask: string): readonly number[] {
  const digits = [...mask.replaceAll(',', '').trim()].reverse();
  return digits.flatMap((digit, place) =>
    [0, 1, 2, 3].filter((bit) => (Number.parseInt(digit, 16) >> bit) % 2 === 1).map((bit) => 4 * place + bit),
  );
}

/** The mask of these CPUs, as the kernel takes it: words of 32 bits; no CPU is `0`. */
export function formatCpuMask(cpus: readonly number[]): string {
  const mask = cpus.reduce((bits, cpu) => bits | (1n << BigInt(cpu)), 0n);
  const digits = mask.toString(16);
  const words = digits.padStart(Math.ceil(digits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
  return [digits.slice(0, digits.length - 8 * (words.length - 1)), ...words.slice(1)].join(',');
}
