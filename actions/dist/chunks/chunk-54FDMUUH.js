import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  listCombinations
} from "./chunk-BSRRZUOE.js";
import {
  ConfigurationError
} from "./chunk-6DYL3Q2G.js";

// src/statistics/quantile.ts
function sortAscending(values) {
  if (values.length === 0) throw new RangeError("expected at least one number, found none");
  const sorted = new Float64Array(values).sort();
  if (Number.isFinite(sorted[0]) && Number.isFinite(sorted.at(-1))) return sorted;
  throw new RangeError(`expected finite numbers, found ${[...values].find((value) => !Number.isFinite(value))}`);
}
function computeQuantile(values, probability) {
  return interpolate(sortAscending(values), probability);
}
function computeMedian(values) {
  if (values.length < fewestSelected) return computeQuantile(values, 0.5);
  const copy = new Float64Array(values);
  if (!copy.every(Number.isFinite)) return computeQuantile(values, 0.5);
  const upper = copy.length >> 1;
  selectPlace(copy, upper);
  const high = copy[upper];
  if (copy.length % 2 === 1) return high;
  const low = copy.subarray(0, upper).reduce((largest, value) => Math.max(largest, value), -Infinity);
  return interpolate(Float64Array.of(low, high), 0.5);
}
var fewestSelected = 200;
function selectPlace(values, place) {
  let [first, last] = [0, values.length - 1];
  while (first < last) {
    const pivot = values[first + last >> 1];
    let [left, right] = [first, last];
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const kept = values[left];
      values[left] = values[right];
      values[right] = kept;
      left += 1;
      right -= 1;
    }
    if (place <= right) last = right;
    else if (place >= left) first = left;
    else return;
  }
}
function computeFiveNumbers(values) {
  const sorted = sortAscending(values);
  const at = (probability) => interpolate(sorted, probability);
  return { minimum: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), maximum: at(1) };
}
function interpolate(sorted, probability) {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`expected a probability from 0 to 1, found ${probability}`);
  }
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  const weight = position - below;
  const step = high - low;
  return Number.isFinite(step) ? Math.min(high, low + step * weight) : low * (1 - weight) + high * weight;
}

// src/comparison/group-tries.ts
function groupTries(deployments) {
  const ordered = deployments.toSorted((left, right) => left.line.order - right.line.order);
  const byPlace = Map.groupBy(
    ordered,
    ({ line }) => JSON.stringify([line.block, line.host, line.guest, line.attachment])
  );
  return [...byPlace.values()].flatMap(
    (group) => [...Map.groupBy(group, ({ session }) => session).values()].reduce(addSession, [])
  );
}
function chooseCounted(tries) {
  return tries.findLast(hasMeasured) ?? tries.findLast(({ line }) => line.facts !== null) ?? tries.at(-1);
}
function hasSucceeded({ end }) {
  return end?.status === "ok";
}
function hasMeasured({ samples }) {
  return samples.some(({ phase, status }) => phase === "measure" && status === "ok");
}
function addSession(places, session) {
  const tries = joinSecondTries(session);
  const unfinished = places.filter((place) => !place.some(hasSucceeded));
  const continued = places.map((place) => [...place, ...tries[unfinished.indexOf(place)] ?? []]);
  return [...continued, ...tries.slice(unfinished.length)];
}
function joinSecondTries(deployments) {
  const joined = [];
  for (const deployment of deployments) {
    const last = joined.at(-1);
    const [first, second] = last ?? [];
    const isSecondTry = first?.line.readySeconds === null && second === void 0 && deployment.line.order === first.line.order + 1;
    if (isSecondTry) last?.push(deployment);
    else joined.push([deployment]);
  }
  return joined;
}

// src/comparison/side-data.ts
function collectSides(runs) {
  const [first, second = first] = runs;
  if (first === void 0 || second === void 0 || runs.length > 2) {
    throw new RangeError(`expected one run or two, found ${runs.length}`);
  }
  return {
    baseline: collectSide(first, "baseline"),
    candidate: collectSide(runs.length === 1 ? second : takeSide(second, "candidate"), "candidate"),
    interleaved: runs.length === 1
  };
}
function placementKey({ host, guest, attachment }) {
  return `${host}:${guest}/${attachment}`;
}
function hasOneSide({ header, deployments }) {
  return header.baseline.sha256 === header.candidate.sha256 && deployments.every(({ side }) => side === "baseline");
}
function takeSide(run, side) {
  if (!hasOneSide(run)) return run;
  return { ...run, deployments: run.deployments.map((line) => ({ ...line, side })) };
}
function collectSide(run, side) {
  const ends = new Map(run.deploymentEnds.map((end) => [end.id, end]));
  const samples = Map.groupBy(run.samples, ({ deployment }) => deployment);
  const started = run.deployments.map((line, index) => ({
    line,
    end: ends.get(line.id) ?? null,
    samples: samples.get(line.id) ?? [],
    session: run.resumedAfter.filter((count) => count <= index).length
  })).filter(({ line }) => line.side === side);
  const tries = groupTries(started);
  const counted = new Set(tries.map(chooseCounted));
  return { side, run, deployments: started.filter((deployment) => counted.has(deployment)), tries };
}

// src/statistics/detection-factors.ts
var sizes = [4, 5, 7, 10, 20, 40];
var cells = [1, 3, 10, 48, 200];
var factors = {
  welch: [
    [1.236, 1.28, 1.323, 1.39, 1.464],
    [1.176, 1.203, 1.232, 1.267, 1.305],
    [1.131, 1.146, 1.161, 1.179, 1.194],
    [1.089, 1.099, 1.11, 1.122, 1.13],
    [1.047, 1.054, 1.06, 1.065, 1.069],
    [1.022, 1.026, 1.028, 1.031, 1.035]
  ],
  rank: [
    [1.409, 1.409, 1.409, 1.409, 1.409],
    [1.277, 1.294, 1.294, 1.294, 1.294],
    [1.164, 1.204, 1.227, 1.274, 1.274],
    [1.12, 1.129, 1.129, 1.154, 1.155],
    [1.072, 1.07, 1.062, 1.065, 1.062],
    [1.038, 1.037, 1.041, 1.035, 1.037]
  ]
};
function findDetectionFactor(rule, design) {
  const inverse = (1 / design.baselineSize + 1 / design.candidateSize) / 2;
  const rows = [...factors[rule].map((row) => interpolateLevel(row, design.level)), 1];
  const places = [...sizes.map((size) => 1 / size), 0];
  return interpolate2(places, rows, inverse);
}
function interpolateLevel(row, level) {
  return interpolate2(
    cells.map((count) => -Math.log(count)),
    row,
    Math.log(level / 0.05)
  );
}
function interpolate2(places, values, at) {
  const next = places.findIndex((place) => place <= at);
  const last = places.length - 1;
  if (next <= 0) return values[next === 0 ? 0 : last];
  const [before, after] = [places[next - 1], places[next]];
  const share = (before - at) / (before - after);
  return values[next - 1] * (1 - share) + values[next] * share;
}

// src/statistics/find-root.ts
function findRoot(rising, { low, high, tolerance }) {
  let [a, b, atA, atB] = [low, high, rising(low), rising(high)];
  if (!(atA <= 0 && atB >= 0))
    throw new RangeError(`expected a root between ${low} and ${high}, found ${atA} and ${atB}`);
  const pull = 0.2 / (b - a);
  let reach = tolerance * 2 ** (Math.ceil(Math.log2((b - a) / (2 * tolerance))) + 1);
  while (b - a > 2 * tolerance) {
    const middle = (a + b) / 2;
    const radius = reach - (b - a) / 2;
    const secant = atB === atA ? middle : (atB * a - atA * b) / (atB - atA);
    const towards = Math.sign(middle - secant);
    const step = pull * (b - a) ** 2;
    const truncated = step <= Math.abs(middle - secant) ? secant + towards * step : middle;
    const x = Math.abs(truncated - middle) <= radius ? truncated : middle - towards * radius;
    const value = rising(x);
    if (value === 0) return x;
    if (value > 0) [b, atB] = [x, value];
    else [a, atA] = [x, value];
    reach /= 2;
  }
  return (a + b) / 2;
}

// src/statistics/log-gamma.ts
var stirlingFrom = 10;
var stirlingCoefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
function stirlingCorrection(x) {
  const inverseSquare = 1 / (x * x);
  return stirlingCoefficients.reduceRight((sum, coefficient) => sum * inverseSquare + coefficient, 0) / x;
}
function logGamma(x) {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`expected a finite number above 0, found ${x}`);
  let shifted = x;
  let product = 1;
  while (shifted < stirlingFrom) {
    product *= shifted;
    shifted += 1;
  }
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI);
  return stirling + stirlingCorrection(shifted) - Math.log(product);
}
function logBeta(a, b) {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < stirlingFrom) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const sum = small + large;
  const difference = small - (large - 0.5) * Math.log1p(small / large) - small * Math.log(sum);
  return logGamma(small) + difference + stirlingCorrection(large) - stirlingCorrection(sum);
}
function logChoose(total, chosen) {
  return logGamma(total + 1) - logGamma(chosen + 1) - logGamma(total - chosen + 1);
}

// src/statistics/incomplete-beta.ts
var mostSteps = 2e4;
function computeIncompleteBeta(a, b, x, complement = 1 - x) {
  if (!(a > 0 && b > 0)) throw new RangeError(`expected parameters above 0, found ${a} and ${b}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`expected a number from 0 to 1, found ${x}`);
  if (x === 0 || complement === 0) return x === 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - computeTail(b, a, complement, x);
  return computeTail(a, b, x, complement);
}
function computeTail(a, b, x, complement) {
  const logX = x > 0.5 ? Math.log1p(-complement) : Math.log(x);
  const logComplement = complement > 0.5 ? Math.log1p(-x) : Math.log(complement);
  return Math.exp(a * logX + b * logComplement - logBeta(a, b)) / a * evaluateFraction(a, b, x);
}
function evaluateFraction(a, b, x) {
  const awayFromZero = (value) => Math.abs(value) < 1e-300 ? 1e-300 : value;
  let c = 1;
  let d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
  let fraction = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) return fraction;
  }
  throw new RangeError(`the incomplete beta function did not converge for ${a}, ${b}, ${x}`);
}

// src/statistics/student-t.ts
function computeTwoSidedTail(t, degreesOfFreedom) {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new RangeError(`expected finite degrees of freedom above 0, found ${degreesOfFreedom}`);
  }
  if (Number.isNaN(t)) throw new RangeError("expected a number, found NaN");
  const square = t * t;
  if (square === Infinity) return 0;
  const total = degreesOfFreedom + square;
  return computeIncompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, square / total);
}
function computeUpperQuantile(twoSided, degreesOfFreedom) {
  if (twoSided === 1) return 0;
  let high = 1;
  while (computeTwoSidedTail(high, degreesOfFreedom) > twoSided) high *= 2;
  let low = high / 2;
  while (computeTwoSidedTail(low, degreesOfFreedom) < twoSided) low /= 2;
  const wanted = Math.log(twoSided);
  const excess = (t) => wanted - Math.log(computeTwoSidedTail(t, degreesOfFreedom));
  return findRoot(excess, { low, high, tolerance: high * 1e-13 });
}

// src/comparison/environment-difference.ts
var factScopes = ["host", "guest", "client"];
var decisiveFact = /^kernel(\.|$)|congestion|(^|\.)(qdisc|mtu|offload|governor|mitigation)/;
function isDecisiveFact(key) {
  return decisiveFact.test(key);
}
function compareEnvironments(sides, declared) {
  const byPlacement = Map.groupBy(
    [...sides.baseline.deployments, ...sides.candidate.deployments].filter(({ line }) => line.facts !== null),
    ({ line }) => placementKey(line)
  );
  const found = [...byPlacement].map(([placement, deployments]) => {
    const ofSide = (side) => deployments.filter(({ line }) => line.side === side);
    return { placement, differences: compareFacts(ofSide("baseline"), ofSide("candidate"), declared) };
  });
  return {
    differences: mergeDifferences(found.flatMap(({ differences }) => differences)),
    invalidating: new Map(
      found.map(({ placement, differences }) => [
        placement,
        differences.filter(({ declared: declared2, key }) => !declared2 && isDecisiveFact(key)).map(showValues)
      ])
    )
  };
}
function formatFact(value) {
  if (value === void 0) return "absent";
  return value === null ? "unknown" : String(value);
}
function compareFacts(baseline, candidate, declared) {
  if (baseline.length === 0 || candidate.length === 0) return [];
  return factScopes.flatMap((scope) => {
    const facts = (deployments) => deployments.map(({ line }) => line.facts?.[scope] ?? {});
    const [left, right] = [facts(baseline), facts(candidate)];
    const keys = [...new Set([...left, ...right].flatMap((entry) => Object.keys(entry)))];
    const values = (side, key) => new Set(side.map((entry) => formatFact(entry[key])));
    return keys.map((key) => ({ scope, key, baseline: values(left, key), candidate: values(right, key) })).filter((difference) => !isSameSet(difference.baseline, difference.candidate)).map((difference) => ({ ...difference, declared: isDeclared(`${scope}.${difference.key}`, declared) }));
  });
}
function isDeclared(fact, declared) {
  if (declared.has(fact)) return true;
  return [...declared].some((entry) => entry.endsWith(".*") && fact.startsWith(entry.slice(0, -1)));
}
function isSameSet(left, right) {
  return left.size === right.size && [...left].every((value) => right.has(value));
}
function mergeDifferences(differences) {
  const merged = /* @__PURE__ */ new Map();
  for (const difference of differences) {
    const id = `${difference.scope}.${difference.key}`;
    const known = merged.get(id) ?? difference;
    merged.set(id, {
      ...difference,
      baseline: /* @__PURE__ */ new Set([...known.baseline, ...difference.baseline]),
      candidate: /* @__PURE__ */ new Set([...known.candidate, ...difference.candidate])
    });
  }
  return [...merged.values()].map(showValues).sort(compareFactNames);
}
function showValues(difference) {
  const show = (values) => [...values].sort().join(", ");
  return { ...difference, baseline: show(difference.baseline), candidate: show(difference.candidate) };
}
function compareFactNames(left, right) {
  const order = factScopes.indexOf(left.scope) - factScopes.indexOf(right.scope);
  return order !== 0 ? order : left.key < right.key ? -1 : 1;
}

// src/plans/applies-parameter.ts
function appliesParameter({ layers, guests }, parameter) {
  const [layer, kind] = parameter.split(".");
  return layers.some((known) => known === layer) && (layer !== "guest" || guests.some((known) => known === kind));
}

// src/plans/resolve-plan.ts
var fewestDeploymentsForVerdict = 4;
function resolvePlan(plan, { regime, unsupported }) {
  const concerned = unsupported.filter(
    ({ guest, attachment, test }) => plan.guests.includes(guest) && plan.attachments.includes(attachment) && (test === null || plan.tests.includes(test))
  );
  const resolved = { ...plan, regime, unsupported: concerned };
  if (listCombinations(resolved).length > 0) return resolved;
  const reasons = concerned.map(({ guest, attachment, reason }) => `${guest}/${attachment}: ${reason}`);
  throw new ConfigurationError(`nothing of the plan ${plan.name} can run here (${[...new Set(reasons)].join("; ")})`);
}

// src/statistics/normal.ts
var logRootTwoPi = 0.5 * Math.log(2 * Math.PI);
var seriesUpTo = 3;
function normalCdf(z) {
  if (Number.isNaN(z)) throw new RangeError("expected a number, found NaN");
  const distance = Math.abs(z);
  if (distance <= seriesUpTo) return 0.5 + Math.sign(z) * integrateFromZero(distance);
  const tail = computeUpperTail(distance);
  return z < 0 ? tail : 1 - tail;
}
function normalQuantile(probability) {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`expected a probability between 0 and 1, found ${probability}`);
  }
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let z = -approximateUpperQuantile(probability);
  for (let step = 0; step < 3; step += 1) {
    const newton = (normalCdf(z) - probability) / normalDensity(z);
    z -= newton / (1 + z * newton / 2);
  }
  return z;
}
function normalDensity(z) {
  return Math.exp(-0.5 * z * z - logRootTwoPi);
}
function integrateFromZero(z) {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= z * z / odd;
    sum += term;
  }
  return sum * normalDensity(z);
}
function computeUpperTail(z) {
  let denominator = z;
  for (let level = 60; level >= 1; level -= 1) denominator = z + level / denominator;
  return normalDensity(z) / denominator;
}
function approximateUpperQuantile(tail) {
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - numerator / (1 + t * (1.432788 + t * (0.189269 + t * 1308e-6)));
}

// src/statistics/noncentral-t.ts
var negligible = 42;
function computeNoncentralUpperTail(t, { degreesOfFreedom: v, noncentrality }) {
  if (!(v > 0 && v < Infinity)) throw new RangeError(`expected finite degrees of freedom above 0, found ${v}`);
  if (!Number.isFinite(t) || !Number.isFinite(noncentrality)) {
    throw new RangeError(`expected finite numbers, found ${t} and ${noncentrality}`);
  }
  const logPeak = Math.LN2 + v / 2 * Math.log(v / 2) - logGamma(v / 2);
  const logDensity = (u) => logPeak + v * u - v / 2 * Math.exp(2 * u);
  const step = chooseStep(v, noncentrality);
  let sum = 0;
  for (const direction of [1, -1]) {
    for (let index = direction === 1 ? 0 : 1; ; index += 1) {
      const u = direction * index * step;
      const logWeight = logDensity(u);
      if (logWeight < logPeak - v / 2 - negligible) break;
      sum += Math.exp(logWeight) * normalCdf(noncentrality - t * Math.exp(u));
    }
  }
  return Math.min(1, sum * step);
}
function chooseStep(degreesOfFreedom, noncentrality) {
  return 0.2 / (1 + Math.max(Math.sqrt(2 * degreesOfFreedom), Math.abs(noncentrality)));
}

// src/statistics/detectable-shift.ts
function computeDetectableShift(question) {
  return computeKnownErrorShift(question) * findDetectionFactor("welch", question);
}
function computeKnownErrorShift(question) {
  const { standardError, degreesOfFreedom, level, power } = question;
  if (!(standardError > 0 && standardError < Infinity)) {
    throw new RangeError(`expected a finite standard error above 0, found ${standardError}`);
  }
  const critical = computeUpperQuantile(level, degreesOfFreedom);
  const excess = (noncentrality) => computeNoncentralUpperTail(critical, { degreesOfFreedom, noncentrality }) - power;
  let high = critical + 1;
  while (excess(high) < 0) high *= 2;
  return findRoot(excess, { low: 0, high, tolerance: high * 1e-10 }) * standardError;
}

export {
  appliesParameter,
  fewestDeploymentsForVerdict,
  resolvePlan,
  findDetectionFactor,
  logGamma,
  logChoose,
  normalCdf,
  normalQuantile,
  computeIncompleteBeta,
  computeTwoSidedTail,
  computeUpperQuantile,
  computeDetectableShift,
  computeKnownErrorShift,
  sortAscending,
  computeQuantile,
  computeMedian,
  computeFiveNumbers,
  hasSucceeded,
  hasMeasured,
  collectSides,
  placementKey,
  factScopes,
  compareEnvironments,
  formatFact
};
