/** CPUs of a mask as the kernel prints it in hexadecimal words, the highest first: `00000001,0000000f` is 0-3 and 32. */
export function parseCpuMask(mask: string): readonly number[] {
  const digits = [...mask.replaceAll(',', '').trim()].reverse();
  return digits.flatMap((digit, place) =>
    [0, 1, 2, 3].filter((bit) => (Number.parseInt(digit, 16) >> bit) % 2 === 1).map((bit) => 4 * place + bit),
  );
}
