import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  appliesParameter,
  collectNightEnvironment,
  collectSides,
  compareEnvironments,
  computeDetectableShift,
  computeFiveNumbers,
  computeIncompleteBeta,
  computeKnownErrorShift,
  computeMedian,
  computeQuantile,
  computeTwoSidedTail,
  computeUpperQuantile,
  factScopes,
  fewestDeploymentsForVerdict,
  findDetectionFactor,
  formatFact,
  hasMeasured,
  hasSucceeded,
  logChoose,
  logGamma,
  nightSchema,
  normalCdf,
  normalQuantile,
  placementKey,
  sortAscending
} from "./chunk-OD3JG4E4.js";
import {
  formatChange,
  formatNumber,
  readPlacement
} from "./chunk-E25633LF.js";
import {
  countSamples,
  createRandom,
  listCells,
  listCombinations,
  metricsByTest
} from "./chunk-BSRRZUOE.js";
import {
  catalogue,
  formatParameterValue
} from "./chunk-GWUUC4NK.js";
import {
  attachments,
  guestKinds,
  layers,
  sides,
  testNames
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  number,
  record,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  MeasurementError
} from "./chunk-5RZY2RT7.js";

// src/comparison/family-verdict.ts
var precedence = ["regressed", "invalid", "inconclusive", "improved", "unchanged"];
function summarizeFamily(cells) {
  const family = cells.filter(({ role }) => role === "primary");
  const count4 = (verdict) => family.filter((cell) => cell.verdict === verdict).length;
  return {
    verdict: precedence.find((verdict) => count4(verdict) > 0) ?? "inconclusive",
    regressed: count4("regressed"),
    improved: count4("improved"),
    unchanged: count4("unchanged"),
    inconclusive: count4("inconclusive"),
    invalid: count4("invalid")
  };
}

// src/comparison/measured-values.ts
function listMeasuredSamples({ samples }, test) {
  return samples.filter((sample) => sample.test === test && sample.phase === "measure" && sample.status === "ok");
}
function collectValues(deployments, test, metric) {
  return deployments.map((deployment) => ({
    deployment: deployment.line.id,
    values: listMeasuredSamples(deployment, test).flatMap((sample) => readValue(sample, metric))
  })).filter(({ values }) => values.length > 0);
}
function collectReplies(deployments, test) {
  return deployments.flatMap((deployment) => listMeasuredSamples(deployment, test)).flatMap((sample) => {
    const replies = sample.metrics.replies;
    return replies !== void 0 && "values" in replies ? replies.values : [];
  });
}
function readValue(sample, metric) {
  const found2 = sample.metrics[metric.name];
  if (found2 === void 0) return [];
  if ("value" in found2 && found2.unit === metric.unit) return [found2.value];
  const shown = "value" in found2 ? `a value in ${found2.unit}` : "a list of values";
  throw new MeasurementError(
    `sample ${sample.order} of ${sample.test} gives ${metric.name} as ${shown}; one value in ${metric.unit} is accepted`
  );
}

// src/comparison/plausibility.ts
var frameOverhead = 38;
var vlanTag = 4;
var ipHeader = 20;
var udpHeader = 8;
var virtualDrivers = /* @__PURE__ */ new Set([
  ...["veth", "tun", "tap", "bridge", "dummy", "macvlan", "macvtap", "ipvlan", "ifb", "loopback", "openvswitch"],
  ...["virtio_net", "vmxnet3", "xen_netfront", "hv_netvsc", "netdevsim"]
]);
var impossibleShare = 1.005;
var lineRateShare = 0.99;
var latencyFloorMicroseconds = 0.2;
function explainNoCeiling({ driver, bitsPerSecond }) {
  if (virtualDrivers.has(driver)) {
    return `The path does not end in hardware (the client's interface is of the kind ${driver}), so no ceiling of a wire applies.`;
  }
  return bitsPerSecond === null ? "The client's interface names no speed, so no ceiling of a wire applies." : null;
}
function computeCeiling(wire, payload, tagged = false) {
  const overhead = frameOverhead + (tagged ? vlanTag : 0);
  if (payload.protocol === "tcp") return wire.bitsPerSecond * payload.bytes / (wire.mtu + overhead);
  const packetBytes = payload.bytes + udpHeader;
  const room = Math.floor((wire.mtu - ipHeader) / 8) * 8;
  const fragments = packetBytes + ipHeader <= wire.mtu ? 1 : Math.ceil(packetBytes / room);
  return wire.bitsPerSecond * payload.bytes / (packetBytes + fragments * (ipHeader + overhead));
}
function judgeThroughput(side, bitsPerSecond, ceiling) {
  const share = bitsPerSecond / ceiling;
  const shown = `${formatNumber(share * 100)} % of what the wire can carry`;
  if (share > impossibleShare) {
    return `Throughput of the ${side} reaches ${shown}: the traffic did not take the wire, or its speed is named wrongly.`;
  }
  return share >= lineRateShare ? `Throughput of the ${side} is line rate (${shown}): the wire is the limit.` : null;
}
function judgeLatency(side, seconds) {
  if (seconds * 1e6 >= latencyFloorMicroseconds) return null;
  return `A round trip of the ${side} took ${formatNumber(seconds * 1e6)} \xB5s, less than ${latencyFloorMicroseconds} \xB5s for the wire alone: the measurement is broken.`;
}

// src/comparison/list-plausibility.ts
var tcpHeaders = 52;
var netperfDatagram = 1472;
function listPlausibility(cell) {
  return sides.flatMap(
    (side) => judgeSide(side, cell, readSamples(cell, side)).filter((sentence) => sentence !== null)
  );
}
function explainPath(deployments) {
  const wire = deployments.map(readWire).find((found2) => found2 !== null);
  return wire === void 0 || wire === null ? null : explainNoCeiling(wire);
}
function readSamples(cell, side) {
  return cell[side].flatMap(
    (deployment) => listMeasuredSamples(deployment, cell.test).map((sample) => ({ sample, wire: readWire(deployment.line) }))
  );
}
function judgeSide(side, { metric }, samples) {
  const values = samples.flatMap(({ sample, wire }) => {
    const found2 = sample.metrics[metric.name];
    return found2 !== void 0 && "value" in found2 ? [{ sample, wire, value: found2.value }] : [];
  });
  if (values.length === 0) return [];
  if (metric.name === "latency") return [judgeLatency(side, Math.min(...values.map(({ value }) => value)))];
  if (metric.name !== "throughput") return [];
  const shares = values.flatMap(({ sample, wire, value }) => {
    if (wire === null || wire.bitsPerSecond === null || explainNoCeiling(wire) !== null) return [];
    const { bitsPerSecond, mtu } = wire;
    return [{ value, ceiling: computeCeiling({ bitsPerSecond, mtu }, findPayload(sample, mtu)) }];
  });
  const highest = shares.toSorted((left, right) => right.value / right.ceiling - left.value / left.ceiling)[0];
  return highest === void 0 ? [] : [judgeThroughput(side, highest.value, highest.ceiling)];
}
function findPayload({ test, diagnostics }, mtu) {
  const read = (key) => typeof diagnostics[key] === "number" ? diagnostics[key] : 0;
  if (test === "tcp_stream" || test === "iperf_tcp") {
    return { protocol: "tcp", bytes: read("maximumSegmentBytes") || mtu - tcpHeaders };
  }
  const packets = read("client.packetsSent") || read("server.packetsExpected");
  return { protocol: "udp", bytes: Math.round(read("client.bytesSent") / packets) || netperfDatagram };
}
function readWire({ facts }) {
  const { "driver.wire": driver, "speed.wire": speed, "mtu.wire": mtu } = facts?.client ?? {};
  if (typeof driver !== "string" || typeof mtu !== "number") return null;
  return { driver, bitsPerSecond: typeof speed === "number" ? speed : null, mtu };
}

// src/comparison/shared-boots.ts
function nameObservation(line, side, sides2) {
  return alternatesByBoot(side, sides2) ? line.bootId : line.id;
}
function describeSharedBoots(cell, side, sides2) {
  if (!alternatesByBoot(side, sides2)) return [];
  const shared = [...Map.groupBy(cell[side].filter(hasMeasured), ({ line }) => line.bootId).values()].filter(
    (deployments) => deployments.length > 1
  );
  return shared.map((deployments) => {
    const names = deployments.map(({ line }) => line.id).join(", ");
    return `${names} of the ${side} ran in one boot of the host and count as one.`;
  });
}
function describeCommonBoots(cell, sides2) {
  if (!alternatesByBoot("baseline", sides2) || !alternatesByBoot("candidate", sides2)) return [];
  const boots = new Set(cell.baseline.filter(hasMeasured).map(({ line }) => line.bootId));
  const common = cell.candidate.filter(hasMeasured).filter(({ line }) => boots.has(line.bootId));
  if (common.length === 0) return [];
  const names = common.map(({ line }) => line.id).join(", ");
  return [`the host was not booted between the sides: ${names} of the candidate ran in a boot of the baseline`];
}
function alternatesByBoot(side, sides2) {
  return sides2[side].run.header.plan.regime === "boot";
}

// src/comparison/cell-warnings.ts
var notInterleaved = "The sides come from two runs and were not interleaved: whatever changed between the runs looks like an effect.";
function listCellWarnings(cell, values, sides2) {
  return [
    ...sides2.interleaved ? [] : [notInterleaved],
    ...sides.flatMap((side) => [
      ...describeFailedSamples(cell, side),
      ...describeSharedBoots(cell, side, sides2),
      ...describeMissingDeployments(side, values[side].length, sides2[side].run.header.plan.deployments)
    ]),
    ...describeUnequalCounts([...values.baseline, ...values.candidate]),
    ...listPlausibility(cell)
  ];
}
function describeFailedSamples(cell, side) {
  const tried = cell[side].flatMap(({ samples }) => samples).filter(({ test, phase }) => test === cell.test && phase === "measure");
  const failed = tried.filter(({ status }) => status === "failed").length;
  return failed === 0 ? [] : [`${failed} of ${tried.length} samples of the ${side} failed.`];
}
function describeMissingDeployments(side, found2, planned) {
  return found2 >= planned ? [] : [`${found2} of ${planned} planned deployments of the ${side} have data.`];
}
function describeUnequalCounts(deployments) {
  const counts = deployments.map(({ values }) => values.length);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest < most ? [`The deployments have unequal numbers of samples: ${fewest} to ${most}.`] : [];
}

// src/comparison/invalid-reasons.ts
function listInvalidReasons(cell, environment) {
  return [
    ...describeMismatches(cell),
    ...(environment.invalidating.get(placementKey(cell)) ?? []).map(
      ({ scope, key, baseline, candidate }) => `the sides differ in ${scope}.${key}, which no changed parameter declares: baseline ${baseline}, candidate ${candidate}`
    ),
    ...describeDifference(cell, "accelerator", readAccelerators),
    ...describeDifference(cell, "measuring tool", readTools)
  ];
}
function describeMismatches(cell) {
  const reasons = sides.flatMap(
    (side) => cell[side].flatMap(({ line }) => line.checks).filter(({ result }) => result === "mismatch").map(
      ({ parameter, requested, found: found2 }) => `${parameter} is not in force on the ${side}: asked for ${requested}, found ${found2}`
    )
  );
  return [...new Set(reasons)];
}
function describeDifference(cell, what, read) {
  const [baseline, candidate] = [new Set(read(cell, "baseline")), new Set(read(cell, "candidate"))];
  if ((/* @__PURE__ */ new Set([...baseline, ...candidate])).size < 2) return [];
  const show = (values) => [...values].sort().join(", ");
  return [`more than one ${what}: baseline ${show(baseline)}, candidate ${show(candidate)}`];
}
function readAccelerators(cell, side) {
  return cell[side].flatMap(({ line }) => line.facts === null ? [] : [line.accelerator ?? "none"]);
}
function readTools(cell, side) {
  return cell[side].flatMap((deployment) => listMeasuredSamples(deployment, cell.test).map(({ tool }) => tool));
}

// src/results/disturbance-keys.ts
var disturbanceKeys = {
  /** Share of the time of all CPUs that a hypervisor below gave to others, per cent. */
  steal: "steal.percent",
  /** Share of the sample's time in which some task waited for a CPU, per cent. */
  pressure: "pressure.cpuSome.percent",
  /** Processor time of the program that measures, while the tool ran, seconds. */
  harnessCpu: "harness.cpuSeconds"
};

// src/statistics/fisher-exact.ts
var slack = 1 + 1e-9;
function computeFisherP({ baseline, candidate }) {
  const wrong = [...baseline, ...candidate].find((count4) => !(Number.isSafeInteger(count4) && count4 >= 0));
  if (wrong !== void 0) throw new RangeError(`expected whole numbers from 0, found ${wrong}`);
  const size = baseline[0] + baseline[1];
  const others = candidate[0] + candidate[1];
  const having = baseline[0] + candidate[0];
  const logProbability = (count4) => logChoose(size, count4) + logChoose(others, having - count4) - logChoose(size + others, having);
  const observed = Math.exp(logProbability(baseline[0])) * slack;
  let [extreme, total] = [0, 0];
  for (let count4 = Math.max(0, having - others); count4 <= Math.min(size, having); count4 += 1) {
    const probability = Math.exp(logProbability(count4));
    total += probability;
    if (probability <= observed) extreme += probability;
  }
  return extreme / total;
}

// src/comparison/sample-disturbance.ts
var notableSteal = 1;
var severeSteal = 20;
var level = 0.01;
var leastDifference = 0.5;
var mostHarness = 0.05;
function listDisturbances(samples) {
  return [
    ...sides.flatMap((side) => describeHeavySteal(side, samples[side])),
    ...describeUnevenSteal(samples)
  ].concat(sides.flatMap((side) => describeHarness(side, samples[side])));
}
function readSteal(samples) {
  return samples.flatMap(({ diagnostics }) => {
    const steal = diagnostics[disturbanceKeys.steal];
    return typeof steal === "number" ? [steal] : [];
  });
}
function countAbove(values, limit) {
  return values.filter((value) => value > limit).length;
}
function describeHeavySteal(side, samples) {
  const steal = readSteal(samples);
  const above = countAbove(steal, severeSteal);
  if (above === 0 || above * 2 < steal.length) return [];
  return [`steal above ${severeSteal} % in ${above} of ${steal.length} samples of the ${side}`];
}
function describeUnevenSteal(samples) {
  const [baseline, candidate] = [readSteal(samples.baseline), readSteal(samples.candidate)];
  if (baseline.length === 0 || candidate.length === 0) return [];
  const [left, right] = [countAbove(baseline, notableSteal), countAbove(candidate, notableSteal)];
  const difference = Math.abs(left / baseline.length - right / candidate.length);
  const p = computeFisherP({
    baseline: [left, baseline.length - left],
    candidate: [right, candidate.length - right]
  });
  if (p > level || difference < leastDifference) return [];
  return [
    `steal above ${notableSteal} % in ${left} of ${baseline.length} samples of the baseline and ${right} of ${candidate.length} of the candidate`
  ];
}
function describeHarness(side, samples) {
  const shares = samples.flatMap(({ diagnostics, seconds }) => {
    const used = diagnostics[disturbanceKeys.harnessCpu];
    return typeof used === "number" && seconds > 0 ? [used / seconds] : [];
  });
  if (shares.length === 0) return [];
  const median = computeMedian(shares);
  if (median <= mostHarness) return [];
  return [`the measuring program itself used ${formatNumber(median * 100)} % of a CPU during samples of the ${side}`];
}

// src/comparison/build-cell-data.ts
function buildCellData(cell, sides2, environment) {
  const { id, metric } = cell;
  const { name, unit, better, role } = metric;
  const observation = alternatesBySample(cell, sides2) ? "block" : "deployment";
  const collect = (side) => cell[side].flatMap(
    (deployment) => listEntries(deployment, cell, {
      byBlock: observation === "block",
      name: nameObservation(deployment.line, side, sides2)
    })
  );
  return {
    id,
    role,
    metric: { name, unit, better },
    observation,
    baseline: collect("baseline"),
    candidate: collect("candidate"),
    circumstances: describeCircumstances(cell, sides2, environment)
  };
}
function alternatesBySample(cell, { baseline, candidate, interleaved }) {
  const regimes = [baseline, candidate].map(({ run }) => run.header.plan.regime);
  if (!interleaved || regimes.some((regime) => regime !== "sample")) return false;
  const [left, right] = [listSpans(cell, "baseline"), listSpans(cell, "candidate")];
  return left.some(([first, last]) => right.some(([start, end]) => start < last && first < end));
}
function listSpans(cell, side) {
  return cell[side].flatMap((deployment) => {
    const orders = listMeasuredSamples(deployment, cell.test).map(({ order }) => order);
    return orders.length === 0 ? [] : [[Math.min(...orders), Math.max(...orders)]];
  });
}
function listEntries(deployment, cell, { byBlock, name }) {
  const { id, block, order } = deployment.line;
  const collect = (data) => collectValues([data], cell.test, cell.metric)[0]?.values ?? [];
  if (!byBlock) return [{ deployment: name, block, order, values: collect(deployment) }];
  const samples = listMeasuredSamples(deployment, cell.test);
  return [...Map.groupBy(samples, (sample) => sample.block)].map(([number2, group]) => ({
    deployment: id,
    block: number2,
    order: Math.min(...group.map((sample) => sample.order)),
    values: collect({ ...deployment, samples: group })
  }));
}
function describeCircumstances(cell, sides2, environment) {
  const { test, metric } = cell;
  const values = {
    baseline: collectValues(cell.baseline, test, metric),
    candidate: collectValues(cell.candidate, test, metric)
  };
  const found2 = (side) => values[side].reduce((sum2, deployment) => sum2 + deployment.values.length, 0);
  const count4 = (side) => countExpected(cell, sides2[side], found2(side));
  const keepsReplies = test === "ping" && metric.name === "latency";
  const replies = (side) => collectReplies(cell[side], test);
  return {
    invalid: [...describeCommonBoots(cell, sides2), ...listInvalidReasons(cell, environment)],
    noData: describeNoData(cell, values, sides2),
    warnings: listCellWarnings(cell, values, sides2),
    disturbances: listDisturbances({
      baseline: listSamples(cell, "baseline"),
      candidate: listSamples(cell, "candidate")
    }),
    replies: keepsReplies ? { baseline: replies("baseline"), candidate: replies("candidate") } : null,
    noReplies: keepsReplies ? "the samples keep no single replies" : "only the latency of ping has single replies",
    accelerator: findAccelerator(cell),
    counts: { baseline: count4("baseline"), candidate: count4("candidate") }
  };
}
function listSamples(cell, side) {
  return cell[side].flatMap((deployment) => listMeasuredSamples(deployment, cell.test));
}
function countExpected({ test }, { run }, found2) {
  const { plan } = run.header;
  return { expected: Math.max(found2, plan.deployments * countSamples(plan, test)), found: found2 };
}
function findAccelerator({ baseline, candidate }) {
  return [...baseline, ...candidate].find(({ line }) => line.accelerator !== null)?.line.accelerator ?? null;
}
function describeNoData(cell, values, sides2) {
  const empty = sides.filter((side) => values[side].length === 0);
  if (empty.length === 0) return "";
  const elsewhere = empty.length === 1 ? empty.flatMap((side) => listOtherHosts(cell, sides2[side].deployments)) : [];
  if (elsewhere.length > 0) return `host confounded: the ${empty.join()} was measured on ${elsewhere.join(", ")} only`;
  const hasSamples = empty.some((side) => cell[side].some((found2) => listMeasuredSamples(found2, cell.test).length > 0));
  const who = empty.length === 2 ? "either side" : `the ${empty.join()}`;
  return hasSamples ? `no sample of ${who} reports this metric` : `no measured sample of ${who}`;
}
function listOtherHosts(cell, deployments) {
  const hosts = deployments.filter(({ line }) => line.guest === cell.guest && line.attachment === cell.attachment && line.host !== cell.host).filter((deployment) => listMeasuredSamples(deployment, cell.test).length > 0).map(({ line }) => line.host);
  return [...new Set(hosts)].sort();
}

// src/statistics/holm.ts
function adjustHolm(pValues, familySize = pValues.length) {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== void 0) throw new RangeError(`expected p values from 0 to 1, found ${wrong}`);
  if (familySize < pValues.length) {
    throw new RangeError(`expected a family of at least ${pValues.length}, found ${familySize}`);
  }
  const ascending = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p);
  const adjusted = new Array(pValues.length);
  let highest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, p * (familySize - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

// src/comparison/adjust-role.ts
function adjustByRole(questions) {
  const adjusted = /* @__PURE__ */ new Map();
  for (const family of Map.groupBy(questions, ({ role }) => role).values()) {
    const tested = family.filter(({ p }) => p !== null);
    const answers = adjustHolm(
      tested.map(({ p }) => p ?? 1),
      family.length
    );
    for (const [index, question] of tested.entries()) adjusted.set(question, answers[index] ?? 1);
  }
  return questions.map((question) => adjusted.get(question) ?? null);
}

// src/comparison/cell-data.ts
var noHistory = { deployments: [], ratios: [] };

// src/statistics/choose-scale.ts
function chooseScale(values) {
  const largest = values.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

// src/statistics/keep-finite.ts
function keepFinite(value) {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

// src/statistics/welch.ts
function compareMeans(baseline, candidate) {
  const scale = chooseScale([...baseline, ...candidate]);
  const [left, right] = [computeMoments(baseline, scale), computeMoments(candidate, scale)];
  const difference = keepFinite((right.mean - left.mean) * scale);
  const [leftError, rightError] = [left.variance / baseline.length, right.variance / candidate.length];
  const squaredError = leftError + rightError;
  if (squaredError === 0) return { kind: "constant", difference };
  const [leftShare, rightShare] = [leftError / squaredError, rightError / squaredError];
  const degreesOfFreedom = 1 / (leftShare ** 2 / (baseline.length - 1) + rightShare ** 2 / (candidate.length - 1));
  const t = (right.mean - left.mean) / Math.sqrt(squaredError);
  const p = computeTwoSidedTail(t, degreesOfFreedom);
  return {
    kind: "tested",
    difference,
    standardError: keepFinite(Math.sqrt(squaredError) * scale),
    degreesOfFreedom,
    p
  };
}
function computeWelchInterval(test, confidence) {
  const reach = computeUpperQuantile(1 - confidence, test.degreesOfFreedom) * test.standardError;
  return [keepFinite(test.difference - reach), keepFinite(test.difference + reach)];
}
function computeMoments(values, scale) {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== void 0) throw new RangeError(`expected finite numbers, found ${wrong}`);
  const [first] = values;
  if (first === void 0 || values.length < 2)
    throw new RangeError(`expected at least 2 values, found ${values.length}`);
  const distances = values.map((value) => value / scale - first / scale);
  const shift = distances.reduce((sum2, distance) => sum2 + distance, 0) / values.length;
  const squares = distances.reduce((sum2, distance) => sum2 + (distance - shift) ** 2, 0);
  return { mean: first / scale + shift, variance: squares / (values.length - 1) };
}

// src/statistics/plug-in-test.ts
function compareWithHistory({ baseline, candidate, history }) {
  checkQuestion({ baseline, candidate, history });
  const scale = chooseScale([...baseline, ...candidate, ...history]);
  const scaled = computeMean(candidate, scale) - computeMean(baseline, scale);
  const difference = keepFinite(scaled * scale);
  const mean = computeMean(history, scale);
  const variance = history.reduce((sum2, value) => sum2 + (value / scale - mean) ** 2, 0) / (history.length - 1);
  if (history.every((value) => value === history[0])) return { kind: "constant", difference };
  const standardError = Math.sqrt(variance * (1 / baseline.length + 1 / candidate.length));
  const degreesOfFreedom = history.length - 1;
  const p = computeTwoSidedTail(scaled / standardError, degreesOfFreedom);
  return { kind: "tested", difference, standardError: keepFinite(standardError * scale), degreesOfFreedom, p };
}
function drawNullDistances({ sizes, history }, { resamples = 9999, random }) {
  const [few, many] = [Math.min(...sizes), Math.max(...sizes)];
  checkQuestion({ baseline: Array(few).fill(0), candidate: Array(many).fill(0), history });
  const scale = chooseScale(history);
  const drawMean = (count4) => {
    let sum2 = 0;
    for (let index = 0; index < count4; index += 1) sum2 += history[random.nextBelow(history.length)] / scale;
    return sum2 / count4;
  };
  return Float64Array.from(
    { length: resamples },
    () => keepFinite(Math.abs(drawMean(few) - drawMean(many)) * scale)
  ).sort();
}
function computeDistanceShare(distances, difference) {
  const observed = Math.abs(difference) * (1 - 1e-12);
  const smaller = distances.findIndex((distance) => distance >= observed);
  return (1 + (smaller < 0 ? 0 : distances.length - smaller)) / (1 + distances.length);
}
function checkQuestion({ baseline, candidate, history }) {
  const wrong = [...baseline, ...candidate, ...history].find((value) => !Number.isFinite(value));
  if (wrong !== void 0) throw new RangeError(`expected finite numbers, found ${wrong}`);
  if (baseline.length === 0 || candidate.length === 0) throw new RangeError("expected at least one value a side");
  if (history.length < 2) throw new RangeError(`expected a history of at least 2 values, found ${history.length}`);
}
function computeMean(values, scale) {
  return values.reduce((sum2, value) => sum2 + value / scale, 0) / values.length;
}

// src/statistics/normality.ts
function testNormality(values) {
  const sorted = sortAscending(values);
  const count4 = sorted.length;
  const middle = sorted.reduce((sum2, value) => sum2 + value / count4, 0);
  const largest = sorted.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0);
  if (count4 < 5 || sorted[0] === sorted.at(-1) || largest === 0) return { kind: "constant" };
  const deviations = sorted.map((value) => (value - middle) / largest);
  const scores = deviations.map((_, index) => normalQuantile((index + 1 - 3 / 8) / (count4 + 1 / 4)));
  const product = (left, right) => left.reduce((sum2, value, index) => sum2 + value * right[index], 0);
  const statistic = Math.min(
    1,
    product(deviations, scores) ** 2 / (product(deviations, deviations) * product(scores, scores))
  );
  const log = Math.log(count4);
  const mean = -1.2725 + 1.0521 * (Math.log(log) - log);
  const deviation = 1.0308 - 0.26758 * (Math.log(log) + 2 / log);
  return { kind: "tested", statistic, p: normalCdf((mean - Math.log(1 - statistic)) / deviation) };
}

// src/comparison/shift.ts
var detectionPower = 0.8;
var noStandardError = "no deployment differs from the others of its side, so there is no standard error";
var noTest = {
  interval95: null,
  interval90: null,
  p: null,
  pMethod: null,
  detectable: null,
  sameness: null,
  warnings: []
};

// src/comparison/empirical-rule.ts
var draws = 99999;
var normalityLevel = 0.01;
function isNotNormal(history) {
  const found2 = testNormality(history);
  return found2.kind === "tested" && found2.p <= normalityLevel;
}
function compareEmpirically({ difference, sizes, history, level: level2, random }) {
  const distances = drawNullDistances({ sizes, history }, { resamples: draws, random });
  const reach = (tail) => findCriticalDistance(distances, tail);
  const around = (tail) => [difference - reach(tail), difference + reach(tail)];
  return {
    p: computeDistanceShare(distances, difference),
    interval95: around(0.05),
    interval90: around(0.1),
    detectable: reach(level2) + findShortfall(distances)
  };
}
function findCriticalDistance(distances, tail) {
  const allowed = Math.max(0, Math.floor(tail * (distances.length + 1) * (1 + 1e-12)) - 1);
  return distances[Math.max(0, distances.length - 1 - allowed)];
}
function findShortfall(distances) {
  const share = Math.max(0, 1 - 2 * (1 - detectionPower));
  return distances[Math.floor(share * (distances.length - 1))];
}

// src/comparison/deployment-rule.ts
var welchMethod = "welch-deployments";
var historyMethod = "plugin-deployments";
var empiricalMethod = "empirical-deployments";
var fewestForVariance = 30;
var fewestWithHistory = 2;
function countNeededDeployments(history) {
  return history.length >= fewestForVariance ? fewestWithHistory : fewestDeploymentsForVerdict;
}
function compareDeployments(input) {
  const { scale, baseline, candidate, level: level2, history } = input;
  const [left, right] = [computeObservations(baseline, scale), computeObservations(candidate, scale)];
  const known = scale === "ratio" ? history : [];
  const needed = countNeededDeployments(known);
  if (Math.min(left.length, right.length) < needed) return describeTooFew(scale, left, right, needed);
  const usesHistory = known.length >= fewestForVariance;
  const earlier = known.map(Math.log);
  const test = usesHistory ? compareWithHistory({ baseline: left, candidate: right, history: earlier }) : compareMeans(left, right);
  if (test.kind === "constant") return describeConstant(scale, test.difference);
  const { standardError, degreesOfFreedom } = test;
  const question = { standardError, degreesOfFreedom, level: level2, power: detectionPower };
  if (!usesHistory) {
    const detectable = computeDetectableShift({ ...question, baselineSize: left.length, candidateSize: right.length });
    return describeTest(test, scale, detectable);
  }
  const planned = { ...describeTest(test, scale, computeKnownErrorShift(question)), pMethod: historyMethod };
  if (!isNotNormal(earlier)) return planned;
  const sizes = [left.length, right.length];
  const { difference } = test;
  const empirical = compareEmpirically({ difference, sizes, history: earlier, level: level2, random: input.random });
  return { ...planned, ...empirical, pMethod: empiricalMethod };
}
function computeObservations(deployments, scale) {
  const medians = deployments.map(({ values }) => computeMedian(values));
  return scale === "ratio" ? medians.map(Math.log) : medians;
}
function describeTest(test, scale, detectable) {
  const { difference, p } = test;
  return {
    scale,
    estimate: difference,
    interval95: computeWelchInterval(test, 0.95),
    interval90: computeWelchInterval(test, 0.9),
    p,
    pMethod: welchMethod,
    // Only relative changes are asked for.
    detectable: scale === "ratio" ? detectable : null,
    sameness: null,
    untested: null,
    warnings: []
  };
}
function describeTooFew(scale, left, right, needed) {
  const counts = left.length === right.length ? `${left.length}` : `${left.length} and ${right.length}`;
  const plural = counts === "1" ? "" : "s";
  const untested = {
    because: `${counts} deployment${plural} a side; ${needed} needed`,
    verdictReason: `needs at least ${needed} fresh starts per side`
  };
  return { ...noTest, scale, estimate: computeMean2(right) - computeMean2(left), untested };
}
function describeConstant(scale, difference) {
  if (difference !== 0) {
    const untested2 = { because: noStandardError, verdictReason: noStandardError };
    return { ...noTest, scale, estimate: difference, untested: untested2 };
  }
  const untested = null;
  const equal = { ...noTest, scale, estimate: 0, interval95: [0, 0], interval90: [0, 0], p: 1, untested };
  const warning = "No variation: every deployment of both sides has the same median, so the interval has no width.";
  const sameness = "every deployment of both sides has the same median";
  return { ...equal, sameness, pMethod: welchMethod, warnings: scale === "ratio" ? [warning] : [] };
}
function computeMean2([first = 0, ...rest]) {
  return first + rest.reduce((sum2, value) => sum2 + (value - first), 0) / (rest.length + 1);
}

// src/comparison/observations.ts
function collectDeployments(entries) {
  return [...Map.groupBy(sortByTime(entries), ({ deployment }) => deployment)].map(([deployment, parts2]) => ({ deployment, values: joinValues(parts2) })).filter(({ values }) => values.length > 0);
}
function joinValues(entries) {
  const [only] = entries;
  return entries.length === 1 && only !== void 0 ? only.values : entries.flatMap(({ values }) => values);
}
function collectBlocks({ baseline, candidate }) {
  const numbers = [...new Set([...baseline, ...candidate].map(({ block }) => block ?? 0))].sort((a, b) => a - b);
  const [left, right] = [groupByBlock(baseline), groupByBlock(candidate)];
  return numbers.map((number2) => ({
    baseline: joinValues(left.get(number2) ?? []),
    candidate: joinValues(right.get(number2) ?? [])
  }));
}
function sortByTime(entries) {
  return entries.toSorted((left, right) => timeOf(left) - timeOf(right));
}
function timeOf({ order, block }) {
  return order ?? block ?? 0;
}
function groupByBlock(entries) {
  return Map.groupBy(
    entries.filter(({ values }) => values.length > 0),
    ({ block }) => block ?? 0
  );
}

// src/comparison/compare-guest-kinds.ts
var pairs = [
  ["docker", "qemu"],
  ["docker", "bare"],
  ["qemu", "bare"]
];
function compareGuestKinds(measured) {
  const placed = measured.flatMap((entry) => {
    const { id, role, circumstances } = entry.cell;
    const placement = readPlacement(id);
    const isValid = (circumstances?.invalid ?? []).length === 0;
    return placement !== null && role === "primary" && entry.scale === "ratio" && isValid ? [{ ...placement, measured: entry }] : [];
  });
  const groups = Map.groupBy(
    placed,
    ({ host, attachment, test, measured: { cell } }) => JSON.stringify([host, attachment, test, cell.metric.name, cell.metric.unit])
  );
  return [...groups.values()].flatMap(
    (cells) => pairs.flatMap(([guest, reference]) => {
      const above = cells.find((cell) => cell.guest === guest);
      const below = cells.find((cell) => cell.guest === reference);
      return above === void 0 || below === void 0 ? [] : comparePair(above, below);
    })
  );
}
function comparePair(above, below) {
  const { host, attachment, test } = above;
  return sides.flatMap((side) => {
    const guest = computeObservations(collectDeployments(above.measured.cell[side]), "ratio");
    const reference = computeObservations(collectDeployments(below.measured.cell[side]), "ratio");
    if (guest.length === 0 || reference.length === 0) return [];
    const figures = compareObservations(guest, reference);
    if (figures === null) return [];
    return [
      {
        host,
        attachment,
        test,
        metric: { ...above.measured.cell.metric },
        side,
        guest: above.guest,
        reference: below.guest,
        accelerator: (above.guest === "qemu" ? above : below).measured.cell.circumstances?.accelerator ?? null,
        deployments: [guest.length, reference.length],
        ...figures
      }
    ];
  });
}
function compareObservations(guest, reference) {
  const estimate = Math.exp(computeMean3(guest) - computeMean3(reference));
  if (!(estimate > 0 && estimate < Infinity)) return null;
  if (Math.min(guest.length, reference.length) < 2) {
    const untested = "one fresh start of a guest; 2 needed of both";
    return { ratio: { estimate, interval95: null }, p: null, untested };
  }
  const found2 = compareMeans(reference, guest);
  if (found2.kind === "constant") return { ratio: { estimate, interval95: null }, p: null, untested: noStandardError };
  const interval = computeWelchInterval(found2, 0.95).map(Math.exp);
  if (!(interval[0] > 0 && interval[1] < Infinity)) {
    return {
      ratio: { estimate, interval95: null },
      p: found2.p,
      untested: "the interval is beyond the range of numbers"
    };
  }
  return { ratio: { estimate, interval95: interval }, p: found2.p, untested: null };
}
function computeMean3(values) {
  return values.reduce((sum2, value) => sum2 + value / values.length, 0);
}

// src/statistics/allocation-tails.ts
var affordableAdditions = 1e7;
var mostCounted = 2 ** 53;
function computeAllocationTails(strata, { low, high }) {
  if (low >= high) return 1;
  const all = countAllocationSums(strata, affordableAdditions);
  if (all === null) return null;
  let extreme = 0;
  for (const [index, count4] of all.counts.entries()) {
    const sum2 = all.smallest + index * all.step;
    if (sum2 <= low || sum2 >= high) extreme += count4;
  }
  return Math.min(1, extreme / all.total);
}
function countAllocationSums(strata, mostAdditions) {
  const step = findStep(strata);
  if (countAdditions(strata, step) > mostAdditions) return null;
  let all = { smallest: 0, counts: Float64Array.of(1), total: 1 };
  for (const stratum of strata) all = convolve(all, countSums(stratum, step));
  return { ...all, step };
}
function findStep(strata) {
  let step = 0;
  for (const { values } of strata) {
    for (const value of values) step = greatestCommonDivisor(value - values[0], step);
  }
  return step || 1;
}
function greatestCommonDivisor(left, right) {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
function measureRange({ values, chosen }, step) {
  const least = values.subarray(0, chosen).reduce((sum2, value) => sum2 + value, 0);
  const most = values.subarray(values.length - chosen).reduce((sum2, value) => sum2 + value, 0);
  return (most - least) / step + 1;
}
function countAdditions(strata, step) {
  let [additions, length] = [0, 1];
  for (const stratum of strata) {
    const range = measureRange(stratum, step);
    additions += stratum.values.length * stratum.chosen * range / 2 + length * range;
    length += range - 1;
  }
  return additions;
}
function countSums({ values, chosen }, step) {
  const first = values[0];
  const steps = values.map((value) => (value - first) / step);
  const furthest = steps.subarray(steps.length - chosen).reduce((sum2, value) => sum2 + value, 0);
  const rows = Array.from({ length: chosen + 1 }, () => new Float64Array(furthest + 1));
  rows[0][0] = 1;
  const ends = new Float64Array(chosen + 1);
  for (const [seen, value] of steps.entries()) {
    for (let size = Math.min(seen + 1, chosen); size >= 1; size -= 1) {
      const end = ends[size - 1];
      addShifted(rows[size], { from: rows[size - 1], shift: value, end });
      ends[size] = end + value;
    }
  }
  const counts = rows[chosen];
  const least = steps.subarray(0, chosen).reduce((sum2, value) => sum2 + value, 0);
  return rescale({ smallest: chosen * first + least * step, counts: counts.subarray(least), total: addUp(counts) });
}
function addShifted(row, { from, shift, end }) {
  for (let place = 0; place <= end; place += 1)
    row[place + shift] = row[place + shift] + from[place];
}
function convolve(left, right) {
  const counts = new Float64Array(left.counts.length + right.counts.length - 1);
  for (const [shift, count4] of left.counts.entries()) {
    if (count4 === 0) continue;
    for (let place = 0; place < right.counts.length; place += 1)
      counts[place + shift] = counts[place + shift] + count4 * right.counts[place];
  }
  return rescale({ smallest: left.smallest + right.smallest, counts, total: left.total * right.total });
}
function rescale({ smallest, counts, total }) {
  if (total <= mostCounted) return { smallest, counts, total };
  return { smallest, counts: counts.map((count4) => count4 / total), total: 1 };
}
function addUp(counts) {
  return counts.reduce((sum2, count4) => sum2 + count4, 0);
}

// src/statistics/subset-sums.ts
function listSubsetSums(values, most = values.length) {
  const bySize = Array.from({ length: most + 1 }, () => []);
  bySize[0] = [0];
  for (const [seen, value] of values.entries()) {
    for (let size = Math.min(seen + 1, most); size >= 1; size -= 1) {
      for (const sum2 of bySize[size - 1]) bySize[size].push(sum2 + value);
    }
  }
  return bySize.map((sums) => Float64Array.from(sums));
}

// src/statistics/add-random-sums.ts
var readyNumbers = 8192;
function addTableEntries(sums, table, random) {
  const limit = table.length;
  const ready = new Uint16Array(readyNumbers);
  let place = readyNumbers;
  for (let index = 0; index < sums.length; index += 1) {
    let product = 0;
    do {
      if (place === readyNumbers) place = refill(ready, random);
      product = Math.imul(ready[place++], limit);
    } while ((product & 65535) < limit && (product & 65535) < 65536 % limit);
    sums[index] = sums[index] + table[product >>> 16];
  }
}
function addSubsetSums(sums, { values, chosen }, random) {
  const groups = splitEvenly(values);
  const still = new Uint32Array(sums.length).fill(chosen);
  let after = values.length;
  for (const group of groups) {
    after -= group.length;
    addGroup(sums, { tables: listSubsetSums(group), limits: createLimits(group.length, after), still }, random);
  }
}
function addGroup(sums, { tables, limits, still }, random) {
  const ready = new Uint16Array(readyNumbers);
  let place = readyNumbers;
  for (let index = 0; index < sums.length; index += 1) {
    const left = still[index];
    const drawn = random.nextUint32();
    const bounds = limits(left);
    let size = 0;
    while (size < bounds.length && drawn >= bounds[size]) size += 1;
    still[index] = left - size;
    const table = tables[size];
    const limit = table.length;
    let product = 0;
    do {
      if (place === readyNumbers) place = refill(ready, random);
      product = Math.imul(ready[place++], limit);
    } while ((product & 65535) < limit && (product & 65535) < 65536 % limit);
    sums[index] = sums[index] + table[product >>> 16];
  }
}
function createLimits(size, after) {
  const known = [];
  return (still) => {
    known[still] ??= computeLimits(size, after, still);
    return known[still];
  };
}
function computeLimits(size, after, still) {
  const most = Math.min(size, still);
  let below = 0;
  return Uint32Array.from({ length: most }, (_, chosen) => {
    if (still - chosen <= after) {
      const log = logChoose(size, chosen) + logChoose(after, still - chosen) - logChoose(size + after, still);
      below += Math.exp(log);
    }
    return Math.min(2 ** 32 - 1, Math.round(below * 2 ** 32));
  });
}
function splitEvenly(values) {
  const count4 = Math.ceil(values.length / 12);
  const start = (group) => Math.round(group * values.length / count4);
  return Array.from({ length: count4 }, (_, group) => values.subarray(start(group), start(group + 1)));
}
function refill(ready, random) {
  for (let place = 0; place < ready.length; place += 2) {
    const drawn = random.nextUint32();
    ready[place] = drawn >>> 16;
    ready[place + 1] = drawn;
  }
  return 0;
}

// src/statistics/allocations.ts
function toStrata(groups, followed) {
  return groups.map((group) => ({
    values: Float64Array.from([...group.baseline, ...group.candidate]).sort(),
    chosen: group[followed].length
  }));
}
var largestTable = 65536;
function computeAllocationP({ strata, low, high, resamples, random }) {
  const small = strata.filter(({ values, chosen }) => countSubsets(values.length, chosen) <= largestTable);
  const large = strata.filter((stratum) => !small.includes(stratum));
  const tables = mergeTables(small.map(listSums));
  const [only] = tables;
  if (only !== void 0 && tables.length === 1 && large.length === 0) {
    return { p: countExtreme(only, low, high) / only.length, exhaustive: true };
  }
  const sums = new Float64Array(resamples);
  for (const table of tables) addTableEntries(sums, table, random);
  for (const stratum of large) addSubsetSums(sums, stratum, random);
  return { p: (1 + countExtreme(sums, low, high)) / (1 + resamples), exhaustive: false };
}
function areAllListed(strata) {
  return strata.reduce((count4, { values, chosen }) => count4 * countSubsets(values.length, chosen), 1) <= largestTable;
}
function countExtreme(sums, low, high) {
  return sums.reduce((count4, sum2) => count4 + (sum2 <= low || sum2 >= high ? 1 : 0), 0);
}
function listSums({ values, chosen }) {
  return listSubsetSums(values, chosen)[chosen];
}
function mergeTables(tables) {
  const merged = [];
  let current = Float64Array.of(0);
  for (const table of tables) {
    if (current.length * table.length > largestTable) {
      merged.push(current);
      current = table.slice();
    } else {
      current = addTables(current, table);
    }
  }
  return [...merged, current];
}
function addTables(left, right) {
  const sums = new Float64Array(left.length * right.length);
  let place = 0;
  for (const first of left) {
    for (const second of right) sums[place++] = first + second;
  }
  return sums;
}
function countSubsets(total, chosen) {
  let count4 = 1;
  for (let index = 1; index <= Math.min(chosen, total - chosen); index += 1)
    count4 = count4 * (total - index + 1) / index;
  return count4;
}

// src/statistics/spread-test.ts
function compareDistances(strata, { resamples = 99999, random }) {
  const complete = completeStrata(strata);
  const ratio = computeDistanceRatio(complete);
  if (ratio === null) return { kind: "constant" };
  const ordered = ratio >= 1 ? complete : complete.map(swapSides);
  const question = askAllocations(ordered);
  const counted = areAllListed(question.strata) ? null : countRounded(ordered);
  const { p, exhaustive } = counted === null ? computeAllocationP({ ...question, resamples, random }) : { p: counted, exhaustive: true };
  return { kind: "tested", ratio, p, exhaustive };
}
function askAllocations(strata) {
  const sums = addUp2(strata);
  const total = sums.candidate + sums.baseline;
  const ratio = sums.candidate / sums.candidateCount / (sums.baseline / sums.baselineCount);
  const low = total * sums.candidateCount / (sums.candidateCount + sums.baselineCount * ratio);
  const slack4 = total * 1e-12;
  return {
    strata: toStrata(strata, "candidate"),
    low: low + slack4,
    high: sums.candidate - slack4
  };
}
var parts = 8192;
function countRounded(strata) {
  const part = (sum(strata, "candidate") + sum(strata, "baseline")) / parts;
  if (part === 0) return null;
  const round2 = (distances) => distances.map((distance) => Math.round(distance / part));
  const rounded = strata.map(({ baseline, candidate }) => ({ baseline: round2(baseline), candidate: round2(candidate) }));
  const { strata: counted, low, high } = askAllocations(rounded);
  return computeAllocationTails(counted, { low, high });
}
function computeSpreadInterval(strata, options) {
  const { unit, random, confidence = 0.95, resamples = 1999 } = options;
  const complete = completeStrata(strata);
  const estimate = computeDistanceRatio(complete);
  if (estimate === null) return null;
  const sums = complete.map((stratum) => addUp2([stratum]));
  const redraw = unit === "blocks" ? () => redrawBlocks(sums, random) : () => redrawEntries(complete, random);
  const logarithms = Array.from({ length: resamples }, () => Math.log(divideMeans(redraw()) ?? NaN));
  if (!(Number.isFinite(Math.log(estimate)) && logarithms.every(Number.isFinite))) return null;
  const end = (probability) => Math.exp(computeQuantile(logarithms, probability));
  const tail = (1 - confidence) / 2;
  return [Math.min(estimate, end(tail)), Math.max(estimate, end(1 - tail))];
}
function addUp2(strata) {
  return {
    baseline: sum(strata, "baseline"),
    candidate: sum(strata, "candidate"),
    baselineCount: count(strata, "baseline"),
    candidateCount: count(strata, "candidate")
  };
}
function redrawBlocks(blocks, random) {
  const drawn = { baseline: 0, candidate: 0, baselineCount: 0, candidateCount: 0 };
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[random.nextBelow(blocks.length)];
    drawn.baseline += block.baseline;
    drawn.candidate += block.candidate;
    drawn.baselineCount += block.baselineCount;
    drawn.candidateCount += block.candidateCount;
  }
  return drawn;
}
function redrawEntries(strata, random) {
  const drawn = { ...addUp2(strata), baseline: 0, candidate: 0 };
  for (const { baseline, candidate } of strata) {
    drawn.baseline += drawSum(baseline, random);
    drawn.candidate += drawSum(candidate, random);
  }
  return drawn;
}
function drawSum(values, random) {
  let sum2 = 0;
  for (let index = 0; index < values.length; index += 1) sum2 += values[random.nextBelow(values.length)];
  return sum2;
}
function computeDistanceRatio(strata) {
  return strata.length === 0 ? null : divideMeans(addUp2(strata));
}
function divideMeans(sums) {
  const baseline = sums.baseline / sums.baselineCount;
  const candidate = sums.candidate / sums.candidateCount;
  if (baseline === 0 && candidate === 0) return null;
  if (baseline === 0 || candidate === 0) return candidate / baseline;
  return Math.min(Number.MAX_VALUE, Math.max(1 / Number.MAX_VALUE, candidate / baseline));
}
function completeStrata(strata) {
  const wrong = strata.flatMap(({ baseline, candidate }) => [...baseline, ...candidate]).find((distance) => !(distance >= 0 && distance < Infinity));
  if (wrong !== void 0) throw new RangeError(`expected finite distances from 0, found ${wrong}`);
  const complete = strata.filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  const isHuge = complete.some((stratum) => [...stratum.baseline, ...stratum.candidate].some((far) => far > 2 ** 900));
  return isHuge ? complete.map(shrink) : complete;
}
function shrink({ baseline, candidate }) {
  const divide = (distances) => distances.map((distance) => distance === 0 ? 0 : Math.max(distance / 2 ** 100, Number.MIN_VALUE));
  return { baseline: divide(baseline), candidate: divide(candidate) };
}
function swapSides({ baseline, candidate }) {
  return { baseline: candidate, candidate: baseline };
}
function sum(strata, side) {
  return strata.reduce((all, stratum) => stratum[side].reduce((partial, distance) => partial + distance, all), 0);
}
function count(strata, side) {
  return strata.reduce((all, stratum) => all + stratum[side].length, 0);
}

// src/comparison/many-values.ts
var manyValues = 120;
var manyDistances = 1e3;

// src/statistics/normal-allocations.ts
function approximateAllocationP(strata, { low, high, step }) {
  const { mean, variance } = computeAllocationMoments(strata);
  const deviation = Math.sqrt(variance);
  if (deviation === 0) return 1;
  const below = normalCdf((low + step / 2 - mean) / deviation);
  return Math.min(1, below + normalCdf((mean - high + step / 2) / deviation));
}
function computeAllocationMoments(strata) {
  let [mean, variance] = [0, 0];
  for (const stratum of strata) {
    const moments = computeMoments2(stratum);
    mean += moments.mean;
    variance += moments.variance;
  }
  return { mean, variance };
}
function computeMoments2({ values, chosen }) {
  const count4 = values.length;
  const average = values.reduce((sum2, value) => sum2 + value, 0) / count4;
  const squares = values.reduce((sum2, value) => sum2 + (value - average) ** 2, 0);
  const variance = count4 < 2 ? 0 : chosen * (count4 - chosen) * squares / (count4 * (count4 - 1));
  return { mean: chosen * average, variance };
}

// src/comparison/normal-spread.ts
function approximateSpread(strata) {
  const baseline = summarize(strata.map((stratum) => stratum.baseline));
  const candidate = summarize(strata.map((stratum) => stratum.candidate));
  const ratio = candidate.mean / baseline.mean;
  const total = baseline.sum + candidate.sum;
  const largest = Math.max(ratio, 1 / ratio);
  const at = (share) => total * candidate.count * share / (baseline.count + candidate.count * share);
  const p = approximateAllocationP(
    strata.map((stratum) => ({
      values: Float64Array.from([...stratum.baseline, ...stratum.candidate]),
      chosen: stratum.candidate.length
    })),
    { low: at(1 / largest), high: at(largest), step: 0 }
  );
  const reach = normalQuantile(0.975) * Math.sqrt(baseline.relativeError + candidate.relativeError);
  return {
    ratio,
    interval95: [ratio * Math.exp(-reach), ratio * Math.exp(reach)],
    p,
    pMethod: "normal-permutation"
  };
}
function summarize(groups) {
  const count4 = groups.reduce((sum3, group) => sum3 + group.length, 0);
  const sum2 = groups.reduce((all, group) => group.reduce((partial, distance) => partial + distance, all), 0);
  const mean = sum2 / count4;
  const squares = groups.reduce(
    (all, group) => group.reduce((partial, distance) => partial + (distance - mean) ** 2, all),
    0
  );
  return { count: count4, sum: sum2, mean, relativeError: squares / (Math.max(1, count4 - 1) * count4 * mean * mean) };
}

// src/statistics/mann-whitney-distribution.ts
var affordableAdditions2 = 5e7;
function isDistributionAffordable(first, second) {
  return first * second * Math.min(first, second) <= affordableAdditions2;
}
function computeMannWhitneyProbabilities(first, second) {
  checkSizes(first, second);
  if (!isDistributionAffordable(first, second)) {
    throw new RangeError(`the exact distribution of ${first} against ${second} values would take too long`);
  }
  const [small, large] = first < second ? [first, second] : [second, first];
  const half = Math.floor(small * large / 2);
  const counts = new Float64Array(half + 1);
  counts[0] = 1;
  for (let factor = 1; factor <= small; factor += 1) {
    multiplyByFactor(counts, large + factor);
    divideByFactor(counts, factor);
  }
  return normaliseMirrored(counts, small * large);
}
function computeExactMannWhitneyP(u, first, second) {
  const probabilities = computeMannWhitneyProbabilities(first, second);
  if (!(Number.isInteger(u) && u >= 0 && u < probabilities.length)) {
    throw new RangeError(`expected a whole number from 0 to ${probabilities.length - 1}, found ${u}`);
  }
  const smaller = Math.min(u, probabilities.length - 1 - u);
  return Math.min(1, 2 * probabilities.subarray(0, smaller + 1).reduce((sum2, probability) => sum2 + probability, 0));
}
function checkSizes(...sizes) {
  const wrong = sizes.find((size) => !(Number.isInteger(size) && size >= 1));
  if (wrong !== void 0) throw new RangeError(`expected at least one value a side, found ${wrong}`);
}
function multiplyByFactor(counts, power) {
  for (let u = counts.length - 1; u >= power; u -= 1) counts[u] = counts[u] - counts[u - power];
}
function divideByFactor(counts, power) {
  for (let u = power; u < counts.length; u += 1) counts[u] = counts[u] + counts[u - power];
}
function normaliseMirrored(lowerHalf, pairs2) {
  const all = new Float64Array(pairs2 + 1);
  let total = 0;
  for (let u = 0; u <= pairs2; u += 1) {
    all[u] = lowerHalf[Math.min(u, pairs2 - u)];
    total += all[u];
  }
  return all.map((count4) => count4 / total);
}

// src/statistics/select-difference.ts
function selectDifference(left, right, order) {
  if (!(Number.isInteger(order) && order >= 1 && order <= left.length * right.length)) {
    throw new RangeError(`expected an order from 1 to ${left.length * right.length}, found ${order}`);
  }
  let low = right[0] - left.at(-1);
  let high = right.at(-1) - left[0];
  if (!(Number.isFinite(low) && Number.isFinite(high))) {
    const quarter = (values) => values.map((value) => value / 4);
    return keepFinite(4 * selectDifference(quarter(left), quarter(right), order));
  }
  let [fewer, upTo] = [0, left.length * right.length];
  for (let step = 0; low < high; step += 1) {
    const share = chooseShare(order, fewer, upTo, step);
    const middle = low * (1 - share) + high * share;
    const split = splitAt(left, right, middle < high ? Math.max(low, middle) : low);
    if (split.count >= order) [high, upTo] = [split.below, split.count];
    else [low, fewer] = [split.above, split.count];
  }
  return low;
}
function chooseShare(order, fewer, upTo, step) {
  if (step % 3 === 2) return 0.5;
  const inside = upTo - fewer;
  const share = (order - fewer) / inside + (step % 3 === 0 ? -aside : aside);
  return Math.min(0.999, Math.max(1e-3, share));
}
var aside = 0.02;
function splitAt(left, right, limit) {
  let count4 = 0;
  let below = -Infinity;
  let above = Infinity;
  let reached = 0;
  for (let index = 0; index < left.length; index += 1) {
    const value = left[index];
    while (reached < right.length && right[reached] - value <= limit) reached += 1;
    count4 += reached;
    const under = reached > 0 ? right[reached - 1] - value : -Infinity;
    const over = reached < right.length ? right[reached] - value : Infinity;
    if (under > below) below = under;
    if (over < above) above = over;
  }
  return { count: count4, below, above };
}

// src/statistics/detectable-rank-shift.ts
function computeDetectableRankShift(question) {
  const shift = computeBootstrapRankShift(question);
  return shift === null ? null : shift * findDetectionFactor("rank", question);
}
function computeBootstrapRankShift(question) {
  const { pooled, baselineSize, candidateSize, level: level2, power, resamples = 500, random } = question;
  const wrong = pooled.find((value) => !Number.isFinite(value));
  if (wrong !== void 0) throw new RangeError(`expected finite numbers, found ${wrong}`);
  if (pooled.length === 0) throw new RangeError("expected at least one number, found none");
  const wins = findCriticalWins(baselineSize, candidateSize, level2);
  if (wins === null) return null;
  const draw = createSortedDraws(pooled, random);
  const [candidate, baseline] = [new Float64Array(candidateSize), new Float64Array(baselineSize)];
  const needed = Array.from({ length: resamples }, () => selectDifference(draw(candidate), draw(baseline), wins));
  return Math.max(0, computeQuantile(needed, power));
}
function createSortedDraws(pooled, random) {
  const order = Uint32Array.from(pooled.keys()).sort((a, b) => pooled[a] - pooled[b]);
  const sorted = Float64Array.from(order, (index) => pooled[index]);
  const places = new Uint32Array(pooled.length);
  for (let place = 0; place < order.length; place += 1) places[order[place]] = place;
  const counts = new Uint32Array(pooled.length);
  return (target) => {
    counts.fill(0);
    for (let drawn = 0; drawn < target.length; drawn += 1) {
      const place = places[random.nextBelow(pooled.length)];
      counts[place] = counts[place] + 1;
    }
    let filled = 0;
    for (let place = 0; place < counts.length; place += 1) {
      for (let left = counts[place]; left > 0; left -= 1) target[filled++] = sorted[place];
    }
    return target;
  };
}
function findCriticalWins(baselineSize, candidateSize, level2) {
  const pairs2 = baselineSize * candidateSize;
  if (!isDistributionAffordable(baselineSize, candidateSize)) {
    const deviation = Math.sqrt(pairs2 * (baselineSize + candidateSize + 1) / 12);
    return Math.ceil(pairs2 / 2 + 0.5 - normalQuantile(level2 / 2) * deviation);
  }
  const probabilities = computeMannWhitneyProbabilities(baselineSize, candidateSize);
  let tail = 0;
  let lost = 0;
  while (tail + probabilities[lost] <= level2 / 2 * (1 + 1e-12)) {
    tail += probabilities[lost];
    lost += 1;
  }
  return lost === 0 ? null : pairs2 - lost + 1;
}

// src/statistics/rank-interval-index.ts
function computeRankIndices(first, second, confidences) {
  const wrong = confidences.find((confidence) => !(confidence > 0 && confidence < 1));
  if (wrong !== void 0) throw new RangeError(`expected a confidence between 0 and 1, found ${wrong}`);
  const allowed = confidences.map((confidence) => (1 - confidence) / 2);
  if (!isDistributionAffordable(first, second)) return allowed.map((tail) => approximateIndex(first, second, tail));
  const probabilities = computeMannWhitneyProbabilities(first, second);
  return allowed.map((tail) => findIndex(probabilities, tail));
}
function findIndex(probabilities, allowed) {
  let below = 0;
  let index = 0;
  while (below + probabilities[index] < allowed * (1 + 1e-12)) {
    below += probabilities[index];
    index += 1;
  }
  return index === 0 ? null : { index, achieved: 1 - 2 * below };
}
function approximateIndex(first, second, allowed) {
  const mean = first * second / 2;
  const deviation = Math.sqrt(first * second * (first + second + 1) / 12);
  const index = Math.floor(mean + normalQuantile(allowed) * deviation);
  return index < 1 ? null : { index, achieved: 1 - 2 * normalCdf((index - 0.5 - mean) / deviation) };
}

// src/statistics/hodges-lehmann.ts
function computeShift(baseline, candidate, confidence = 0.95) {
  return computeShifts(baseline, candidate, [confidence])[0];
}
function computeShifts(baseline, candidate, confidences) {
  const [left, right] = [sortAscending(baseline), sortAscending(candidate)];
  const differences = left.length * right.length;
  const at = (order) => selectDifference(left, right, order);
  const estimate = findMiddleDifference(left, right);
  return computeRankIndices(left.length, right.length, confidences).map((found2) => {
    if (found2 === null) return { estimate, interval: null, achieved: null };
    const interval = [at(found2.index), at(differences + 1 - found2.index)];
    return { estimate, interval, achieved: found2.achieved };
  });
}
function findMiddleDifference(left, right) {
  const middle = (left.length * right.length + 1) / 2;
  const [below, above] = [Math.floor(middle), Math.ceil(middle)];
  const lower = selectDifference(left, right, below);
  return above === below ? lower : lower / 2 + selectDifference(left, right, above) / 2;
}

// src/statistics/midranks.ts
function computeMidranks(values) {
  const sorted = sortAscending(values);
  const shared = new Float64Array(sorted.length);
  const tieSizes = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    shared[start] = (start + 1 + end) / 2;
    if (end - start > 1) tieSizes.push(end - start);
  }
  const ranks = Float64Array.from(values, (value) => shared[findFirst(sorted, value)]);
  return { ranks, tieSizes };
}
function findFirst(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

// src/statistics/rank-sum-distribution.ts
var affordableAdditions3 = 2e7;
var mostValues = 1e3;
function computeRankSumTails({ ranks, chosen, rankSum }) {
  if (!(Number.isInteger(chosen) && chosen >= 1 && chosen <= ranks.length)) {
    throw new RangeError(`expected a side of 1 to ${ranks.length} values, found ${chosen}`);
  }
  const mean = computeMeanSum(ranks, chosen);
  if (rankSum <= mean) return computeTailsBelow(ranks, chosen, rankSum);
  const mirrored = computeTailsBelow(
    Array.from(ranks, (rank) => -rank),
    chosen,
    -rankSum
  );
  return mirrored && { lower: mirrored.upper, upper: mirrored.lower };
}
function computeTwiceSmallerTail(question) {
  const tails = computeRankSumTails(question);
  return tails && Math.min(1, 2 * Math.min(tails.lower, tails.upper));
}
function computeDistanceP(question) {
  const { ranks, chosen, rankSum } = question;
  const mean = computeMeanSum(ranks, chosen);
  const distance = Math.abs(rankSum - mean);
  if (distance === 0) return 1;
  const lower = computeRankSumTails({ ranks, chosen, rankSum: mean - distance });
  const upper = computeRankSumTails({ ranks, chosen, rankSum: mean + distance });
  return lower && upper && Math.min(1, lower.lower + upper.upper);
}
function computeMeanSum(ranks, chosen) {
  return chosen * Float64Array.from(ranks).reduce((sum2, rank) => sum2 + rank, 0) / ranks.length;
}
function computeTailsBelow(ranks, chosen, rankSum) {
  const lattice = buildLattice(ranks);
  const limit = (2 * rankSum - chosen * lattice.smallest) / lattice.step;
  const { atMost, exactly } = countSums2(lattice.steps, chosen, Math.floor(limit + 1e-9)) ?? {};
  if (atMost === void 0 || exactly === void 0) return null;
  const total = countSubsets2(ranks.length, chosen);
  const attained = Number.isInteger(limit) ? exactly : 0;
  return { lower: atMost / total, upper: Math.min(1, 1 - (atMost - attained) / total) };
}
function buildLattice(ranks) {
  const doubled = Float64Array.from(ranks, (rank) => Math.round(2 * rank)).sort();
  const smallest = doubled[0];
  const distances = doubled.map((rank) => rank - smallest);
  const step = distances.reduce(greatestCommonDivisor2, 0) || 1;
  return { smallest, step, steps: distances.map((distance) => distance / step) };
}
function greatestCommonDivisor2(left, right) {
  return right === 0 ? left : greatestCommonDivisor2(right, left % right);
}
function countSums2(steps, chosen, limit) {
  const least = accumulate(steps);
  const length = limit - least[chosen] + 1;
  if (length < 1) return { atMost: 0, exactly: 0 };
  if (steps.length > mostValues || countAdditions2({ steps, least, chosen, limit }) > affordableAdditions3) return null;
  const rows = Array.from({ length: chosen + 1 }, () => new Float64Array(length));
  rows[0][0] = 1;
  forEachWindow({ steps, least, chosen, limit }, (size, shift, end) => {
    addShifted2(rows[size], { from: rows[size - 1], shift, end });
  });
  const last = rows[chosen];
  return { atMost: last.reduce((sum2, count4) => sum2 + count4, 0), exactly: last[length - 1] };
}
function forEachWindow(counting, visit) {
  const { steps, least, chosen, limit } = counting;
  const at = (index) => least[index];
  for (let seen = 1; seen <= steps.length; seen += 1) {
    for (let size = Math.min(seen, chosen); size >= 1 && seen + chosen - size <= steps.length; size -= 1) {
      const stillLeast = at(seen + chosen - size) - at(seen);
      const largest = Math.min(limit - stillLeast, at(seen) - at(seen - size));
      visit(size, steps[seen - 1] - (at(size) - at(size - 1)), largest - at(size) + 1);
    }
  }
}
function countAdditions2(counting) {
  let additions = 0;
  forEachWindow(counting, (_, shift, end) => {
    additions += Math.max(0, end - shift);
  });
  return additions;
}
function addShifted2(row, { from, shift, end }) {
  for (let place = shift; place < end; place += 1)
    row[place] = row[place] + from[place - shift];
}
function accumulate(steps) {
  const sums = new Float64Array(steps.length + 1);
  for (const [index, step] of steps.entries()) sums[index + 1] = sums[index] + step;
  return sums;
}
function countSubsets2(total, chosen) {
  let count4 = 1;
  for (let index = 1; index <= chosen; index += 1) count4 = count4 * (total - chosen + index) / index;
  return count4;
}

// src/statistics/mann-whitney-test.ts
function compareRanks(baseline, candidate) {
  const [baselineSize, candidateSize] = [baseline.length, candidate.length];
  if (baselineSize === 0 || candidateSize === 0) {
    throw new RangeError(`expected at least one value a side, found ${baselineSize} and ${candidateSize}`);
  }
  const { ranks, tieSizes } = computeMidranks([...baseline, ...candidate]);
  const rankSum = ranks.subarray(baselineSize).reduce((sum2, rank) => sum2 + rank, 0);
  const candidateWins = rankSum - candidateSize * (candidateSize + 1) / 2;
  const isCheap = tieSizes.length === 0 && isDistributionAffordable(baselineSize, candidateSize);
  const exact = isCheap ? computeExactMannWhitneyP(candidateWins, baselineSize, candidateSize) : computeTwiceSmallerTail({ ranks, ...chooseSide(ranks, baselineSize, rankSum) });
  if (exact !== null) return { candidateWins, p: exact, method: "exact-mann-whitney" };
  const p = approximateP({ candidateWins, baselineSize, candidateSize, tieSizes });
  return { candidateWins, p, method: "normal-mann-whitney" };
}
function chooseSide(ranks, baselineSize, candidateSum) {
  const candidateSize = ranks.length - baselineSize;
  const baselineSum = ranks.length * (ranks.length + 1) / 2 - candidateSum;
  const baselineIsLower = baselineSize === candidateSize && baselineSum < candidateSum;
  return baselineSize < candidateSize || baselineIsLower ? { chosen: baselineSize, rankSum: baselineSum } : { chosen: candidateSize, rankSum: candidateSum };
}
function approximateP(moments, continuity = 0.5) {
  const { candidateWins, baselineSize, candidateSize } = moments;
  const distance = Math.abs(candidateWins - baselineSize * candidateSize / 2) - continuity;
  const variance = computeRankVariance(moments);
  if (distance <= 0 || variance === 0) return 1;
  return 2 * normalCdf(-distance / Math.sqrt(variance));
}
function computeRankVariance(moments) {
  const { baselineSize, candidateSize, tieSizes } = moments;
  const total = baselineSize + candidateSize;
  const ties = tieSizes.reduce((sum2, size) => sum2 + (size ** 3 - size), 0);
  if (total < 2) return 0;
  return baselineSize * candidateSize / 12 * (total + 1 - ties / (total * (total - 1)));
}

// src/comparison/sample-rule.ts
function compareSamples({ scale, baseline, candidate, level: level2, random }) {
  const [left, right] = [toScale(baseline, scale), toScale(candidate, scale)];
  const { p, method } = compareRanks(left, right);
  const [wide, narrow] = toBoth(computeShifts(left, right, bothConfidences));
  const shifted = right.map((value) => value - wide.estimate);
  return {
    ...noTest,
    scale,
    estimate: wide.estimate,
    interval95: toInterval(wide),
    interval90: toInterval(narrow),
    p,
    pMethod: method,
    detectable: scale === "ratio" ? detectRankShift({ pooled: [...left, ...shifted], sizes: [left.length, right.length], wide, level: level2, random }) : null,
    sameness: describeSameness(baseline, candidate),
    untested: null
  };
}
var bothConfidences = [0.95, 0.9];
function toBoth([wide, narrow]) {
  return [wide, narrow];
}
function describeSameness(...groups) {
  const first = groups[0]?.[0];
  const isSame = groups.every((values) => values.every((value) => value === first));
  return isSame ? "every value of both sides is the same" : null;
}
function toScale(values, scale) {
  return scale === "ratio" ? values.map(Math.log) : values;
}
function toInterval({ interval }) {
  return interval === null ? null : [interval[0], interval[1]];
}
function detectRankShift({ pooled, sizes, wide, level: level2, random }) {
  const byWidth = detectByWidth(wide, pooled.length, level2);
  if (byWidth !== null) return byWidth;
  const [baselineSize, candidateSize] = [Math.min(...sizes), Math.max(...sizes)];
  const sorted = pooled.toSorted((a, b) => a - b);
  return computeDetectableRankShift({
    pooled: sorted,
    baselineSize,
    candidateSize,
    level: level2,
    power: detectionPower,
    random
  });
}
function detectByWidth({ interval }, count4, level2) {
  if (count4 <= manyValues || interval === null) return null;
  const standardError = (interval[1] - interval[0]) / (2 * normalQuantile(0.975));
  return standardError * (normalQuantile(1 - level2 / 2) + normalQuantile(detectionPower));
}

// src/comparison/compare-spread.ts
function compareCellSpread(cell, scale, random) {
  if (scale === "difference") return { because: "a metric that can be zero has no relative spread" };
  const strata = collectStrata(cell).filter(({ baseline: baseline2, candidate: candidate2 }) => baseline2.length > 0 && candidate2.length > 0);
  if (strata.length === 0) return { because: noScatter[cell.observation] };
  const [baseline, candidate] = [sumSide(strata, "baseline"), sumSide(strata, "candidate")];
  if (baseline === 0 && candidate === 0) return { because: "no value differs from the median of its group" };
  if (baseline === 0 || candidate === 0) return { because: "one side does not vary, so there is no ratio" };
  return testStrata(strata, cell.observation, random);
}
var noScatter = {
  deployment: "one sample a deployment; 2 needed on either side",
  block: "one sample a side in each block; 2 needed on both sides",
  sample: "one sample on a side; 2 needed on both"
};
var [allDraws, fewDraws] = [99999, 9999];
function testStrata(strata, observation, random) {
  const count4 = strata.reduce((sum2, stratum) => sum2 + stratum.baseline.length + stratum.candidate.length, 0);
  if (count4 > manyDistances) return approximateSpread(strata);
  const isSwapped = averageSide(strata, "candidate") < averageSide(strata, "baseline");
  const ordered = isSwapped ? strata.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline })) : strata;
  const test = compareDistances(ordered, { random, resamples: count4 > manyValues ? fewDraws : allDraws });
  if (test.kind === "constant") return { because: "no value differs from the median of its group" };
  const unit = observation === "block" ? "blocks" : "entries";
  const interval = computeSpreadInterval(ordered, { unit, random });
  return {
    ratio: isSwapped ? 1 / test.ratio : test.ratio,
    interval95: interval !== null && isSwapped ? [1 / interval[1], 1 / interval[0]] : interval,
    p: test.p,
    pMethod: "permutation"
  };
}
function collectStrata(cell) {
  switch (cell.observation) {
    case "deployment":
      return [{ baseline: listMeanDistances(cell.baseline), candidate: listMeanDistances(cell.candidate) }];
    case "block":
      return collectBlocks(cell).map(({ baseline, candidate }) => ({
        baseline: listDistances(baseline),
        candidate: listDistances(candidate)
      }));
    case "sample":
      return [
        { baseline: listDistances(joinValues(cell.baseline)), candidate: listDistances(joinValues(cell.candidate)) }
      ];
  }
}
function listMeanDistances(entries) {
  return collectDeployments(entries).map(({ values }) => listDistances(values)).filter((distances) => distances.length > 0).map((distances) => distances.reduce((sum2, distance) => sum2 + distance, 0) / distances.length).sort((left, right) => left - right);
}
function listDistances(values) {
  if (values.length < 2) return [];
  const logarithms = toScale(values, "ratio");
  const centre3 = computeMedian(logarithms);
  return Array.from(Float64Array.from(logarithms, (value) => Math.abs(value - centre3)).sort());
}
function sumSide(strata, side) {
  return strata.reduce((sum2, stratum) => stratum[side].reduce((partial, distance) => partial + distance, sum2), 0);
}
function averageSide(strata, side) {
  return sumSide(strata, side) / strata.reduce((sum2, stratum) => sum2 + stratum[side].length, 0);
}

// src/comparison/decide-verdict.ts
var familyLevel = 0.05;
function decideVerdict(question) {
  return question.margin === null ? decideDifference(question) : decideRatio(question, question.margin);
}
function decideRatio({ shift, pAdjusted, better }, margin2) {
  const threshold = Math.log1p(margin2);
  const change = showChange(shift.estimate);
  const limit = `the margin of ${formatMargin(margin2)}`;
  if (pAdjusted <= familyLevel && Math.abs(shift.estimate) >= threshold) {
    const reason2 = `${change} exceeds ${limit}, adjusted ${formatP(pAdjusted)}`;
    return { verdict: turn(shift.estimate, better), reason: reason2 };
  }
  const range = shift.interval90;
  if (range !== null && -threshold < range[0] && range[1] < threshold) {
    return { verdict: "unchanged", reason: `the 90 % interval ${formatRange(range)} lies inside ${limit}` };
  }
  const reasons = {
    nearMargin: `${change} is no chance (adjusted ${formatP(pAdjusted)}), but may be smaller than ${limit}`,
    perhapsChance: `${change} exceeds ${limit}, but may be chance (adjusted ${formatP(pAdjusted)})`,
    tooWide: `the 90 % interval ${range === null ? "" : `${formatRange(range)} `}reaches beyond ${limit}`
  };
  if (pAdjusted <= familyLevel) return { verdict: "inconclusive", reason: reasons.nearMargin };
  const reason = Math.abs(shift.estimate) >= threshold ? reasons.perhapsChance : reasons.tooWide;
  return { verdict: "inconclusive", reason };
}
function decideDifference({ shift, pAdjusted, better }) {
  if (pAdjusted <= familyLevel) {
    return {
      verdict: turn(shift.estimate, better),
      reason: `the difference is no chance, adjusted ${formatP(pAdjusted)}`
    };
  }
  if (shift.sameness !== null) return { verdict: "unchanged", reason: shift.sameness };
  const reason = `no difference is shown (adjusted ${formatP(pAdjusted)}), and without a margin none can be excluded`;
  return { verdict: "inconclusive", reason };
}
function turn(estimate, better) {
  return estimate > 0 === (better === "higher") ? "improved" : "regressed";
}
function formatMargin(relative2) {
  return `${Number((relative2 * 100).toPrecision(3))} %`;
}
function formatRange([low, high]) {
  return `(${showChange(low)} to ${showChange(high)})`;
}
var largestShown = 1e6;
function showChange(logRatio) {
  const ratio = Math.exp(logRatio);
  if (ratio > largestShown) return "more than a millionfold";
  return formatChange(ratio);
}
function formatP(p) {
  return p < 1e-4 ? "p < 0.0001" : `p ${formatNumber(p)}`;
}

// src/statistics/mode-split.ts
var leastGapRatio = 5;
var leastShare = 0.15;
function splitModes(baseline, candidate) {
  if (baseline.length === 0 || candidate.length === 0)
    throw new RangeError("expected at least one value a side, found none");
  const pooled = sortAscending([...baseline, ...candidate]);
  const gap = findLargestGap(pooled);
  if (gap === null) return null;
  const place = gap.from / 2 + gap.to / 2;
  const [leftAbove, rightAbove] = [countAbove2(baseline, place), countAbove2(candidate, place)];
  const above = leftAbove + rightAbove;
  if (Math.min(above, pooled.length - above) < leastShare * pooled.length) return null;
  return {
    place,
    gapRatio: gap.ratio,
    baselineAbove: leftAbove / baseline.length,
    candidateAbove: rightAbove / candidate.length,
    p: computeFisherP({
      baseline: [leftAbove, baseline.length - leftAbove],
      candidate: [rightAbove, candidate.length - rightAbove]
    })
  };
}
function findLargestGap(sorted) {
  const different = Array.from(sorted.filter((value, index) => value !== sorted[index - 1]));
  if (different.length < 4) return null;
  const gaps = different.slice(1).map((value, index) => value / 2 - different[index] / 2);
  const largest = gaps.reduce((best, gap, index) => gap > gaps[best] ? index : best, 0);
  const ratio = keepFinite(gaps[largest] / computeMedian(gaps));
  if (!(ratio > leastGapRatio)) return null;
  return { from: different[largest], to: different[largest + 1], ratio };
}
function countAbove2(values, place) {
  return values.reduce((count4, value) => count4 + (value > place ? 1 : 0), 0);
}

// src/statistics/order-effect.ts
function testOrderEffect({ baselineFirst, candidateFirst }) {
  if (baselineFirst.length === 0 || candidateFirst.length === 0) return { kind: "one-order" };
  const { estimate } = computeShift(candidateFirst, baselineFirst);
  return { kind: "tested", secondMinusFirst: estimate / 2, p: compareRanks(candidateFirst, baselineFirst).p };
}

// src/statistics/spearman.ts
var mostCounted2 = 9;
function correlateRanks(x, y) {
  if (x.length !== y.length) throw new RangeError(`expected as many values of each, found ${x.length} and ${y.length}`);
  if (x.length === 0) return { kind: "constant" };
  const [left, right] = [doubleRanks(x), doubleRanks(y)];
  const spread = Math.sqrt(sumProducts(left, left) * sumProducts(right, right));
  if (spread === 0 || x.length < 3) return { kind: "constant" };
  const sum2 = sumProducts(left, right);
  const coefficient = Math.min(1, Math.max(-1, sum2 / spread));
  const exact = x.length <= mostCounted2;
  return {
    kind: "tested",
    coefficient,
    p: exact ? countOrders(left, right, sum2) : approximate(coefficient, x.length),
    exact
  };
}
function doubleRanks(values) {
  return computeMidranks(values).ranks.map((rank) => 2 * rank - (values.length + 1));
}
function sumProducts(left, right) {
  return left.reduce((sum2, value, index) => sum2 + value * right[index], 0);
}
function approximate(coefficient, count4) {
  const unexplained = 1 - coefficient ** 2;
  const smallest = Array.from({ length: count4 }, (_, index) => index + 1).reduce((p, factor) => p / factor, 2);
  if (unexplained <= 0) return smallest;
  const t = coefficient * Math.sqrt((count4 - 2) / unexplained);
  return Math.max(smallest, computeTwoSidedTail(t, count4 - 2));
}
function countOrders(left, right, observed) {
  let bySet = /* @__PURE__ */ new Map([[0, /* @__PURE__ */ new Map([[0, 1]])]]);
  for (const value of left) {
    const next = /* @__PURE__ */ new Map();
    for (const [set, counts] of bySet) {
      for (const [place, partner] of right.entries()) {
        if ((set & 1 << place) !== 0) continue;
        addCounts(next, set | 1 << place, { counts, step: value * partner });
      }
    }
    bySet = next;
  }
  const [all = /* @__PURE__ */ new Map()] = bySet.values();
  let [extreme, total] = [0, 0];
  for (const [sum2, count4] of all) {
    total += count4;
    if (Math.abs(sum2) >= Math.abs(observed)) extreme += count4;
  }
  return extreme / total;
}
function addCounts(bySet, set, { counts, step }) {
  const sums = bySet.get(set) ?? /* @__PURE__ */ new Map();
  for (const [sum2, count4] of counts) sums.set(sum2 + step, (sums.get(sum2 + step) ?? 0) + count4);
  bySet.set(set, sums);
}

// src/statistics/rank-autocorrelation.ts
var mostCounted3 = 7;
function computeRankAutocorrelation(series, { resamples = 1999, random }) {
  if (series.length === 0) return { kind: "constant" };
  const scores = scoreRanks(series);
  const squares = scores.reduce((sum2, score) => sum2 + score * score, 0);
  if (squares === 0 || series.length < 3) return { kind: "constant" };
  const observed = sumNeighbours(scores);
  const measure = (sum2) => Math.abs(sum2 * scores.length + squares);
  const tally = { orders: 0, far: 0, large: 0 };
  const visit = (order) => {
    const sum2 = sumNeighbours(order);
    tally.orders += 1;
    if (measure(sum2) >= measure(observed)) tally.far += 1;
    if (sum2 >= observed) tally.large += 1;
  };
  const exhaustive = series.length <= mostCounted3;
  visit(scores);
  if (exhaustive) visitOtherOrders(scores, visit);
  else drawOrders(scores.toSorted(), { resamples, random }, visit);
  const { orders, far, large } = tally;
  return { kind: "tested", coefficient: observed / squares, p: far / orders, pPositive: large / orders, exhaustive };
}
function computeNeighbourCorrelation(series) {
  const scores = scoreRanks(series);
  const squares = scores.reduce((sum2, score) => sum2 + score * score, 0);
  return squares === 0 || series.length < 3 ? 0 : sumNeighbours(scores) / squares;
}
function scoreRanks(series) {
  return computeMidranks(series).ranks.map((rank) => 2 * rank - (series.length + 1));
}
function sumNeighbours(scores) {
  let sum2 = 0;
  for (let index = 1; index < scores.length; index += 1)
    sum2 += scores[index - 1] * scores[index];
  return sum2;
}
function visitOtherOrders(scores, visit) {
  const order = scores.slice();
  const turns = new Uint8Array(order.length);
  for (let level2 = 1; level2 < order.length; ) {
    const turn2 = turns[level2];
    if (turn2 < level2) {
      swap(order, level2 % 2 === 0 ? 0 : turn2, level2);
      visit(order);
      turns[level2] = turn2 + 1;
      level2 = 1;
    } else {
      turns[level2] = 0;
      level2 += 1;
    }
  }
}
function drawOrders(sorted, { resamples, random }, visit) {
  for (let resample = 0; resample < resamples; resample += 1) {
    for (let last = sorted.length - 1; last > 0; last -= 1) swap(sorted, random.nextBelow(last + 1), last);
    visit(sorted);
  }
}
function swap(values, left, right) {
  const kept = values[left];
  values[left] = values[right];
  values[right] = kept;
}

// src/comparison/autocorrelation.ts
var leastCoefficient = 0.05;
var manyValues2 = 150;
function findAutocorrelation(series, seed, level2) {
  const found2 = chooseSeries(series).flatMap((values) => testSeries(values, seed));
  const strongest = found2.toSorted((left, right) => left.p - right.p)[0];
  if (strongest === void 0) return [];
  const p = Math.min(1, strongest.p * found2.length);
  const fired = p <= level2 && strongest.coefficient >= leastCoefficient;
  const shown = p < 1e-4 ? "p < 0.0001" : `p ${formatNumber(p)}`;
  const likeness = fired ? "values resemble" : "no likeness is shown of values to";
  const finding = `${likeness} those measured just before (rank autocorrelation ${strongest.coefficient.toFixed(2)}, ${shown})`;
  return [{ kind: "autocorrelation", fired, p, finding }];
}
function chooseSeries({ baseline, candidate }) {
  const all = [...baseline, ...candidate];
  const read = (residuals) => residuals.map(({ value }) => value);
  if (all.some(({ order }) => order === null)) return [read(baseline), read(candidate)];
  return [read(all.toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0)))];
}
function testSeries(values, seed) {
  const isLong = values.length > manyValues2;
  const options = { random: createRandom(seed), ...isLong ? { resamples: 1 } : {} };
  const found2 = computeRankAutocorrelation(values, options);
  if (found2.kind === "constant") return [];
  const { coefficient, pPositive } = found2;
  const p = isLong ? normalCdf(-(coefficient + 1 / values.length) * Math.sqrt(values.length)) : pPositive;
  return [{ coefficient, p }];
}

// src/statistics/brown-forsythe.ts
function computeFTail(f, above, below) {
  if (!(f >= 0)) throw new RangeError(`expected a number from 0, found ${f}`);
  const wrong = [above, below].find((degrees) => !(degrees > 0 && degrees < Infinity));
  if (wrong !== void 0) throw new RangeError(`expected finite degrees of freedom above 0, found ${wrong}`);
  const scaled = above * f;
  if (scaled === Infinity) return 0;
  return computeIncompleteBeta(below / 2, above / 2, below / (below + scaled), scaled / (below + scaled));
}

// src/comparison/noise-regime.ts
var mostSpread = 2;
var [found, notFound] = [0.05, 0.2];
function findNoiseRegime(cell, scale, level2) {
  if (cell.observation !== "deployment" || scale !== "ratio") return [];
  const findings = [...compareScatter(cell, level2), ...compareInside(cell), ...compareTests(cell)];
  const [first] = findings;
  if (first === void 0) return [];
  const fired = findings.filter((finding2) => finding2.fired);
  if (fired.length === 0) return [{ kind: "noise regime", ...first }];
  const p = fired.find((finding2) => finding2.p !== void 0)?.p;
  const finding = fired.map((entry) => entry.finding).join(", ");
  return [{ kind: "noise regime", fired: true, ...p === void 0 ? {} : { p }, finding }];
}
function compareScatter(cell, level2) {
  const { deployments } = cell.history ?? noHistory;
  if (deployments.length < fewestForVariance) return [];
  const earlier = sumSquares(deployments.map(Math.log));
  const sides2 = sides.map((side) => sumSquares(observe(cell, side)));
  const squares = sides2.reduce((sum2, side) => sum2 + side.squares, 0);
  const degrees = sides2.reduce((sum2, side) => sum2 + side.degrees, 0);
  if (degrees === 0 || earlier.squares === 0) return [];
  const ratio = squares / degrees / (earlier.squares / earlier.degrees);
  const p = computeFTail(ratio, degrees, earlier.degrees);
  const finding = `the fresh starts scatter ${formatNumber(Math.sqrt(ratio))} times as much as the history of this cell (${showP(p)})`;
  return [{ fired: p <= level2, p, finding }];
}
function compareInside({ baseline, candidate, history = noHistory }) {
  const { spreads = [] } = history;
  const today = [baseline, candidate].flatMap(collectDeployments).filter(({ values }) => values.length > 1).map(({ values }) => computeMeanDistance(toScale(values, "ratio")));
  const usual = spreads.length < fewestForVariance ? 0 : computeMedian(spreads);
  if (today.length === 0 || usual === 0) return [];
  const ratio = computeMedian(today) / usual;
  const finding = `the values inside of a fresh start scatter ${formatNumber(ratio)} times as much as in the history of this cell`;
  return [{ fired: ratio > mostSpread, finding }];
}
function compareTests(cell) {
  const { deployments } = cell.history ?? noHistory;
  const [baseline, candidate] = [observe(cell, "baseline"), observe(cell, "candidate")];
  const fewest = Math.min(baseline.length, candidate.length);
  if (deployments.length < fewestForVariance || fewest < fewestDeploymentsForVerdict) return [];
  const known = compareWithHistory({ baseline, candidate, history: deployments.map(Math.log) });
  const alone = compareMeans(baseline, candidate);
  if (known.kind === "constant" || alone.kind === "constant") return [];
  const [least, most] = [Math.min(known.p, alone.p), Math.max(known.p, alone.p)];
  const finding = `the history makes of the difference ${showP(known.p)}, the fresh starts alone ${showP(alone.p)}`;
  return [{ fired: least <= found && most > notFound, finding }];
}
function observe(cell, side) {
  return computeObservations(collectDeployments(cell[side]), "ratio");
}
function computeMeanDistance(values) {
  const centre3 = computeMedian(values);
  return values.reduce((sum2, value) => sum2 + Math.abs(value - centre3) / values.length, 0);
}
function sumSquares(values) {
  const mean = values.reduce((sum2, value) => sum2 + value / values.length, 0);
  return {
    squares: values.reduce((sum2, value) => sum2 + (value - mean) ** 2, 0),
    degrees: Math.max(0, values.length - 1)
  };
}
function showP(p) {
  return p < 1e-4 ? "p < 0.0001" : `p ${formatNumber(p)}`;
}

// src/comparison/residual-series.ts
function collectResiduals(cell, scale) {
  const centres = cell.observation === "block" ? computeBlockCentres(cell, scale) : /* @__PURE__ */ new Map();
  return {
    baseline: centre(collectSide(cell, "baseline", scale, centres)),
    candidate: centre(collectSide(cell, "candidate", scale, centres))
  };
}
function collectSide(cell, side, scale, blockCentres) {
  if (cell.observation === "deployment") return listMedians(cell[side], scale);
  return sortByTime(cell[side]).flatMap(({ values, order, block }) => {
    const middle = blockCentres.get(block ?? 0) ?? 0;
    return toScale(values, scale).map((value) => ({ value: value - middle, order: order ?? null }));
  });
}
function listMedians(entries, scale) {
  const orders = Map.groupBy(sortByTime(entries), ({ deployment }) => deployment);
  return collectDeployments(entries).map((deployment) => ({
    value: computeObservations([deployment], scale)[0] ?? 0,
    order: orders.get(deployment.deployment)?.[0]?.order ?? null
  }));
}
function computeBlockCentres({ baseline, candidate }, scale) {
  const blocks = Map.groupBy([...baseline, ...candidate], ({ block }) => block ?? 0);
  return new Map(
    [...blocks].flatMap(([block, entries]) => {
      const values = entries.flatMap((entry) => toScale(entry.values, scale));
      return values.length === 0 ? [] : [[block, computeMedian(values)]];
    })
  );
}
function centre(residuals) {
  if (residuals.length === 0) return [];
  const middle = computeMedian(residuals.map(({ value }) => value));
  return residuals.map((residual) => ({ ...residual, value: residual.value - middle }));
}

// src/comparison/diagnose-cell.ts
var levels = { drift: 5e-3, autocorrelation: 0.01, "order effect": 0.01, "noise regime": 0.01, modes: 5e-3 };
var leastDrift = 0.1;
var fewestForDrift = 5;
var fewestForModes = 10;
var mostMissing = 0.1;
function diagnoseCell(cell, scale, seed) {
  const series = collectResiduals(cell, scale);
  if (series.baseline.length === 0 || series.candidate.length === 0) return [];
  return [
    ...findDrift(series),
    ...findAutocorrelation(series, `${seed}:${cell.id}:autocorrelation`, levels.autocorrelation),
    ...findOrderEffect(cell, scale),
    ...findNoiseRegime(cell, scale, levels["noise regime"]),
    ...findModes(series),
    ...findMissing(cell),
    ...findDisturbance(cell)
  ];
}
function findDisturbance({ circumstances }) {
  const found2 = circumstances?.disturbances ?? [];
  return found2.length === 0 ? [] : [{ kind: "disturbance", fired: true, finding: found2.join(", ") }];
}
function findDrift(series) {
  if (Math.min(series.baseline.length, series.candidate.length) < fewestForDrift) return [];
  const places = sides.flatMap((side) => series[side].map((_, index) => (index + 0.5) / series[side].length));
  const values = sides.flatMap((side) => series[side].map(({ value }) => value));
  const found2 = correlateRanks(places, values);
  if (found2.kind === "constant") return [];
  const { coefficient, p } = found2;
  const fired = p <= levels.drift && Math.abs(coefficient) >= leastDrift;
  const change = fired ? `values ${coefficient > 0 ? "rise" : "fall"}` : "no change of the values is shown";
  const finding = `${change} in the course of the run (rank correlation ${showSigned(coefficient)}, ${showP2(p)})`;
  return [{ kind: "drift", fired, p, finding }];
}
function findOrderEffect(cell, scale) {
  const blocks = [...Map.groupBy(listOrdered(cell), ({ block }) => block).values()];
  const differences = blocks.flatMap((entries) => {
    const of = (side) => entries.filter((entry) => entry.side === side);
    const [baseline, candidate] = [of("baseline"), of("candidate")];
    if (baseline.length === 0 || candidate.length === 0) return [];
    const difference = computeCentre(candidate, scale) - computeCentre(baseline, scale);
    return [{ difference, baselineFirst: firstOrder(baseline) < firstOrder(candidate) }];
  });
  const pick = (first) => differences.filter(({ baselineFirst }) => baselineFirst === first).map(({ difference }) => difference);
  const found2 = testOrderEffect({ baselineFirst: pick(true), candidateFirst: pick(false) });
  if (found2.kind === "one-order") return [];
  const fired = found2.p <= levels["order effect"];
  const finding = `${fired ? "it matters" : "it is not shown to matter"} which side of a block comes first (${showP2(found2.p)})`;
  return [{ kind: "order effect", fired, p: found2.p, finding }];
}
function listOrdered(cell) {
  return sides.flatMap(
    (side) => cell[side].flatMap(
      ({ block, order, values }) => block === void 0 || order === void 0 || values.length === 0 ? [] : [{ side, block, order, values }]
    )
  );
}
function computeCentre(entries, scale) {
  const medians = entries.map(({ values }) => computeMedian(toScale(values, scale)));
  return medians.reduce((sum2, median) => sum2 + median / medians.length, 0);
}
function firstOrder(entries) {
  return entries.reduce((first, { order }) => Math.min(first, order), Infinity);
}
function findModes({ baseline, candidate }) {
  if (Math.min(baseline.length, candidate.length) < fewestForModes) return [];
  const split = splitModes(
    baseline.map(({ value }) => value),
    candidate.map(({ value }) => value)
  );
  if (split === null) return [];
  const share = (above) => `${Math.round(above * 100)} %`;
  const finding = `the values fall into two modes, in the upper one are ${share(split.baselineAbove)} of the baseline and ${share(split.candidateAbove)} of the candidate (${showP2(split.p)})`;
  return [{ kind: "modes", fired: split.p <= levels.modes, p: split.p, finding }];
}
function findMissing({ baseline, candidate, circumstances }) {
  const counts = circumstances?.counts ?? { baseline: countFailed(baseline), candidate: countFailed(candidate) };
  const missing = {
    baseline: Math.max(0, counts.baseline.expected - counts.baseline.found),
    candidate: Math.max(0, counts.candidate.expected - counts.candidate.found)
  };
  if (missing.baseline + missing.candidate === 0) return [];
  const share = (side) => missing[side] / counts[side].expected;
  const isUnequal = share("baseline") !== share("candidate");
  const fired = isUnequal || Math.max(share("baseline"), share("candidate")) > mostMissing;
  const shown = sides.map((side) => `${missing[side]} of ${counts[side].expected} of the ${side}`).join(" and ");
  return [{ kind: "missing samples", fired, finding: `${shown} are missing` }];
}
function countFailed(entries) {
  const found2 = entries.reduce((sum2, { values }) => sum2 + values.length, 0);
  return { expected: entries.reduce((sum2, { failed = 0 }) => sum2 + failed, found2), found: found2 };
}
function showP2(p) {
  return p < 1e-4 ? "p < 0.0001" : `p ${formatNumber(p)}`;
}
function showSigned(coefficient) {
  return `${coefficient > 0 ? "+" : "\u2212"}${Math.abs(coefficient).toFixed(2)}`;
}

// src/comparison/evidence.ts
function findLackingEvidence(cell, level2) {
  switch (cell.observation) {
    case "deployment":
      return lackDeployments(cell);
    case "block":
      return lackBlocks(cell, level2);
    case "sample": {
      const [baseline, candidate] = [joinValues(cell.baseline).length, joinValues(cell.candidate).length];
      const needed = countNeededSamples(level2);
      if (logOfSmallestP([[baseline, candidate]]) <= Math.log(level2) + slack2) return null;
      return `needs at least ${needed} samples per side`;
    }
  }
}
var slack2 = 1e-9;
function countNeededSamples(level2) {
  let count4 = 1;
  while (logOfSmallestP([[count4, count4]]) > Math.log(level2) + slack2) count4 += 1;
  return count4;
}
function lackDeployments({ baseline, candidate, history = noHistory }) {
  const needed = countNeededDeployments(history.deployments);
  const fewest = Math.min(collectDeployments(baseline).length, collectDeployments(candidate).length);
  return fewest >= needed ? null : `needs at least ${needed} fresh starts per side`;
}
function lackBlocks(cell, level2) {
  const sizes = collectBlocks(cell).map(({ baseline, candidate }) => [baseline.length, candidate.length]).filter(([baseline, candidate]) => baseline > 0 && candidate > 0);
  if (sizes.length === 0 || logOfSmallestP(sizes) <= Math.log(level2) + slack2) return null;
  const perBlock = (logOfSmallestP(sizes) - Math.LN2) / sizes.length;
  const needed = Math.ceil((Math.log(level2) - Math.LN2 - slack2) / perBlock);
  return `needs at least ${needed} blocks of this size`;
}
function logOfSmallestP(sizes) {
  const logAllocations = sizes.reduce(
    (sum2, [baseline, candidate]) => sum2 + logGamma(baseline + candidate + 1) - logGamma(baseline + 1) - logGamma(candidate + 1),
    0
  );
  return Math.min(0, Math.LN2 - logAllocations);
}

// src/comparison/explain-nulls.ts
function explainNulls(fields, reasons, prefix = "") {
  const missing = {};
  for (const [key, value] of Object.entries(fields)) {
    const path = `${prefix}${key}`;
    if (value === null) missing[path] = findReason(path, reasons);
    else if (typeof value === "object") Object.assign(missing, explainNulls(value, reasons, `${path}.`));
  }
  return missing;
}
function findReason(path, reasons) {
  const reason = reasons[path];
  if (reason !== void 0) return reason;
  const end = path.lastIndexOf(".");
  if (end < 0) throw new Error(`no reason is known why ${path} is null`);
  return findReason(path.slice(0, end), reasons);
}

// src/comparison/shift-fields.ts
var outOfRange = "beyond the range of floating-point numbers";
function buildShiftFields(shift) {
  const isRatio = shift.scale === "ratio";
  const change = buildChange(shift, isRatio ? Math.exp : (value) => value);
  return {
    ratio: isRatio ? change : null,
    difference: isRatio ? null : change,
    p: shift.p,
    pMethod: shift.pMethod,
    detectableChange: isRatio && shift.detectable !== null ? keepFinite2(Math.expm1(shift.detectable)) : null
  };
}
var relative = "a metric that can be zero has no relative change";
var noShiftFields = {
  ratio: null,
  difference: null,
  p: null,
  pMethod: null,
  detectableChange: null
};
function explainShiftFields(shift) {
  const untested = shift.untested?.because ?? outOfRange;
  const test = { p: untested, pAdjusted: untested, pMethod: untested };
  const { scale } = shift;
  const intervals = { [`${scale}.interval95`]: untested, [`${scale}.interval90`]: untested };
  if (scale === "difference") {
    return {
      ...test,
      ...intervals,
      difference: outOfRange,
      ratio: relative,
      margin: relative,
      detectableChange: relative
    };
  }
  const undetectable = shift.detectable === null && shift.untested === null ? noStandardError : untested;
  const difference = "all values are above zero, so the change is a ratio";
  return { ...test, ...intervals, ratio: outOfRange, difference, detectableChange: undetectable };
}
function explainNoShiftFields(because) {
  const fields = [...Object.keys(noShiftFields), "pAdjusted"];
  return { ...Object.fromEntries(fields.map((field) => [field, because])), margin: relative };
}
function buildChange(shift, convert) {
  const estimate = keepFinite2(convert(shift.estimate));
  if (estimate === null) return null;
  const interval = (range) => range === null ? null : convertInterval(range, convert);
  return { estimate, interval95: interval(shift.interval95), interval90: interval(shift.interval90) };
}
function convertInterval(range, convert) {
  const [low, high] = [keepFinite2(convert(range[0])), keepFinite2(convert(range[1]))];
  return low === null || high === null ? null : [low, high];
}
function keepFinite2(value) {
  return Number.isFinite(value) ? value : null;
}

// src/comparison/judge-cell.ts
function judgeCell(measured, judgement) {
  const { cell, baseline, candidate, shift, warnings } = measured;
  const { name, unit, better } = cell.metric;
  const { pAdjusted, margin: margin2, diagnostics, sensitivity } = judgement;
  const before = decideCell(measured, judgement);
  const { verdict, reason } = applyDiagnostics(before, diagnostics);
  const accelerator = cell.circumstances?.accelerator ?? null;
  const figures = {
    baseline,
    candidate,
    ...shift === null ? noShiftFields : buildShiftFields(shift),
    pAdjusted,
    spread: buildSpreadFields(judgement, before.verdict === "invalid"),
    margin: margin2,
    ...sensitivity === void 0 ? {} : { sensitivity }
  };
  const { ratio, difference, p, pMethod, spread, detectableChange } = figures;
  return {
    id: cell.id,
    role: cell.role,
    metric: { name, unit, better },
    observation: cell.observation,
    baseline,
    candidate,
    ratio,
    difference,
    p,
    pAdjusted,
    pMethod,
    spread,
    detectableChange,
    margin: margin2,
    verdict,
    reason,
    verdictBeforeDiagnostics: before.verdict,
    diagnostics: [...diagnostics],
    ...sensitivity === void 0 ? {} : { sensitivity },
    ...accelerator === null ? {} : { accelerator },
    warnings: [...warnings],
    missing: explainNulls(figures, listReasons(measured, judgement))
  };
}
function decideCell({ cell, shift, noData }, { pAdjusted, margin: margin2, lacking }) {
  const invalid = cell.circumstances?.invalid ?? [];
  if (invalid.length > 0) return { verdict: "invalid", reason: invalid.join("; ") };
  if (shift === null) return { verdict: "inconclusive", reason: noData };
  if (pAdjusted === null || shift.untested !== null) {
    return { verdict: "inconclusive", reason: shift.untested?.verdictReason ?? noData };
  }
  const decision = decideVerdict({ shift, pAdjusted, better: cell.metric.better, margin: margin2?.value ?? null });
  return decision.verdict === "inconclusive" && lacking !== null ? { verdict: "inconclusive", reason: lacking } : decision;
}
function applyDiagnostics(decision, diagnostics) {
  const fired = diagnostics.filter((diagnostic) => diagnostic.fired);
  if (fired.length === 0 || decision.verdict === "invalid" || decision.verdict === "inconclusive") return decision;
  return { verdict: "inconclusive", reason: fired.map(({ kind, finding }) => `${kind}: ${finding}`).join("; ") };
}
function buildSpreadFields({ spread, spreadPAdjusted }, isInvalid) {
  if ("because" in spread) {
    return { ratio: null, interval95: null, p: null, pAdjusted: null, pMethod: null, verdict: null };
  }
  const { ratio, interval95, p, pMethod } = spread;
  const figures = { ratio, interval95, p, pAdjusted: spreadPAdjusted, pMethod };
  if (isInvalid) return { ...figures, verdict: null };
  if (spreadPAdjusted === null || spreadPAdjusted > familyLevel) return { ...figures, verdict: "inconclusive" };
  return { ...figures, verdict: ratio < 1 ? "improved" : "regressed" };
}
function listReasons({ cell, baseline, candidate, shift, noData }, judgement) {
  const { spread } = judgement;
  return {
    ...shift === null ? explainNoShiftFields(noData) : explainShiftFields(shift),
    ...explainSide("baseline", baseline.n, cell),
    ...explainSide("candidate", candidate.n, cell),
    spread: "because" in spread ? spread.because : "the sides must not be compared",
    "spread.interval95": "because" in spread ? spread.because : "some of its draws have no scatter on a side",
    sensitivity: "without the labelled values there is no test"
  };
}
function explainSide(side, n, { circumstances }) {
  const none = `no measured sample of the ${side}`;
  const keepsReplies = circumstances?.replies != null;
  const noReplies = circumstances?.noReplies ?? "the data came without single replies";
  return {
    [side]: none,
    [`${side}.medianInterval95`]: n === 0 ? none : `${n} ${n === 1 ? "sample" : "samples"}; 6 needed`,
    [`${side}.replies`]: n === 0 && keepsReplies ? none : noReplies
  };
}

// src/comparison/margins.ts
var defaultMargins = { throughput: 0.01, latency_p99: 0.05 };
var otherMargin = 0.02;
var ratiosConsidered = 59;
var fewestForLearned = 30;
function chooseMargin(policy, cellId, metric, history) {
  const floor = policy.cellMargins[cellId] ?? policy.margins[metric] ?? defaultMargins[metric] ?? otherMargin;
  const recent = history.ratios.slice(-ratiosConsidered);
  const learned = Math.expm1(recent.reduce((largest, ratio) => Math.max(largest, Math.abs(Math.log(ratio))), 0));
  if (recent.length > 0 && recent.length < fewestForLearned) {
    return { value: Math.max(floor, learned), source: "provisional" };
  }
  return learned > floor ? { value: learned, source: "learned" } : { value: floor, source: "policy" };
}

// src/statistics/aligned-rank-test.ts
function alignBlocks(blocks) {
  const aligned = completeBlocks(blocks).map(alignBlock);
  return {
    baseline: aligned.flatMap((block) => block.baseline),
    candidate: aligned.flatMap((block) => block.candidate)
  };
}
function compareAlignedRanks(blocks, { resamples = 99999, random }) {
  const { strata, low, high, furthest, candidateSum, expected } = askAllocations2(blocks);
  const exact = countOneBlock(strata, furthest) ?? computeAllocationTails(strata, { low, high });
  const { p, exhaustive } = exact === null ? computeAllocationP({ strata, low, high, resamples, random }) : { p: exact, exhaustive: true };
  return { p, exhaustive, candidateRankSum: candidateSum / 2, expectedRankSum: expected / 2 };
}
function approximateAlignedP(blocks) {
  const { strata, low, high } = askAllocations2(blocks);
  return approximateAllocationP(strata, { low, high, step: findStep(strata) });
}
function askAllocations2(blocks) {
  const ranked = rankResiduals(completeBlocks(blocks));
  const candidateSum = add(ranked.map(({ candidate }) => add(candidate)));
  const expected = expectRankSum(ranked);
  const distance = Math.abs(candidateSum - expected);
  const followed = candidateSum >= expected ? "candidate" : "baseline";
  const strata = toStrata(ranked, followed);
  const total = add(ranked.map(({ baseline, candidate }) => add(baseline) + add(candidate)));
  const mean = followed === "candidate" ? expected : total - expected;
  const [low, high] = [mean - distance + 1e-6, mean + distance - 1e-6];
  return { strata, low, high, furthest: mean + distance, candidateSum, expected };
}
function expectRankSum(blocks) {
  return add(
    blocks.map(
      ({ baseline, candidate }) => candidate.length * (add(baseline) + add(candidate)) / (baseline.length + candidate.length)
    )
  );
}
function countOneBlock(strata, doubledSum) {
  const [only] = strata;
  if (only === void 0 || strata.length > 1) return null;
  const ranks = only.values.map((doubled) => doubled / 2);
  return computeDistanceP({ ranks, chosen: only.chosen, rankSum: doubledSum / 2 });
}
function completeBlocks(blocks) {
  const complete = blocks.filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  if (complete.length === 0) throw new RangeError("expected at least one block with both sides, found none");
  return complete;
}
function alignBlock({ baseline, candidate }) {
  const centre3 = computeMedian([...baseline, ...candidate]);
  const subtract = (values) => values.map((value) => keepFinite(value - centre3));
  return { baseline: subtract(baseline), candidate: subtract(candidate) };
}
function rankResiduals(blocks, favour = 0) {
  const aligned = blocks.map(alignBlock);
  const rounded = roundAway(aligned.flatMap(({ baseline, candidate }) => [...baseline, ...candidate]));
  const more = aligned.flatMap(({ baseline, candidate }) => [
    ...baseline.map(() => 0),
    ...candidate.map(() => favour / 2)
  ]);
  const { ranks } = computeMidranks(rounded.map((value, index) => value + more[index]));
  let place = 0;
  const take = (values) => values.map(() => 2 * ranks[place++]);
  return aligned.map(({ baseline, candidate }) => ({ baseline: take(baseline), candidate: take(candidate) }));
}
function roundAway(residuals) {
  const largest = residuals.reduce((highest, residual) => Math.max(highest, Math.abs(residual)), 0);
  if (largest === 0) return [...residuals];
  return residuals.map((residual) => Math.round(residual / largest * 2 ** 40));
}
function add(values) {
  return values.reduce((sum2, value) => sum2 + value, 0);
}

// src/statistics/critical-distance.ts
var affordableAdditions4 = 1e6;
function findCriticalDistances(strata, levels2) {
  const { mean, variance } = computeAllocationMoments(strata);
  if (variance === 0) return levels2.map(() => null);
  const sums = countAllocationSums(strata, affordableAdditions4);
  if (sums === null) {
    const correction = findStep(strata) / 2;
    return levels2.map((level2) => ({
      distance: correction + normalQuantile(1 - level2 / 2) * Math.sqrt(variance),
      share: level2
    }));
  }
  return levels2.map((level2) => findCounted(sums, mean, level2));
}
function findCounted({ smallest, step, counts, total }, mean, level2) {
  const most = level2 * total * (1 + 1e-12);
  let found2 = null;
  let reached = 0;
  for (let [low, high] = [0, counts.length - 1]; low < high; ) {
    const [below, above] = [mean - (smallest + low * step), smallest + high * step - mean];
    const distance = Math.max(below, above);
    const before = reached;
    if (below > distance - 1e-6) reached += counts[low++];
    if (above > distance - 1e-6) reached += counts[high--];
    if (reached > most) break;
    if (reached > before) found2 = { distance, share: reached / total };
  }
  return found2;
}

// src/statistics/shifted-residuals.ts
function sortBlock({ baseline, candidate }) {
  return { baseline: sortAscending(baseline), candidate: sortAscending(candidate) };
}
function alignShifted(blocks, shift) {
  const left = new Float64Array(blocks.reduce((sum2, { baseline }) => sum2 + baseline.length, 0));
  const right = new Float64Array(blocks.reduce((sum2, { candidate }) => sum2 + candidate.length, 0));
  let [leftPlace, rightPlace] = [0, 0];
  const medians = { baseline: 0, candidate: 0 };
  for (const { baseline, candidate } of blocks) {
    const { centre: centre3, side } = findCommonMedian(baseline, candidate, shift);
    if (side !== null) medians[side] += 1;
    for (const value of baseline) left[leftPlace++] = keepFinite(value - centre3);
    for (const value of candidate) right[rightPlace++] = keepFinite(keepFinite(value - shift) - centre3);
  }
  return { left: left.sort(), right: right.sort(), equal: medians.baseline * medians.candidate };
}
function findCommonMedian(baseline, candidate, shift) {
  const count4 = baseline.length + candidate.length;
  let [lower, upper] = [0, 0];
  let [ofBaseline, ofCandidate] = [0, 0];
  let side = "baseline";
  while (ofBaseline + ofCandidate <= count4 >> 1) {
    const [one, other] = [baseline[ofBaseline], candidate[ofCandidate]];
    const shifted = other === void 0 ? Infinity : keepFinite(other - shift);
    lower = upper;
    side = one !== void 0 && one <= shifted ? "baseline" : "candidate";
    if (side === "baseline") [upper, ofBaseline] = [one, ofBaseline + 1];
    else [upper, ofCandidate] = [shifted, ofCandidate + 1];
  }
  if (count4 % 2 === 0) return { centre: lower / 2 + upper / 2, side: null };
  const isShared = side === "candidate" ? baseline[ofBaseline - 1] === upper : keepFinite((candidate[ofCandidate] ?? Infinity) - shift) === upper;
  return { centre: upper, side: isShared ? null : side };
}

// src/statistics/aligned-shift.ts
function computeAlignedShift(blocks, confidence = 0.95) {
  return computeAlignedShifts(blocks, [confidence])[0];
}
function computeAlignedShifts(blocks, confidences) {
  const complete = completeBlocks(blocks);
  const [only] = complete;
  if (only !== void 0 && complete.length === 1) return computeShifts(only.baseline, only.candidate, confidences);
  const sorted = complete.map(sortBlock);
  const { left, right } = alignShifted(sorted, 0);
  const estimate = findMiddleDifference(left, right);
  const levels2 = confidences.map((confidence) => 1 - confidence);
  const critical = findCritical(complete, estimate, levels2);
  const centred = alignShifted(sorted, estimate);
  const ask = { sorted, estimate, centred, expect: expectLarger(complete) };
  return critical.map((found2) => {
    const interval = found2 === null ? null : boundShift(ask, found2);
    return { estimate, interval, achieved: interval === null || found2 === null ? null : 1 - found2.share };
  });
}
function findCritical(blocks, estimate, levels2) {
  const find = (favour) => findCriticalDistances(toStrata(rankResiduals(blocks, favour), "candidate"), levels2);
  if (estimate !== 0) return find(estimate > 0 ? 1 : -1);
  const lowered = find(-1);
  return find(1).map((raised, index) => takeFurther(raised, lowered[index] ?? null));
}
function takeFurther(one, other) {
  if (one === null || other === null) return null;
  if (Math.abs(one.distance - other.distance) > slack3) return one.distance > other.distance ? one : other;
  return one.share > other.share ? one : other;
}
function boundShift(question, { distance }) {
  const { sorted, estimate, centred, expect } = question;
  const pairs2 = centred.left.length * centred.right.length;
  const follow = (select) => {
    let residuals = centred;
    let shift = estimate;
    for (let step = 1; ; step += 1) {
      const difference = select(residuals, expect(shift));
      if (difference === null) return null;
      const next = keepFinite(shift + difference);
      if (next === shift || step === (pairs2 > manyPairs ? 2 : 4)) return next;
      shift = next;
      residuals = alignShifted(sorted, shift);
    }
  };
  const low = follow((residuals, expected) => {
    const most = Math.ceil(expected + (distance - residuals.equal) / 2 - slack3) - 1;
    return selectUnequal(residuals, pairs2 - residuals.equal - most);
  });
  const high = follow((residuals, expected) => {
    const fewest = Math.floor(expected - (distance + residuals.equal) / 2 + slack3) + 1;
    return selectUnequal(residuals, pairs2 - residuals.equal - fewest + 1);
  });
  return low === null || high === null ? null : [Math.min(estimate, low), Math.max(estimate, high)];
}
function selectUnequal({ left, right, equal }, order) {
  if (order < 1 || order > left.length * right.length - equal) return null;
  const difference = selectDifference(left, right, order);
  return difference < 0 || equal === 0 ? difference : selectDifference(left, right, order + equal);
}
var slack3 = 1e-6;
var manyPairs = 1e4;
function expectLarger(blocks) {
  const count4 = (side) => blocks.reduce((sum2, block) => sum2 + block[side].length, 0);
  const [left, right] = [count4("baseline"), count4("candidate")];
  const isEven = blocks.every(({ baseline, candidate }) => candidate.length * left === baseline.length * right);
  if (isEven) return () => left * right / 2;
  return (shift) => {
    const shifted = blocks.map(({ baseline, candidate }) => ({
      baseline,
      candidate: candidate.map((value) => keepFinite(value - shift))
    }));
    return (expectRankSum(rankResiduals(shifted)) - right * (right + 1)) / 2;
  };
}

// src/statistics/detectable-aligned-shift.ts
var medianPrice = 0.15;
function computeDetectableAlignedShift(question) {
  const { level: level2, power, random } = question;
  const blocks = question.blocks.filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  if (blocks.length === 0) throw new RangeError("expected at least one block with both sides, found none");
  if (Math.log(2) - countLogAllocations(blocks) > Math.log(level2) + 1e-9) return null;
  const aligned = blocks.map((block) => widen(alignBlocks([block])));
  const pooled = aligned.flatMap(({ baseline, candidate }) => [...baseline, ...candidate]).sort((a, b) => a - b);
  const sizes = [count2(blocks, "baseline"), count2(blocks, "candidate")];
  const shift = computeDetectableRankShift({
    pooled,
    baselineSize: Math.min(...sizes),
    candidateSize: Math.max(...sizes),
    level: level2,
    power,
    random
  });
  if (shift === null) return null;
  const freedom = pooled.length - 1 - blocks.length;
  const known = (degreesOfFreedom) => lookUpKnownShift(degreesOfFreedom, level2, power);
  return shift * known(Math.max(1, freedom)) / known(pooled.length - 2);
}
var knownShifts = /* @__PURE__ */ new Map();
function lookUpKnownShift(degreesOfFreedom, level2, power) {
  const key = `${degreesOfFreedom} ${level2} ${power}`;
  const found2 = knownShifts.get(key) ?? computeKnownErrorShift({ standardError: 1, degreesOfFreedom, level: level2, power });
  knownShifts.set(key, found2);
  return found2;
}
function widen({ baseline, candidate }) {
  const size = baseline.length + candidate.length;
  const factor = Math.sqrt(size / (size - 1)) * (1 + medianPrice / size);
  const multiply = (values) => values.map((value) => value * factor);
  return { baseline: multiply(baseline), candidate: multiply(candidate) };
}
function countLogAllocations(blocks) {
  return blocks.reduce(
    (sum2, { baseline, candidate }) => sum2 + logChoose(baseline.length + candidate.length, candidate.length),
    0
  );
}
function count2(blocks, side) {
  return blocks.reduce((sum2, block) => sum2 + block[side].length, 0);
}

// src/comparison/block-rule.ts
function compareBlocks({ scale, blocks, level: level2, random }) {
  const scaled = scaleBlocks(blocks, scale);
  const left = blocks.length - scaled.length;
  const warnings = left === 0 ? [] : [`${left} of ${blocks.length} blocks have one side only and are left out.`];
  const [wide, narrow] = toBoth(computeAlignedShifts(scaled, bothConfidences));
  const { estimate } = wide;
  const detect = () => {
    const byWidth = detectByWidth(wide, countValues(scaled), level2);
    if (byWidth !== null) return byWidth;
    const centre3 = (block) => ({ ...block, candidate: block.candidate.map((value) => value - estimate) });
    return computeDetectableAlignedShift({ blocks: scaled.map(centre3), level: level2, power: detectionPower, random });
  };
  return {
    scale,
    estimate,
    interval95: toInterval(wide),
    interval90: toInterval(narrow),
    ...testAlignedRanks(scaled, random),
    detectable: scale === "ratio" ? detect() : null,
    sameness: describeSameness(...scaled.flatMap(({ baseline, candidate }) => [baseline, candidate])),
    untested: null,
    warnings
  };
}
function scaleBlocks(blocks, scale) {
  return blocks.filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0).map(({ baseline, candidate }) => ({ baseline: toScale(baseline, scale), candidate: toScale(candidate, scale) }));
}
function testAlignedRanks(blocks, random) {
  if (countValues(blocks) <= manyValues)
    return { p: compareAlignedRanks(blocks, { random }).p, pMethod: "aligned-rank" };
  return { p: approximateAlignedP(blocks), pMethod: "normal-aligned-rank" };
}
function countValues(blocks) {
  return blocks.reduce((sum2, { baseline, candidate }) => sum2 + baseline.length + candidate.length, 0);
}

// src/statistics/median-interval.ts
function computeMedianInterval(values, confidence = 0.95) {
  const sorted = sortAscending(values);
  const orders = computeMedianOrders(sorted.length, confidence);
  if (orders === null) return null;
  return [sorted[orders.lower - 1], sorted[orders.upper - 1]];
}
function computeMedianOrders(count4, confidence = 0.95) {
  const allowed = (1 - confidence) / 2;
  let logTerm = -count4 * Math.LN2;
  let tail = 0;
  let lower = 0;
  for (; ; ) {
    const next = tail + Math.exp(logTerm);
    if (next > allowed || 2 * lower >= count4) break;
    tail = next;
    lower += 1;
    logTerm += Math.log((count4 - lower + 1) / lower);
  }
  return lower === 0 ? null : { lower, upper: count4 + 1 - lower, achieved: 1 - 2 * tail };
}

// src/comparison/summarize-side.ts
function summarizeSide(deployments, replies) {
  const values = deployments.flatMap((deployment) => deployment.values);
  const counts = { n: values.length, deployments: deployments.length };
  if (values.length === 0) {
    const none = { minimum: null, q1: null, median: null, q3: null, maximum: null };
    return { ...counts, ...none, medianInterval95: null, replies: null };
  }
  return {
    ...counts,
    ...computeFiveNumbers(values),
    medianInterval95: computeMedianInterval(values),
    replies: replies.length === 0 ? null : { n: replies.length, ...computeFiveNumbers(replies) }
  };
}

// src/comparison/measure-cell.ts
function measureCell(cell, options) {
  const { metric, circumstances } = cell;
  const scale = chooseScale2(metric, [...cell.baseline, ...cell.candidate]);
  const noData = describeNoData2(cell, scale);
  const shift = noData === "" ? computeCellShift(cell, scale, options) : null;
  const summarize3 = (side) => summarizeSide(collectDeployments(cell[side]), circumstances?.replies?.[side] ?? []);
  const warnings = [
    ...circumstances?.warnings ?? [],
    ...scale === "difference" && !canBeZero(metric) ? ["A value of zero or below was measured, so the change is a difference."] : [],
    ...shift?.warnings ?? []
  ];
  return { cell, baseline: summarize3("baseline"), candidate: summarize3("candidate"), scale, shift, noData, warnings };
}
function computeCellShift(cell, scale, { seed, level: level2 }) {
  const random = createRandom(`${seed}:${cell.id}`);
  const { baseline, candidate, history = noHistory } = cell;
  switch (cell.observation) {
    case "sample":
      return compareSamples({
        scale,
        baseline: joinValues(baseline),
        candidate: joinValues(candidate),
        level: level2,
        random
      });
    case "block":
      return compareBlocks({ scale, blocks: collectBlocks(cell), level: level2, random });
    case "deployment":
      return compareDeployments({
        scale,
        baseline: collectDeployments(baseline),
        candidate: collectDeployments(candidate),
        level: level2,
        history: history.deployments,
        random
      });
  }
}
function canBeZero({ unit }) {
  return unit === "1" || unit === "count";
}
function chooseScale2(metric, entries) {
  const allPositive = entries.every(({ values }) => values.every((value) => value > 0));
  return canBeZero(metric) || !allPositive ? "difference" : "ratio";
}
var largestDifferenced = Number.MAX_VALUE / 4;
function describeNoData2(cell, scale) {
  const empty = sides.filter((side) => joinValues(cell[side]).length === 0);
  if (empty.length > 0) {
    const who = empty.length === 2 ? "either side" : `the ${empty.join()}`;
    return cell.circumstances?.noData || `no measured sample of ${who}`;
  }
  const isTooLarge = sides.some(
    (side) => cell[side].some(({ values }) => values.some((value) => Math.abs(value) > largestDifferenced))
  );
  if (scale === "difference" && isTooLarge) return "the values are too large to be subtracted from each other";
  if (cell.observation === "block" && scaleBlocks(collectBlocks(cell), scale).length === 0) {
    return "no block has both sides";
  }
  return "";
}

// src/statistics/label-outliers.ts
var farOut = 3;
function labelOutliers(values) {
  if (values.length === 0) return [];
  const { q1, q3 } = computeFiveNumbers(values);
  const reach = farOut * (q3 - q1);
  return values.map((value) => reach > 0 && (value < q1 - reach || value > q3 + reach));
}

// src/comparison/sensitivity.ts
function removeOutliers(cell, scale) {
  const kept = new Map(listGroups(cell).flatMap((group) => keepUnlabelled(group, scale)));
  const of = (side) => cell[side].map((entry) => ({ ...entry, values: kept.get(entry) ?? entry.values }));
  const [baseline, candidate] = [of("baseline"), of("candidate")];
  const removed = {
    baseline: count3(cell.baseline) - count3(baseline),
    candidate: count3(cell.candidate) - count3(candidate)
  };
  return removed.baseline + removed.candidate === 0 ? null : { cell: { ...cell, baseline, candidate }, ...removed };
}
function listGroups(cell) {
  const place = (side) => cell[side].map((entry) => ({ side, entry }));
  const all = [...place("baseline"), ...place("candidate")];
  const keys = {
    deployment: ({ side, entry }) => `${side}:${entry.deployment}`,
    block: ({ entry }) => String(entry.block),
    sample: ({ side }) => side
  };
  return [...Map.groupBy(all, keys[cell.observation]).values()];
}
function keepUnlabelled(group, scale) {
  const centred = [...Map.groupBy(group, ({ side }) => side).values()].flatMap((entries) => centre2(entries, scale));
  const labels = labelOutliers(centred.flatMap(({ values }) => values));
  if (!labels.includes(true)) return [];
  let place = 0;
  return centred.map(({ entry, values }) => {
    const start = place;
    place += values.length;
    return [entry, entry.values.filter((_, index) => !labels[start + index])];
  });
}
function centre2(entries, scale) {
  const scaled = entries.map(({ entry }) => ({ entry, values: toScale(entry.values, scale) }));
  const all = scaled.flatMap(({ values }) => values);
  if (all.length === 0) return [];
  const middle = computeMedian(all);
  return scaled.map(({ entry, values }) => ({ entry, values: values.map((value) => value - middle) }));
}
function count3(entries) {
  return entries.reduce((sum2, { values }) => sum2 + values.length, 0);
}

// src/comparison/test-headlines.ts
function testHeadlines(measured, seed) {
  const usable = measured.filter(
    ({ cell, shift, scale }) => cell.role === "primary" && shift !== null && scale === "ratio" && (cell.circumstances?.invalid ?? []).length === 0
  );
  const groups = Map.groupBy(
    usable,
    ({ cell: { id, metric } }) => JSON.stringify([readPlacement(id)?.test ?? null, metric.name, metric.unit, metric.better])
  );
  return [...groups].flatMap(([key, cells]) => testGroup(cells, `${seed}:headline:${key}`));
}
function testGroup(cells, seed) {
  const [first] = cells;
  const ordered = cells.toSorted((left, right) => left.cell.id < right.cell.id ? -1 : 1);
  const strata = ordered.flatMap(listStrata);
  if (first === void 0 || strata.length === 0) return [];
  const { interval, ...shift } = combineStrata(strata, cells, seed);
  const [low, high] = interval === null ? [0, 0] : [Math.exp(interval[0]), Math.exp(interval[1])];
  const estimate = Math.exp(shift.estimate);
  if (!(estimate > 0 && estimate < Infinity)) return [];
  return [
    {
      test: readPlacement(first.cell.id)?.test ?? null,
      metric: { ...first.cell.metric },
      cells: cells.length,
      ratio: { estimate, interval95: low > 0 && high < Infinity ? [low, high] : null },
      p: shift.p,
      pMethod: shift.pMethod
    }
  ];
}
var manyValues3 = 2e4;
function combineStrata(strata, cells, seed) {
  const count4 = strata.reduce((sum2, { baseline, candidate }) => sum2 + baseline.length + candidate.length, 0);
  const combined = count4 > manyValues3 ? weighShifts(cells) : null;
  if (combined !== null) return combined;
  const shift = computeAlignedShift(strata);
  return {
    estimate: shift.estimate,
    interval: toInterval(shift),
    ...testAlignedRanks(strata, createRandom(seed))
  };
}
function weighShifts(cells) {
  const wide = 2 * normalQuantile(0.975);
  const parts2 = cells.map(({ shift }) => {
    const [low, high] = shift?.interval95 ?? [0, 0];
    return { estimate: shift?.estimate ?? 0, weight: (wide / (high - low)) ** 2 };
  });
  const total = parts2.reduce((sum2, { weight }) => sum2 + weight, 0);
  if (!(total < Infinity)) return null;
  const estimate = parts2.reduce((sum2, part) => sum2 + part.estimate * part.weight / total, 0);
  const error = 1 / Math.sqrt(total);
  const reach = normalQuantile(0.975) * error;
  const p = 2 * normalCdf(-Math.abs(estimate) / error);
  return { estimate, interval: [estimate - reach, estimate + reach], p, pMethod: "weighted-shifts" };
}
function listStrata({ cell }) {
  switch (cell.observation) {
    case "block":
      return scaleBlocks(collectBlocks(cell), "ratio");
    case "sample":
      return scaleBlocks([{ baseline: joinValues(cell.baseline), candidate: joinValues(cell.candidate) }], "ratio");
    case "deployment": {
      const observe2 = (entries) => computeObservations(collectDeployments(entries), "ratio");
      return [{ baseline: observe2(cell.baseline), candidate: observe2(cell.candidate) }];
    }
  }
}

// src/comparison/compare-cells.ts
function compareCells(input, { seed, policy }) {
  const cells = input.map((cell) => addHistory(cell, policy));
  const familySize = cells.filter(({ role }) => role === "primary").length;
  const options = { seed, level: familyLevel / Math.max(1, familySize) };
  const measured = cells.map((cell) => measureCell(cell, options));
  const questions = measured.map(({ cell, shift }) => ({ role: cell.role, p: shift?.p ?? null }));
  const adjusted = adjustByRole(questions);
  const spreads = measured.map((entry) => measureSpread(entry, seed));
  const spreadAdjusted = adjustByRole(
    spreads.map((spread, index) => ({ role: cells[index]?.role ?? "primary", p: "p" in spread ? spread.p : null }))
  );
  const judgements = measured.map((entry, index) => {
    const margin2 = entry.scale === "difference" ? null : findMargin(entry.cell, policy);
    const lacking = findLackingEvidence(entry.cell, options.level);
    const basis = { pAdjusted: adjusted[index] ?? null, margin: margin2, lacking };
    const adjustOther = (p) => adjustByRole(questions.with(index, { role: entry.cell.role, p }))[index] ?? null;
    const { sensitivity, differs } = testSensitivity(entry, basis, { ...options, adjustOther });
    return {
      ...basis,
      spread: spreads[index] ?? { because: entry.noData },
      spreadPAdjusted: spreadAdjusted[index] ?? null,
      diagnostics: [...entry.shift === null ? [] : diagnoseCell(entry.cell, entry.scale, seed), ...differs],
      sensitivity
    };
  });
  const judged = measured.map((entry, index) => judgeCell(entry, judgements[index]));
  return {
    cells: judged,
    family: { ...summarizeFamily(judged), ...summarizeEvidence(measured, judgements) },
    headlines: testHeadlines(measured, seed),
    guestRatios: compareGuestKinds(measured)
  };
}
function addHistory(cell, policy) {
  const history = cell.history ?? policy.history[cell.id];
  return history === void 0 ? cell : { ...cell, history };
}
function findMargin({ id, metric, history = noHistory }, policy) {
  return chooseMargin(policy, id, metric.name, history);
}
function measureSpread({ cell, scale, shift, noData }, seed) {
  if (shift === null) return { because: noData };
  return compareCellSpread(cell, scale, createRandom(`${seed}:${cell.id}:spread`));
}
function testSensitivity(measured, basis, options) {
  const { shift, scale, cell } = measured;
  const trimmed = shift?.p == null ? null : removeOutliers(cell, scale);
  const isLeft = (side) => joinValues(trimmed?.cell[side] ?? []).length > 0;
  if (trimmed === null || !isLeft("baseline") || !isLeft("candidate")) return { sensitivity: void 0, differs: [] };
  const other = computeCellShift(trimmed.cell, scale, options);
  const pAdjusted = options.adjustOther(other.p);
  const verdict = decideCell({ ...measured, shift: other }, { ...basis, pAdjusted }).verdict;
  const { baseline, candidate } = trimmed;
  const fired = contradicts(decideCell(measured, basis).verdict, verdict);
  const finding = `without ${baseline + candidate} far-out ${baseline + candidate === 1 ? "value" : "values"} (${baseline} of the baseline, ${candidate} of the candidate) the verdict is ${verdict}`;
  return {
    sensitivity: { baseline, candidate, pAdjusted, verdict },
    differs: [{ kind: "outliers", fired, finding }]
  };
}
function contradicts(verdict, other) {
  if (verdict === "inconclusive" || verdict === "invalid" || verdict === other) return false;
  return verdict !== "unchanged" || other !== "inconclusive";
}
function summarizeEvidence(measured, judgements) {
  const primary = judgements.filter((_, index) => measured[index]?.cell.role === "primary");
  const lacking = primary.flatMap((judgement) => judgement.lacking === null ? [] : [judgement.lacking]);
  return { decidable: primary.length - lacking.length, needs: lacking[0] ?? null };
}

// src/comparison/describe-context.ts
var statusesFromWorst = ["killed", "interrupted", "partial", "complete"];
function describeContext(sides2) {
  const { baseline, candidate, interleaved } = sides2;
  const runs = interleaved ? [baseline.run] : [baseline.run, candidate.run];
  const deployments = [...baseline.deployments, ...candidate.deployments];
  return {
    runs: runs.map(({ header }) => header.id),
    plan: baseline.run.header.plan,
    topology: baseline.run.header.topology,
    baseline: nameSide(baseline),
    candidate: nameSide(candidate),
    interleaved,
    ...baseline.run.header.plan.regime === "boot" ? { boots: { baseline: countBoots(baseline), candidate: countBoots(candidate) } } : {},
    status: statusesFromWorst.find((status) => runs.some(({ end }) => (end?.status ?? "killed") === status)) ?? "killed",
    versions: mergeVersions(baseline.run.header.versions, candidate.run.header.versions),
    facts: listCommonFacts(deployments),
    load: summarizeLoad(deployments),
    readySeconds: summarizeReadySeconds(deployments)
  };
}
function nameSide({ side, run }) {
  const { profile, sha256, revision } = run.header[side];
  return { profile, sha256, revision };
}
function countBoots({ deployments }) {
  return new Set(deployments.filter(hasMeasured).map(({ line }) => line.bootId)).size;
}
function mergeVersions(baseline, candidate) {
  const names = [.../* @__PURE__ */ new Set([...Object.keys(baseline), ...Object.keys(candidate)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [left = "absent", right = "absent"] = [baseline[name], candidate[name]];
      return [name, left === right ? left : `${left} / ${right}`];
    })
  );
}
function listCommonFacts(deployments) {
  const values = /* @__PURE__ */ new Map();
  for (const { line } of deployments) {
    for (const scope of factScopes) {
      for (const [key, value] of Object.entries(line.facts?.[scope] ?? {})) {
        const name = `${scope}.${key}`;
        values.set(name, (values.get(name) ?? /* @__PURE__ */ new Set()).add(formatFact(value)));
      }
    }
  }
  const common = [...values].filter(([, found2]) => found2.size === 1).map(([name, found2]) => [name, [...found2].join()]);
  return Object.fromEntries(common.sort(([left = ""], [right = ""]) => left < right ? -1 : 1));
}
function summarizeLoad(deployments) {
  const loads = deployments.flatMap(({ samples }) => samples).filter(({ phase }) => phase === "measure").map(({ diagnostics }) => diagnostics["load.1m"]).filter((load) => typeof load === "number");
  return loads.length === 0 ? null : { median: computeMedian(loads), maximum: loads.reduce((a, b) => Math.max(a, b)) };
}
function summarizeReadySeconds(deployments) {
  return guestKinds.flatMap(
    (guest) => attachments.flatMap((attachment) => {
      const seconds = deployments.filter(({ line }) => line.guest === guest && line.attachment === attachment).flatMap(({ line }) => line.readySeconds === null ? [] : [line.readySeconds]);
      return seconds.length === 0 ? [] : [{ guest, attachment, median: computeMedian(seconds) }];
    })
  );
}

// src/comparison/list-failures.ts
function listFailures(sides2) {
  return sides.flatMap((side) => {
    const { tries, run } = sides2[side];
    return tries.flatMap((place) => place.map((deployment, index) => ({ deployment, later: place.slice(index + 1) }))).toSorted((left, right) => left.deployment.line.order - right.deployment.line.order).flatMap(({ deployment, later }) => {
      const redone = later.some(hasSucceeded);
      return [...describeDeployment(deployment, redone), ...describeSamples(deployment, run.header.plan, redone)];
    });
  });
}
function describeDeployment(deployment, retried) {
  const { end } = deployment;
  if (hasSucceeded(deployment)) return [];
  const reason = end === null ? "the run ended during this deployment" : end.reason ?? "no reason was recorded";
  return [{ ...identify(deployment), test: null, reason, retried }];
}
function describeSamples(deployment, plan, redone) {
  const retried = /* @__PURE__ */ new Set();
  const measured = deployment.samples.filter(({ phase }) => phase === "measure");
  for (const [test, samples] of Map.groupBy(measured, (sample) => sample.test)) {
    const planned = countSamples(plan, test);
    const failed = samples.slice(0, planned).filter(({ status }) => status === "failed");
    const secondTries = samples.slice(planned);
    for (const [index, sample] of failed.entries()) {
      if (secondTries[index]?.status === "ok") retried.add(sample);
    }
  }
  return deployment.samples.filter(({ status }) => status === "failed").map((sample) => {
    const reason = sample.reason ?? "no reason was recorded";
    const shown = sample.phase === "warmup" ? `warm-up: ${reason}` : reason;
    return { ...identify(deployment), test: sample.test, reason: shown, retried: redone || retried.has(sample) };
  });
}
function identify({ line: { id, side, guest, attachment } }) {
  return { deployment: id, side, guest, attachment };
}

// src/comparison/match-cells.ts
function matchCells(sides2) {
  const hosts = listHosts(sides2);
  const spots = /* @__PURE__ */ new Map();
  for (const side of [sides2.baseline, sides2.candidate]) {
    for (const spot of [...listPlanned(side, hosts), ...listMeasured(side)]) spots.set(spotKey(spot), spot);
  }
  const [baseline, candidate] = [groupByPlacement(sides2.baseline), groupByPlacement(sides2.candidate)];
  return [...spots.values()].sort(compareSpots).map((spot) => ({
    ...spot,
    id: `${hosts.length > 1 ? `${spot.host}:` : ""}${spot.guest}/${spot.attachment}/${spot.test}/${spot.metric.name}`,
    baseline: baseline.get(placementKey(spot)) ?? [],
    candidate: candidate.get(placementKey(spot)) ?? []
  }));
}
function listHosts({ baseline, candidate }) {
  const named = [...baseline.deployments, ...candidate.deployments].map(({ line }) => line.host);
  return named.length === 0 ? [""] : [...new Set(named)].sort();
}
function listPlanned({ run }, hosts) {
  const cells = listCells(run.header.plan, "all");
  return hosts.flatMap(
    (host) => cells.map(({ guest, attachment, test, metric }) => ({ host, guest, attachment, test, metric }))
  );
}
function listMeasured({ deployments }) {
  return deployments.flatMap(
    ({ line: { host, guest, attachment }, samples }) => [...new Set(samples.map(({ test }) => test))].flatMap(
      (test) => metricsByTest[test].map((metric) => ({ host, guest, attachment, test, metric }))
    )
  );
}
function spotKey(spot) {
  return `${placementKey(spot)}/${spot.test}/${spot.metric.name}`;
}
function compareSpots(left, right) {
  if (left.host !== right.host) return left.host < right.host ? -1 : 1;
  const metrics = metricsByTest[left.test];
  return guestKinds.indexOf(left.guest) - guestKinds.indexOf(right.guest) || attachments.indexOf(left.attachment) - attachments.indexOf(right.attachment) || testNames.indexOf(left.test) - testNames.indexOf(right.test) || metrics.indexOf(left.metric) - metrics.indexOf(right.metric);
}
function groupByPlacement({ deployments }) {
  return Map.groupBy(deployments, ({ line }) => placementKey(line));
}

// src/comparison/parameter-difference.ts
function listParameterDifferences(sides2) {
  const [baseline, candidate] = [readParameters(sides2.baseline), readParameters(sides2.candidate)];
  return [.../* @__PURE__ */ new Set([...baseline.keys(), ...candidate.keys()])].sort().map((parameter) => ({
    parameter,
    layer: layerOf(parameter),
    baseline: baseline.get(parameter) ?? null,
    candidate: candidate.get(parameter) ?? null,
    applied: [sides2.baseline, sides2.candidate].every(({ run }) => appliesParameter(run.header.plan, parameter))
  })).filter((difference) => difference.baseline !== difference.candidate);
}
function listNotApplied(sides2) {
  return sides.flatMap(
    (side) => [...readParameters(sides2[side])].map(([parameter, value]) => ({ parameter, layer: layerOf(parameter), side, value })).filter(({ layer }) => !applies(sides2[side], layer)).sort((left, right) => left.parameter < right.parameter ? -1 : 1)
  );
}
function layerOf(parameter) {
  const first = parameter.split(".")[0];
  const layer = layers.find((known) => known === first);
  if (layer !== void 0) return layer;
  throw new MeasurementError(
    `the parameter "${parameter}" of the journal belongs to no layer; its first part must be one of ${layers.join(", ")}`
  );
}
function readParameters({ side, run }) {
  const { parameters } = run.header[side];
  return new Map(Object.entries(parameters).map(([name, value]) => [name, formatParameterValue(value)]));
}
function applies({ run }, layer) {
  return run.header.plan.layers.includes(layer);
}

// src/comparison/describe-netfilter.ts
function describeNetfilter({ deployments }) {
  const crossed = /* @__PURE__ */ new Map();
  for (const { guest, attachment, facts } of deployments) {
    if (attachment !== "bridge" || facts === null) continue;
    const { "netfilter.bridge": bridge = null, "netfilter.forward": forward = null } = facts.host;
    const rules = bridge === "1" ? `${forward ?? "unknown rules"}` : "no rules";
    crossed.set(guest, (crossed.get(guest) ?? /* @__PURE__ */ new Set()).add(rules));
  }
  const kinds = [...crossed].map(([guest, rules]) => ({ guest, rules: [...rules].sort().join(" or ") }));
  if (new Set(kinds.map(({ rules }) => rules)).size < 2) return [];
  const list = kinds.map(({ guest, rules }) => `${guest} ${rules}`).join("; ");
  return [
    `Guest kinds on the bridge did not cross the same packet filter (${list}), so what they differ in is not only the kind.`
  ];
}

// src/comparison/run-warnings.ts
function listRunWarnings(sides2, parameters) {
  const { baseline, candidate, interleaved } = sides2;
  const runs = interleaved ? [baseline.run] : [baseline.run, candidate.run];
  return [
    ...interleaved ? [] : [notInterleaved, ...describePlanDifference(baseline.run, candidate.run)],
    ...runs.flatMap((run) => [...run.warnings, ...describeEnd(run), ...describeNetfilter(run)]),
    ...new Set(runs.flatMap((run) => explainPath(run.deployments) ?? [])),
    ...describeSameTreatment(parameters),
    ...sides.flatMap((side) => describeMissingDeployments2(sides2[side]))
  ];
}
function describePlanDifference(baseline, candidate) {
  const [left, right] = [baseline.header, candidate.header];
  const keys = [
    "seconds",
    "samples",
    "deployments",
    "ping",
    "iperf",
    "iperfUdpBitsPerSecond",
    "layers",
    "regime"
  ];
  const show = (value) => JSON.stringify(value);
  const differences = keys.filter((key) => show(left.plan[key]) !== show(right.plan[key])).map((key) => `${key} (${show(left.plan[key])} and ${show(right.plan[key])})`);
  const topology = left.topology === right.topology ? [] : [`topology (${left.topology} and ${right.topology})`];
  const all = [...differences, ...topology];
  return all.length === 0 ? [] : [`The two runs were planned differently: ${all.join(", ")}.`];
}
function describeEnd({ header, end }) {
  if (end === null) return [`Run ${header.id} was killed: its journal has no last line.`];
  if (end.status === "complete") return [];
  return [`Run ${header.id} is ${end.status}${end.reason === null ? "" : `: ${end.reason}`}.`];
}
function describeSameTreatment(parameters) {
  if (parameters.some(({ applied }) => applied)) return [];
  return ["The sides do not differ in any applied parameter: this is an A/A comparison, which must stay silent."];
}
function describeMissingDeployments2({ side, run, deployments }) {
  const { plan } = run.header;
  const measured = deployments.filter(hasMeasured);
  return listCombinations(plan).flatMap(({ guest, attachment }) => {
    const found2 = measured.filter(({ line }) => line.guest === guest && line.attachment === attachment).length;
    if (found2 >= plan.deployments) return [];
    return [`${guest}/${attachment}: ${found2} of ${plan.deployments} planned deployments of the ${side} have data.`];
  });
}

// src/comparison/summarize-treatment.ts
function summarizeTreatment(sides2, parameters) {
  const checks = sides.flatMap((side) => listChecks(sides2[side]));
  const count4 = (result) => checks.filter((check) => check.result === result).length;
  const notVerified = new Map(
    checks.filter(({ result }) => result !== "verified").map((check) => [checkKey(check), check])
  );
  return {
    verified: count4("verified"),
    mismatch: count4("mismatch"),
    unprobed: count4("unprobed"),
    notApplicable: count4("not-applicable"),
    notVerified: [...notVerified.values()],
    readings: selectReadings(checks, parameters)
  };
}
function selectReadings(checks, parameters) {
  const changed = new Set(parameters.filter(({ applied }) => applied).map(({ parameter }) => parameter));
  const asked = checks.filter(({ parameter }) => changed.has(parameter));
  const key = ({ side, parameter, result }) => JSON.stringify([parameter, side, result]);
  return [...Map.groupBy(asked, key).values()].flatMap((readings) => readings.slice(0, 1));
}
function listChecks({ side, deployments }) {
  return deployments.flatMap(({ line }) => line.checks.map((check) => ({ ...check, side })));
}
function checkKey({ side, parameter, requested, found: found2, result }) {
  return JSON.stringify([side, parameter, requested, found2, result]);
}

// src/comparison/compare-runs.ts
function compareRuns(runs, { seed, policy, declaredFacts }) {
  const sides2 = collectSides(runs);
  const parameters = listParameterDifferences(sides2);
  const declared = parameters.filter(({ applied }) => applied).flatMap(({ parameter }) => declaredFacts(parameter));
  const environment = compareEnvironments(sides2, new Set(declared));
  const cells = matchCells(sides2).map((cell) => buildCellData(cell, sides2, environment));
  const compared = compareCells(cells, { seed, policy });
  return {
    schema: "tunegate.comparison/1",
    seed,
    context: describeContext(sides2),
    ...compared,
    environmentDifference: [...environment.differences],
    parameterDifference: [...parameters],
    notApplied: listNotApplied(sides2),
    treatment: summarizeTreatment(sides2, parameters),
    failures: [...listFailures(sides2)],
    warnings: [...listRunWarnings(sides2, parameters)]
  };
}

// src/comparison/compare-with-catalogue.ts
function compareWithCatalogue(runs, policy, seed) {
  return compareRuns(runs, {
    seed: seed ?? runs[0]?.header.seed ?? 1,
    policy,
    declaredFacts: (parameter) => catalogue.get(parameter)?.changesFacts ?? []
  });
}

// src/comparison/policy.schema.ts
var metricNames = [...new Set(Object.values(metricsByTest).flatMap((metrics) => metrics.map(({ name }) => name)))];
var margin = number().min(1e-4).max(1);
var historySchema = strictObject({
  deployments: array(number().positive()).default([]),
  ratios: array(number().positive()).default([]),
  /** Spread inside each of earlier deployments: mean distance of the logarithms of its values from their median. */
  spreads: array(number().min(0)).optional()
});
var policySchema = strictObject({
  /** Difference below which a change does not matter, by name of the metric; the others keep their defaults. */
  margins: strictObject(Object.fromEntries(metricNames.map((name) => [name, margin.optional()]))).default({}),
  /** The same for single cells, by id (`docker/bridge/tcp_rr/latency`); goes before the metric's margin. */
  cellMargins: record(string(), margin).default({}),
  /**
   * What is known of single cells from before, by id: `deployments` are medians of earlier fresh starts without a
   * change among them, in the metric's unit (their variance counts from 30 on), `ratios` candidate / baseline of A/A
   * comparisons of the same design, oldest first (the largest of the last 59 is the least margin), `spreads` how much
   * the values inside of a fresh start scattered (more than twice that makes the cell inconclusive).
   */
  history: record(string(), historySchema).default({}),
  gate: strictObject({
    /** What an inconclusive primary cell does to the gate. */
    inconclusive: _enum(["pass", "fail"]).default("pass")
  }).default({ inconclusive: "pass" })
});
var anyMetricPolicySchema = policySchema.extend({ margins: record(string(), margin).default({}) });
var defaultPolicy = policySchema.parse({});

// src/history/build-night.ts
var keptSecondary = ["latency_p99"];
function buildNight(run, comparison, names) {
  const { context } = comparison;
  if (context === null || context.runs.length !== 1 || context.runs[0] !== run.header.id) {
    const found2 = context === null ? "one without a run" : `one of ${context.runs.join(" and ")}`;
    throw new ConfigurationError(`the comparison must be that of run ${run.header.id}, found ${found2}`);
  }
  const judged = new Map(comparison.cells.map((cell) => [cell.id, cell]));
  return checkNight({
    schema: "tunegate.night/1",
    time: run.header.time,
    ...names,
    ...describeRun(run),
    status: context.status,
    cells: matchCells(collectSides([run])).flatMap((cell) => buildCell(cell, judged.get(cell.id)))
  });
}
function nameRun(run) {
  return { host: run.deployments[0]?.host ?? "local", comparison: run.header.candidate.profile };
}
function describeRun(run) {
  const { plan, topology, baseline, candidate } = run.header;
  const { name, regime, deployments, samples, seconds } = plan;
  const design = { plan: name, regime, deployments, samples, seconds };
  const environment = collectNightEnvironment(run);
  return { topology, design, baseline: nameSide2(baseline), candidate: nameSide2(candidate), environment };
}
function nameSide2({ profile, sha256, revision }) {
  return { profile, sha256, revision };
}
function buildCell(matched, judged) {
  if (judged === void 0 || !isKept(judged)) return [];
  const { id, role, metric, ratio, margin: margin2, verdict } = judged;
  const [baseline, candidate] = [summarize2(matched, "baseline"), summarize2(matched, "candidate")];
  if (baseline === null || candidate === null) return [];
  const kept = { ratio: ratio === null ? null : round(ratio.estimate), margin: margin2?.value ?? null };
  return [{ id, role, metric, baseline, candidate, ...kept, verdict }];
}
function isKept({ role, metric }) {
  return role === "primary" || keptSecondary.includes(metric.name);
}
function summarize2(cell, side) {
  const deployments = collectValues(cell[side], cell.test, cell.metric);
  if (deployments.some(({ values }) => values.some((value) => value <= 0))) return null;
  return {
    medians: deployments.map(({ values }) => round(computeMedian(values))),
    samples: deployments.map(({ values }) => values.length),
    spreads: deployments.map(({ values }) => computeSpread(values))
  };
}
function computeSpread(values) {
  if (values.length < 2) return null;
  const logs = values.map(Math.log);
  const centre3 = computeMedian(logs);
  return round(logs.reduce((sum2, value) => sum2 + Math.abs(value - centre3), 0) / logs.length);
}
function round(value) {
  return Number(value.toPrecision(7));
}
function checkNight(night) {
  const outcome = nightSchema.safeParse(night);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const field = issue?.path.join(".") ?? "the night";
  throw new ConfigurationError(`the run cannot be recorded: ${field} ${issue?.message ?? "does not fit its schema"}`);
}

export {
  computeMidranks,
  keepFinite,
  computeNeighbourCorrelation,
  compareWithHistory,
  computeWelchInterval,
  adjustHolm,
  familyLevel,
  precedence,
  compareWithCatalogue,
  policySchema,
  anyMetricPolicySchema,
  defaultPolicy,
  buildNight,
  nameRun,
  describeRun
};
