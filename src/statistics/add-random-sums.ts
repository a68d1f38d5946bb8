import type { Random } from './random.ts';

/** 16-bit numbers kept ready; enough that fetching them costs no more than the generator itself. */
const readyNumbers = 8192;

/**
 * Adds to each place of `sums` one entry of the table, drawn with all entries equally likely (1 to 65,536 of them).
 *
 * Here and below, two draws of 16 bits come from each number of the generator, because permutation tests do little
 * else; a product in place of a remainder, drawn again where a number would be favoured, keeps them unbiased
 * (Lemire 2019, ACM Transactions on Modeling and Computer Simulation 29, article 3). Numbers are fetched ahead. The
 * draw is written out in both loops: as a function of its own it made them twice as slow.
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
 * Adds to each place of `sums` the sum of `chosen` of the values, all choices equally likely: the first places of a
 * Fisher-Yates shuffle; of the values left out where those are fewer. At most 65,536 values.
 */
export function addSubsetSums(
  sums: Float64Array,
  { values, chosen }: { readonly values: Float64Array; readonly chosen: number },
  random: Random,
): void {
  const deck = values.slice();
  const drawn = Math.min(chosen, deck.length - chosen);
  const total = deck.reduce((sum, value) => sum + value, 0);
  const ready = new Uint16Array(readyNumbers);
  let place = readyNumbers;
  for (let index = 0; index < sums.length; index += 1) {
    let sum = 0;
    for (let card = 0; card < drawn; card += 1) {
      const limit = deck.length - card;
      let product = 0;
      do {
        if (place === readyNumbers) place = refill(ready, random);
        product = Math.imul(ready[place++] as number, limit);
      } while ((product & 0xffff) < limit && (product & 0xffff) < 0x10000 % limit);
      const other = card + (product >>> 16);
      const value = deck[other] as number;
      deck[other] = deck[card] as number;
      deck[card] = value;
      sum += value;
    }
    sums[index] = (sums[index] as number) + (drawn === chosen ? sum : total - sum);
  }
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
