/** Reproducible random choices: the same seed gives the same sequence on every machine and in every version. */
export interface Random {
  /** The next whole number from 0 to 2^32 - 1, all equally likely. */
  nextUint32(): number;
  /** The next whole number from 0 to `limit` - 1, all equally likely; `limit` is a whole number from 1 to 2^32. */
  nextBelow(limit: number): number;
  /** The items in a random order, all orders equally likely; the array given stays as it is. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/**
 * The generator xoshiro128** with its state drawn from SplitMix64, as its authors advise.
 * A numeric seed (whole, from 0) starts SplitMix64; of a text, the FNV-1a hash of its UTF-8 bytes does, so
 * `createRandom('1:docker/bridge/tcp_rr/latency')` is a stream of its own for one cell of a run with seed 1.
 * Sources: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators" (2021), with the reference
 * code of xoshiro128starstar and splitmix64; RFC 9923 (FNV).
 * Example: the first number of seed 1 is 1695105466, that of the text `1:a` 1208893686.
 */
export function createRandom(seed: number | string): Random {
  const next = createSplitMix64(typeof seed === 'string' ? hashFnv1a64(seed) : checkSeed(seed));
  const [first, second] = [next(), next()];
  return createXoshiro128([low32(first), low32(first >> 32n), low32(second), low32(second >> 32n)]);
}

/**
 * xoshiro128** from a given state of four 32-bit numbers, not all zero.
 * Example: the first number after 1, 2, 3, 4 is 11520.
 */
export function createXoshiro128(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  const nextUint32 = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  const nextBelow = (limit: number) => drawBelow(limit, nextUint32);
  return { nextUint32, nextBelow, shuffle: (items) => shuffle(items, nextBelow) };
}

/** As many high bits as the limit needs, drawn again when they are too large: a remainder would favour small numbers. */
function drawBelow(limit: number, nextUint32: () => number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32) {
    throw new RangeError(`a limit must be a whole number from 1 to 2^32, found ${limit}`);
  }
  // Shifting by 32 would shift by nothing.
  if (limit === 1) return 0;
  const unused = Math.clz32(limit - 1);
  let drawn = nextUint32() >>> unused;
  while (drawn >= limit) drawn = nextUint32() >>> unused;
  return drawn;
}

/** Fisher and Yates, from the end. */
function shuffle<Item>(items: readonly Item[], nextBelow: (limit: number) => number): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = nextBelow(last + 1);
    // Both places are inside the array, whatever its items are.
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as Item, shuffled[last] as Item];
  }
  return shuffled;
}

function createSplitMix64(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
}

function hashFnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

function checkSeed(seed: number): bigint {
  if (Number.isSafeInteger(seed) && seed >= 0) return BigInt(seed);
  throw new RangeError(`a seed must be a whole number from 0 to 2^53 - 1, found ${seed}`);
}

function low32(value: bigint): number {
  return Number(BigInt.asUintN(32, value));
}
