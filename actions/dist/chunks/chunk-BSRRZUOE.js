import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// src/results/metrics.ts
var throughput = { name: "throughput", unit: "bit/s", better: "higher", role: "primary" };
var latency = { name: "latency", unit: "s", better: "lower", role: "primary" };
var loss = { name: "loss", unit: "1", better: "lower", role: "secondary" };
var retransmits = { name: "retransmits", unit: "count", better: "lower", role: "secondary" };
var sent = { name: "sent", unit: "bit/s", better: "higher", role: "secondary" };
var jitter = { name: "jitter", unit: "s", better: "lower", role: "secondary" };
var transactionMetrics = [
  latency,
  { name: "transactions", unit: "1/s", better: "higher", role: "secondary" },
  { name: "latency_p50", unit: "s", better: "lower", role: "secondary" },
  { name: "latency_p90", unit: "s", better: "lower", role: "secondary" },
  { name: "latency_p99", unit: "s", better: "lower", role: "secondary" },
  { name: "latency_max", unit: "s", better: "lower", role: "secondary" }
];
var metricsByTest = {
  tcp_stream: [throughput, retransmits],
  tcp_rr: transactionMetrics,
  udp_stream: [throughput, sent, loss],
  udp_rr: transactionMetrics,
  iperf_tcp: [throughput, retransmits],
  iperf_udp: [throughput, sent, loss, jitter],
  ping: [latency, loss]
};

// src/statistics/random.ts
function createRandom(seed) {
  const next = createSplitMix64(typeof seed === "string" ? hashFnv1a64(seed) : checkSeed(seed));
  const [first, second] = [next(), next()];
  return createXoshiro128([low32(first), low32(first >> 32n), low32(second), low32(second >> 32n)]);
}
function createXoshiro128(state) {
  let [a, b, c, d] = state;
  const nextUint32 = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul(product << 7 | product >>> 25, 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = d << 11 | d >>> 21;
    return result >>> 0;
  };
  const nextBelow = (limit) => drawBelow(limit, nextUint32);
  return { nextUint32, nextBelow, shuffle: (items) => shuffle(items, nextBelow) };
}
function drawBelow(limit, nextUint32) {
  if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32) {
    throw new RangeError(`a limit must be a whole number from 1 to 2^32, found ${limit}`);
  }
  if (limit === 1) return 0;
  const unused = Math.clz32(limit - 1);
  let drawn = nextUint32() >>> unused;
  while (drawn >= limit) drawn = nextUint32() >>> unused;
  return drawn;
}
function shuffle(items, nextBelow) {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = nextBelow(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen], shuffled[last]];
  }
  return shuffled;
}
function createSplitMix64(seed) {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = BigInt.asUintN(64, (state ^ state >> 30n) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ mixed >> 27n) * 0x94d049bb133111ebn);
    return mixed ^ mixed >> 31n;
  };
}
function hashFnv1a64(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}
function checkSeed(seed) {
  if (Number.isSafeInteger(seed) && seed >= 0) return BigInt(seed);
  throw new RangeError(`a seed must be a whole number from 0 to 2^53 - 1, found ${seed}`);
}
function low32(value) {
  return Number(BigInt.asUintN(32, value));
}

// src/plans/matrix.ts
function listCombinations(plan) {
  return plan.guests.flatMap((guest) => plan.attachments.map((attachment) => ({ guest, attachment }))).map(({ guest, attachment }) => ({
    guest,
    attachment,
    tests: plan.tests.filter((test) => !isUnsupported(plan, guest, attachment, test))
  })).filter(({ tests }) => tests.length > 0);
}
function listCells(plan, which) {
  return listCombinations(plan).flatMap(
    ({ guest, attachment, tests }) => tests.flatMap(
      (test) => metricsByTest[test].filter(({ role }) => which === "all" || role === "primary").map((metric) => ({ id: `${guest}/${attachment}/${test}/${metric.name}`, guest, attachment, test, metric }))
    )
  );
}
function isUnsupported(plan, guest, attachment, test) {
  return plan.unsupported.some(
    (entry) => entry.guest === guest && entry.attachment === attachment && (entry.test === null || entry.test === test)
  );
}

// src/plans/schedule.ts
var pairs = [
  ["baseline", "candidate"],
  ["candidate", "baseline"]
];
function buildSchedule(plan, seed) {
  const random = createRandom(seed);
  const combinations = listCombinations(plan);
  const rounds = splitIntoRounds(plan.deployments);
  const blocks = plan.regime === "boot" ? numberBoots(rounds.map((perSide) => buildBootBlock(combinations, perSide, random))) : rounds.flatMap(
    (perSide) => random.shuffle(combinations).map((combination) => buildBlock(combination, perSide, random))
  );
  return blocks.flatMap((deployments, index) => deployments.map((deployment) => ({ ...deployment, block: index + 1 }))).map((deployment, index) => ({ ...deployment, order: index + 1 }));
}
function listSamples(tests, plan) {
  return tests.flatMap((test) => [
    { test, phase: "warmup" },
    ...Array.from({ length: countSamples(plan, test) }, () => ({ test, phase: "measure" }))
  ]);
}
function countSamples({ samples, ping }, test) {
  return test === "ping" ? ping.samples ?? samples : samples;
}
function splitIntoRounds(deployments) {
  const full = Array.from({ length: Math.floor(deployments / 2) }, () => 2);
  return deployments % 2 === 0 ? full : [...full, 1];
}
function buildBlock({ guest, attachment, tests }, perSide, random) {
  const sides = drawSides(perSide, random);
  const shuffledTests = random.shuffle(tests);
  return sides.map((side) => ({ boot: null, side, guest, attachment, tests: shuffledTests }));
}
function buildBootBlock(combinations, perSide, random) {
  const sides = drawSides(perSide, random);
  const served = random.shuffle(combinations).map((combination) => ({
    ...combination,
    tests: random.shuffle(combination.tests)
  }));
  return sides.map((side) => served.map((combination) => ({ ...combination, side })));
}
function numberBoots(blocks) {
  let boot = 0;
  return blocks.map(
    (boots) => boots.flatMap((served) => {
      boot += 1;
      return served.map((deployment) => ({ ...deployment, boot }));
    })
  );
}
function drawSides(perSide, random) {
  const pair = random.shuffle(pairs)[0] ?? [];
  return perSide === 2 ? [...pair, ...pair.toReversed()] : [...pair];
}

export {
  createRandom,
  metricsByTest,
  listCombinations,
  listCells,
  buildSchedule,
  listSamples,
  countSamples
};
