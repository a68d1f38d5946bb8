import { logChoose } from './log-gamma.ts';
import type { Random } from './random.ts';
import { listSubsetSums } from './subset-sums.ts';

/** 16-bit numbers kept ready; enough that fetching them costs no more than the generator itself. */
const readyNumbers = 8192;

/**
 * Adds to each place of `sums` one entry of the table, drawn with all entries equally likely (1 to 65,536 of them).
 *
 * Here and below, two draws of 16 bits come from each number of the generator, because permutation tests do little
 * else; a product in place of a remainder, drawn again where a number would be favoured, keeps them unbiased
 * (Lemire 2019, ACM Transactions on Modeling and Computer Simulation 29, article 3). Numbers are fetched ahead. The
 * draw is written out in both loops: as a function of its own it made them twice as slow.
 * Example: sums 10, 20 and table 5 become 15, 25, whatever is drawn.
 */
export function addTableEntries(sums: Float64Array, table: Float64Array, random: Random): void {
  const limit = table.length;
  const ready = new Uint16Array(readyNumbers);
  let place = readyNumbers;
  for (let index = 0; index < sums.length; index += 1) {
    let product = 0;
    do {
      if (place === readyNumbers) place = refill(ready, random);
      product = Math.imul(ready[place++] as number, limit);
    } while ((product & 0xffff) < limit && (product & 0xffff) < 0x10000 % limit);
    sums[index] = (sums[index] as number) + (table[product >>> 16] as number);
  }
}

/**
 * Adds to each place of `sums` the sum of `chosen` of the values, all choices equally likely (to 2^-32).
 * Drawn in groups of up to 12 values: how many of the group are chosen, which follows the hypergeometric distribution
 * given what is still to be chosen, and then one of the group's choices of that size, from a table of their sums.
 * 20 of 40 values cost 8 draws in place of 20.
 * Example: sums 10, 20 and 1 of the values 3, 3 become 13, 23, whatever is drawn.
 */
export function addSubsetSums(
  sums: Float64Array,
  { values, chosen }: { readonly values: Float64Array; readonly chosen: number },
  random: Random,
): void {
  const groups = splitEvenly(values);
  const still = new Uint32Array(sums.length).fill(chosen);
  let after = values.length;
  for (const group of groups) {
    after -= group.length;
    addGroup(sums, { tables: listSubsetSums(group), limits: createLimits(group.length, after), still }, random);
  }
}

interface GroupDraw {
  /** Sums of all choices from the group, by size. */
  readonly tables: readonly Float64Array[];
  readonly limits: (still: number) => Uint32Array;
  /** For each place, how many values are to be chosen from this group and those after it; lowered by what is chosen. */
  readonly still: Uint32Array;
}

function addGroup(sums: Float64Array, { tables, limits, still }: GroupDraw, random: Random): void {
  const ready = new Uint16Array(readyNumbers);
  let place = readyNumbers;
  for (let index = 0; index < sums.length; index += 1) {
    const left = still[index] as number;
    const drawn = random.nextUint32();
    const bounds = limits(left);
    let size = 0;
    while (size < bounds.length && drawn >= (bounds[size] as number)) size += 1;
    still[index] = left - size;
    const table = tables[size] as Float64Array;
    const limit = table.length;
    let product = 0;
    do {
      if (place === readyNumbers) place = refill(ready, random);
      product = Math.imul(ready[place++] as number, limit);
    } while ((product & 0xffff) < limit && (product & 0xffff) < 0x10000 % limit);
    sums[index] = (sums[index] as number) + (table[product >>> 16] as number);
  }
}

/**
 * Below which of 2^32 numbers no more than 0, 1, ... of a group of `size` are chosen when `still` of `size + after`
 * values are; made when first asked for.
 */
function createLimits(size: number, after: number): (still: number) => Uint32Array {
  const known: Uint32Array[] = [];
  return (still) => {
    known[still] ??= computeLimits(size, after, still);
    return known[still];
  };
}

function computeLimits(size: number, after: number, still: number): Uint32Array {
  const most = Math.min(size, still);
  let below = 0;
  // The last size needs no limit: it takes all that remains.
  return Uint32Array.from({ length: most }, (_, chosen) => {
    if (still - chosen <= after) {
      const log = logChoose(size, chosen) + logChoose(after, still - chosen) - logChoose(size + after, still);
      below += Math.exp(log);
    }
    return Math.min(2 ** 32 - 1, Math.round(below * 2 ** 32));
  });
}

/** In groups of up to 12 values, whose tables of 4,096 sums stay in the nearest cache. */
function splitEvenly(values: Float64Array): Float64Array[] {
  const count = Math.ceil(values.length / 12);
  const start = (group: number) => Math.round((group * values.length) / count);
  return Array.from({ length: count }, (_, group) => values.subarray(start(group), start(group + 1)));
}

/** @returns the place of the first number */
function refill(ready: Uint16Array, random: Random): 0 {
  for (let place = 0; place < ready.length; place += 2) {
    const drawn = random.nextUint32();
    ready[place] = drawn >>> 16;
    ready[place + 1] = drawn;
  }
  return 0;
}
