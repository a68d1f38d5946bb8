import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  adjustHolm,
  buildNight,
  compareWithCatalogue,
  compareWithHistory,
  computeMidranks,
  computeNeighbourCorrelation,
  computeWelchInterval,
  defaultPolicy,
  keepFinite
} from "./chunk-BSSLLENI.js";
import {
  findStalls
} from "./chunk-72JJH6GX.js";
import {
  addNight,
  buildTracks,
  computeMedian,
  createBranchStore,
  findPoint,
  lastStretch,
  listNights,
  listSpreads,
  placeKey,
  readNights,
  seriesKinds,
  worseSign
} from "./chunk-OD3JG4E4.js";
import {
  formatChange,
  formatNumber,
  formatPercent,
  formatQuantity,
  readCellName
} from "./chunk-E25633LF.js";
import "./chunk-BSRRZUOE.js";
import {
  comparisonSchema,
  isRefusal,
  parseAnswer,
  statusOf
} from "./chunk-RNIQMBIK.js";
import {
  escapeMarkdown,
  stripControls
} from "./chunk-6EBT53JP.js";
import {
  createHostedStep
} from "./chunk-7IH3XR6E.js";
import "./chunk-WP5ODUN6.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-EB5MUFAI.js";
import {
  readRun
} from "./chunk-KNHBJMVG.js";
import {
  readRequest
} from "./chunk-MAUNXBS5.js";
import {
  listPairs
} from "./chunk-TVGHCADT.js";
import "./chunk-4P3W6BXG.js";
import "./chunk-GWUUC4NK.js";
import "./chunk-3ZOIEKJZ.js";
import {
  historyBranchInput,
  parseInputs,
  plainNameInput
} from "./chunk-PY76QUXU.js";
import {
  sides
} from "./chunk-E4HQEAUX.js";
import {
  downloadPlan,
  downloadRuns
} from "./chunk-EKAH4EGM.js";
import "./chunk-ORHHKMOR.js";
import "./chunk-34DFZAEL.js";
import {
  getInput
} from "./chunk-54CEUQG2.js";
import {
  _enum,
  array,
  int,
  iso_exports,
  object,
  strictObject,
  string,
  unknown
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  MeasurementError,
  messageOf
} from "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// actions/record-history/collect-runs.ts
import { readFile } from "node:fs/promises";
async function collectRuns({ run }, target) {
  if (run === null) return downloadAll(target);
  const { folder, host, comparison, comparisonFile } = run;
  const document = comparisonFile === null ? null : await readComparison(comparisonFile);
  return { runs: [{ folder, host, comparison, document, requested: null }], commit: null, missing: [] };
}
async function downloadAll(target) {
  const plan = await downloadPlan(target);
  if (plan.kind !== "found") {
    const reason = plan.kind === "refused" ? plan.reason : "the plan job uploaded none";
    return { runs: [], commit: null, missing: [`What was to be measured is not known: ${reason}.`] };
  }
  const request = await readRequest(plan.folder);
  const found = await downloadRuns(listPairs(request), target);
  return {
    runs: found.flatMap(({ host, comparison, download }) => {
      if (download.kind !== "found") return [];
      const requested = request.comparisons.find(({ name }) => name === comparison) ?? null;
      return [{ folder: download.folder, host, comparison, document: null, requested }];
    }),
    commit: request.headSha,
    missing: found.flatMap(({ host, comparison, download }) => {
      if (download.kind === "found") return [];
      const reason = download.kind === "refused" ? download.reason : "its job has left no figures";
      return [`Tonight's run of ${comparison} on ${host} is not recorded: ${reason}.`];
    })
  };
}
async function readComparison(file) {
  try {
    return comparisonSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (thrown) {
    const reason = messageOf(thrown).split("\n")[0];
    throw new ConfigurationError(`input comparison-file: ${file} is no comparison (${reason})`, { cause: thrown });
  }
}

// actions/record-history/inputs.ts
var inputSchema = strictObject({
  "github-token": string(),
  branch: historyBranchInput,
  "run-directory": string().optional(),
  "comparison-file": string().optional(),
  host: plainNameInput.optional(),
  comparison: plainNameInput.optional(),
  author: string().max(120).default("github-actions[bot]"),
  "expected-every-hours": string().regex(/^[1-9]\d{0,3}$/, { error: "must be a whole number of hours from 1 to 9999" }).default("24").transform(Number)
});
function readHistoryInputs(read) {
  const found = parseInputs(inputSchema, read);
  const folder = found["run-directory"];
  if (folder !== void 0 && found.host === void 0) {
    throw new ConfigurationError("input host is missing: run-directory needs the name of the host it was measured on");
  }
  if (folder === void 0 && found["comparison-file"] !== void 0) {
    throw new ConfigurationError("input run-directory is missing: comparison-file alone has no values of fresh starts");
  }
  return {
    token: found["github-token"],
    branch: found.branch,
    author: found.author,
    run: folder === void 0 ? null : {
      folder,
      comparisonFile: found["comparison-file"] ?? null,
      host: found.host ?? "",
      comparison: found.comparison ?? null
    },
    periodSeconds: found["expected-every-hours"] * 3600
  };
}

// actions/record-history/run.ts
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

// src/statistics/change-point.ts
function findChangePoint(series, kind) {
  if (series.length < 4) throw new RangeError(`expected at least 4 values, found ${series.length}`);
  const { ranks } = computeMidranks(series);
  const place = scoreSplits(ranks);
  const middle = (series.length + 1) / 2;
  const spread = scoreSplits(ranks.map((rank) => (rank - middle) ** 2));
  let best = { statistic: 0, before: 2 };
  for (let before = 2; before <= series.length - 2; before += 1) {
    const z = place[before];
    const statistic = kind === "lepage" ? Math.hypot(z, spread[before]) : Math.abs(z);
    if (statistic > best.statistic) best = { statistic, before };
  }
  return best;
}
function scoreSplits(scores) {
  const count = scores.length;
  const mean = scores.reduce((sum2, score) => sum2 + score, 0) / count;
  const variance = scores.reduce((sum2, score) => sum2 + (score - mean) ** 2, 0) / (count - 1);
  let sum = 0;
  return Float64Array.from({ length: count }, (_, before) => {
    if (before > 0) sum += scores[before - 1] - mean;
    return variance === 0 || before === 0 ? 0 : sum / Math.sqrt(before * (count - before) / count * variance);
  });
}

// src/statistics/change-point-thresholds.ts
var shortestWindow = 12;
var longestWindow = 60;
var thresholds = {
  "mann-whitney": {
    500: [
      2.882,
      3,
      3.003,
      3.062,
      3.037,
      3.057,
      3.046,
      3.055,
      3.086,
      3.098,
      3.096,
      3.098,
      3.103,
      3.118,
      3.127,
      3.138,
      3.135,
      3.144,
      3.145,
      3.16,
      3.153,
      3.163,
      3.162,
      3.162,
      3.158,
      3.157,
      3.163,
      3.165,
      3.169,
      3.172,
      3.171,
      3.173,
      3.17,
      3.177,
      3.177,
      3.174,
      3.18,
      3.185,
      3.185,
      3.186,
      3.181,
      3.188,
      3.188,
      3.187,
      3.188,
      3.189,
      3.189,
      3.188,
      3.3
    ],
    1e3: [
      2.882,
      3,
      3.098,
      3.125,
      3.145,
      3.175,
      3.204,
      3.22,
      3.229,
      3.239,
      3.244,
      3.262,
      3.267,
      3.268,
      3.286,
      3.292,
      3.296,
      3.3,
      3.31,
      3.307,
      3.317,
      3.319,
      3.329,
      3.336,
      3.343,
      3.338,
      3.338,
      3.342,
      3.345,
      3.354,
      3.35,
      3.356,
      3.361,
      3.358,
      3.357,
      3.362,
      3.358,
      3.362,
      3.367,
      3.369,
      3.367,
      3.371,
      3.377,
      3.377,
      3.38,
      3.374,
      3.377,
      3.379,
      3.486
    ],
    5e3: [
      2.882,
      3,
      3.13,
      3.24,
      3.334,
      3.416,
      3.465,
      3.468,
      3.472,
      3.506,
      3.549,
      3.57,
      3.572,
      3.571,
      3.6,
      3.611,
      3.621,
      3.631,
      3.641,
      3.657,
      3.667,
      3.668,
      3.676,
      3.687,
      3.692,
      3.69,
      3.708,
      3.709,
      3.715,
      3.712,
      3.709,
      3.72,
      3.725,
      3.727,
      3.745,
      3.744,
      3.745,
      3.755,
      3.759,
      3.756,
      3.754,
      3.759,
      3.769,
      3.767,
      3.769,
      3.766,
      3.776,
      3.777,
      3.874
    ]
  },
  lepage: {
    500: [
      2.983,
      3.108,
      3.24,
      3.361,
      3.472,
      3.574,
      3.587,
      3.589,
      3.646,
      3.699,
      3.747,
      3.792,
      3.834,
      3.872,
      3.898,
      3.815,
      3.786,
      3.796,
      3.828,
      3.85,
      3.833,
      3.823,
      3.806,
      3.817,
      3.828,
      3.848,
      3.862,
      3.859,
      3.861,
      3.85,
      3.856,
      3.854,
      3.872,
      3.876,
      3.882,
      3.896,
      3.889,
      3.883,
      3.883,
      3.887,
      3.897,
      3.898,
      3.906,
      3.911,
      3.904,
      3.904,
      3.902,
      3.901,
      4.083
    ],
    1e3: [
      2.983,
      3.108,
      3.24,
      3.361,
      3.472,
      3.574,
      3.667,
      3.753,
      3.82,
      3.771,
      3.775,
      3.83,
      3.834,
      3.872,
      3.908,
      3.941,
      3.973,
      4.002,
      4.03,
      4.055,
      4.08,
      4.103,
      4.113,
      4.073,
      4.045,
      4.045,
      4.038,
      4.055,
      4.075,
      4.094,
      4.103,
      4.097,
      4.089,
      4.081,
      4.083,
      4.078,
      4.078,
      4.089,
      4.103,
      4.109,
      4.124,
      4.126,
      4.122,
      4.119,
      4.114,
      4.108,
      4.111,
      4.112,
      4.269
    ],
    5e3: [
      2.983,
      3.108,
      3.24,
      3.361,
      3.472,
      3.587,
      3.699,
      3.804,
      3.902,
      3.993,
      4.022,
      4.036,
      4.094,
      4.148,
      4.199,
      4.247,
      4.292,
      4.334,
      4.373,
      4.394,
      4.343,
      4.33,
      4.352,
      4.348,
      4.361,
      4.367,
      4.377,
      4.385,
      4.402,
      4.426,
      4.419,
      4.422,
      4.443,
      4.435,
      4.451,
      4.452,
      4.462,
      4.472,
      4.468,
      4.487,
      4.485,
      4.491,
      4.497,
      4.509,
      4.517,
      4.506,
      4.5,
      4.503,
      4.653
    ]
  }
};
function findChangeThreshold(kind, runLength, length) {
  if (!(Number.isInteger(length) && length >= shortestWindow)) {
    throw new RangeError(`expected a window of at least ${shortestWindow} values, found ${length}`);
  }
  return thresholds[kind][runLength][Math.min(length, longestWindow) - shortestWindow];
}

// src/statistics/monitor-series.ts
var largestCorrelation = 0.8;
function monitorSeries(series, { kind, runLength, first = 20 }) {
  const wrong = series.find((value) => !Number.isFinite(value));
  if (wrong !== void 0) throw new RangeError(`expected finite numbers, found ${wrong}`);
  for (let seen = first; seen <= series.length; seen += 1) {
    const start = Math.max(0, seen - longestWindow);
    const window = series.slice(start, seen);
    const split = findChangePoint(window, kind);
    const threshold = findChangeThreshold(kind, runLength, window.length);
    const statistic = split.statistic > threshold ? split.statistic * correctForDependence(window, split) : 0;
    if (statistic > threshold) {
      return { seen, before: start + split.before, statistic, threshold, direction: findDirection(window, split) };
    }
  }
  return null;
}
function correctForDependence(series, { before }) {
  const subtract = (part) => {
    const centre = computeMedian(part);
    return part.map((value) => keepFinite(value - centre));
  };
  const residuals = [...subtract(series.slice(0, before)), ...subtract(series.slice(before))];
  const found = computeNeighbourCorrelation(residuals);
  const unbiased = (found + 2 / series.length) / (1 - 6 / Math.max(12, series.length));
  const correlation = Math.min(largestCorrelation, Math.max(0, unbiased));
  return Math.sqrt((1 - correlation) / (1 + correlation));
}
function findDirection(series, { before }) {
  const { ranks } = computeMidranks(series);
  const sum = ranks.subarray(before).reduce((all, rank) => all + rank, 0);
  const excess = sum - (series.length - before) * (series.length + 1) / 2;
  if (excess === 0) return "none";
  return excess > 0 ? "up" : "down";
}

// src/history/judge-point.ts
var nightsConsidered = 14;
var fewestNights = 10;
var usualMargin = 0.02;
function compareNights(before, now) {
  const [first] = now;
  const reference = before.slice(-nightsConsidered);
  if (first === void 0 || reference.length < fewestNights) return null;
  const sign = worseSign(first.cell);
  const turn = (points) => points.map(({ value }) => sign * value);
  const history = turn(reference);
  const test = compareWithHistory({ baseline: history, candidate: turn(now), history });
  if (test.kind === "constant") return null;
  const p = test.difference > 0 ? test.p / 2 : 1 - test.p / 2;
  return { estimate: test.difference, interval95: computeWelchInterval(test, 0.95), p };
}
function exceedsMargin(shift, { cell }) {
  return shift.estimate >= Math.log1p(cell.margin ?? usualMargin);
}

// src/history/follow-series.ts
var nightsToRecover = 5;
var nightsToBeRecovering = 3;
var fewestForModel = 20;
var mostForModel = 60;
var backLevel = 0.01;
function startFollowing(cellId, kind) {
  return { cellId, kind, steady: [], episode: null, past: [] };
}
function addNight2(following, point, isOutside, isAccepted) {
  const { episode, steady } = following;
  if (episode === null) return isOutside ? begin(following, point) : keepSteady(following, [point], isAccepted);
  const grown = { ...episode, since: [...episode.since, point] };
  if (episode.state !== "suspected") return goOn(following, grown);
  if (isOutside) return confirm({ ...following, episode: { ...grown, state: "regressed" } }, isAccepted);
  return keepSteady({ ...following, episode: null, steady }, grown.since, isAccepted);
}
function endFollowing(following) {
  const { episode, past } = following;
  return episode === null || episode.state === "suspected" ? past : [...past, { ...episode, state: "unfollowed" }];
}
function begin(following, point) {
  const { cellId, kind, steady } = following;
  const reference = steady.slice(-nightsConsidered);
  const episode = {
    cellId,
    kind,
    state: "suspected",
    foundBy: "prediction interval",
    reference,
    since: [point],
    back: 0
  };
  return { ...following, episode };
}
function confirm(following, isAccepted) {
  const { episode, past } = following;
  if (episode === null || !isAccepted(episode.cellId, episode.since[0])) return following;
  return { ...following, episode: null, past: [...past, { ...episode, state: "accepted" }], steady: episode.since };
}
function keepSteady(following, points, isAccepted) {
  const { cellId, kind } = following;
  const steady = [...following.steady, ...points];
  const window = steady.slice(-mostForModel);
  if (window.length < fewestForModel) return { ...following, steady };
  const alarm = monitorSeries(
    window.map(({ value }) => value),
    { kind: "mann-whitney", runLength: 5e3, first: window.length }
  );
  if (alarm === null) return { ...following, steady };
  const reference = window.slice(0, alarm.before);
  const [first, ...rest] = window.slice(alarm.before);
  if (first === void 0) return { ...following, steady };
  const since = [first, ...rest];
  const estimate = worseSign(first.cell) * (medianOf(since) - medianOf(reference));
  if (!exceedsMargin({ estimate }, first)) return { ...following, steady: since };
  const found = { cellId, kind, state: "regressed", foundBy: "change point model", reference, since, back: 0 };
  return confirm({ ...following, steady: reference, episode: found }, isAccepted);
}
function goOn(following, episode) {
  const isBack = isOnGoodSide(episode);
  const back = isBack ? episode.back + 1 : 0;
  const state = back >= nightsToBeRecovering ? "recovering" : "regressed";
  if (back < nightsToRecover) return { ...following, episode: { ...episode, back, state } };
  const steady = [...episode.reference, ...episode.since.slice(-nightsToRecover)];
  return { ...following, episode: null, past: [...following.past, { ...episode, back, state: "recovered" }], steady };
}
function isOnGoodSide({ reference, since, back }) {
  const tonight = since.at(-1) ?? since[0];
  const sign = worseSign(tonight.cell);
  const bad = since.slice(0, since.length - 1 - back);
  const middle = (medianOf(bad) + medianOf(reference)) / 2;
  const shift = compareNights(reference, [tonight]);
  return sign * (tonight.value - middle) < 0 && (shift === null || shift.p > backLevel);
}
function medianOf(points) {
  return computeMedian(points.map(({ value }) => value));
}

// src/history/issue-marker.ts
var markerSchema = strictObject({
  host: string(),
  comparison: string(),
  cell: string(),
  /** First night outside, RFC 3339. */
  first: iso_exports.datetime(),
  state: _enum(["suspected", "regressed", "recovering", "recovered", "accepted", "unfollowed"])
});
var form = /^<!-- tunegate:regression (\{.*\}) -->/;
function buildIssueMarker({ host, comparison, cellId, first, state }) {
  const marker = { host, comparison, cell: cellId, first: first.time, state };
  return `<!-- tunegate:regression ${JSON.stringify(marker).replace(/[<>]/g, escapeBracket)} -->`;
}
function readIssueMarker(body) {
  try {
    const outcome = markerSchema.safeParse(JSON.parse(form.exec(body)?.[1] ?? "null"));
    return outcome.success ? outcome.data : null;
  } catch {
    return null;
  }
}
function escapeBracket(bracket) {
  return bracket === "<" ? "\\u003c" : "\\u003e";
}

// reports/night-chart.ts
var blocks = ["\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"];
function renderNightChart({ values, outsideFrom, format }) {
  if (values.length === 0) return "no night";
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const highest = values.reduce((a, b) => Math.max(a, b));
  const draw = (value) => {
    const share = highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
    return blocks[Math.round(share * (blocks.length - 1))] ?? "";
  };
  const drawAll = (part) => part.map(draw).join("");
  const picture = [values.slice(0, outsideFrom), values.slice(outsideFrom)].filter((part) => part.length > 0).map(drawAll).join("|");
  return `${picture}  ${format(lowest)} to ${format(highest)}`;
}

// reports/night-words.ts
function nameSeriesCell({ cellId, metric }) {
  const { guest, attachment, test } = readCellName({ id: cellId });
  return `${metric.name} of ${[test, guest, attachment].filter(Boolean).join(" ")}`;
}
function formatNightTime(time) {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}
function formatShift({ metric }, { shift }) {
  if (shift === null) return null;
  const sign = worseSign({ metric });
  const ends = shift.interval95.map((end) => Math.exp(sign * end)).sort((a, b) => a - b);
  return `${formatChange(Math.exp(sign * shift.estimate))} (${ends.map(formatPercent).join(" to ")})`;
}
function describeKind({ tonight }, { kind }) {
  const { baseline, candidate } = tonight;
  if (kind === "level") return `${candidate.profile} itself`;
  const other = baseline.profile === candidate.profile ? "its baseline" : baseline.profile;
  return `${candidate.profile} against ${other}`;
}
function drawSeries({ metric }, { kind, points, outsideFrom }) {
  const format = kind === "effect" ? (value) => formatChange(Math.exp(value)) : (value) => formatQuantity(Math.exp(value), metric.unit);
  return renderNightChart({ values: points.map(({ value }) => value), outsideFrom, format });
}

// reports/night-issue.ts
function renderNightIssue(regression, surroundings) {
  const { host, comparison } = regression;
  const where = `${comparison} on ${host}`;
  return {
    // Plain text on GitHub: there is nothing to escape, and it never changes.
    title: stripControls(`Nightly regression: ${nameSeriesCell(regression)}, ${where}`).slice(0, 250),
    body: [
      buildIssueMarker(regression),
      `**${escapeMarkdown(summarize(regression))}**`,
      escapeMarkdown(describeState(regression)),
      renderList(listFacts(regression, surroundings)),
      fence(regression.series.flatMap((series) => [describeKind(regression, series), drawSeries(regression, series)])),
      "One block a night, oldest first; the bar stands before the first night outside.",
      "### To look into it",
      "Read the nights again, on any machine:",
      fence([
        `git fetch origin ${surroundings.branch}`,
        `git worktree add ../tunegate-history FETCH_HEAD`,
        "npx --no-install tunegate history detect --store ../tunegate-history"
      ]),
      "Measure both profiles interleaved, on the host:",
      fence([renderMeasureCommand(regression)]),
      renderList(explainEnding())
    ].join("\n\n"),
    comment: escapeMarkdown(describeState(regression))
  };
}
function summarize(regression) {
  const [series] = regression.series;
  const shift = series === void 0 ? null : formatShift(regression, series);
  const what = series === void 0 ? "" : `, ${describeKind(regression, series)}`;
  const direction = regression.metric.better === "lower" ? "lower is better" : "higher is better";
  return `${nameSeriesCell(regression)} on ${regression.host}${what}: ${shift ?? "worse"} since ${formatNightTime(regression.first.time)} (${direction}).`;
}
function describeState({ state, back, series, tonight }) {
  const nights = Math.max(0, ...series.map(({ nightsSince }) => nightsSince));
  const count = `${nights} ${nights === 1 ? "night" : "nights"}`;
  const last = `Last night looked at: ${formatNightTime(tonight.time)}.`;
  switch (state) {
    case "suspected":
      return `One night is outside; the next one decides. ${last}`;
    case "regressed":
      return `${count} say so, and no interleaved run has confirmed it yet: nights are hours apart, so whatever else changed between them may be the reason. ${last}`;
    case "recovering":
      return `The last ${back} nights were back on the good side; after ${nightsToRecover} in a row this is over. ${last}`;
    case "recovered":
      return `The last ${back} nights in a row were back on the good side, so this is over. ${last}`;
    case "accepted":
      return `The level of these nights was accepted as the new reference. ${last}`;
    case "unfollowed":
      return `Profile, plan or environment has changed since, so later nights cannot be compared with those before this regression. Whether it is over has to be found out by hand. ${last}`;
  }
}
function listFacts(regression, { repositoryUrl }) {
  const { first, lastGood, series, tonight } = regression;
  const run = `run ${first.run.id}, attempt ${first.run.attempt}`;
  return [
    escapeMarkdown(`First night outside: ${formatNightTime(first.time)}, ${run}.`),
    ...series.map((one) => escapeMarkdown(describeEvidence(regression, one))),
    renderCommits(lastGood?.commit ?? null, first.commit, repositoryUrl),
    escapeMarkdown(
      `The same in all these nights: both profiles (${tonight.baseline.profile} ${tonight.baseline.sha256.slice(0, 12)}, ${tonight.candidate.profile} ${tonight.candidate.sha256.slice(0, 12)}), plan ${tonight.design.plan}, kernels, processor, and versions of QEMU, Docker and the tools.`
    ),
    ...series.length === 2 ? [] : [escapeMarkdown(explainOneSeries(series[0]?.kind === "level"))]
  ];
}
function describeEvidence(regression, series) {
  const { foundBy, nightsBefore, nightsSince, spreadRatio } = series;
  const shift = formatShift(regression, series) ?? "no interval: the nights before are all equal";
  const scatter = spreadRatio === null ? "" : `; scatter inside fresh starts ${formatNumber(spreadRatio)} times that of before`;
  return `${describeKind(regression, series)}: ${shift}, 95 % interval, from ${nightsSince} ${nightsSince === 1 ? "night" : "nights"} since and ${nightsBefore} before; found by ${foundBy}${scatter}.`;
}
function explainOneSeries(isLevel) {
  return isLevel ? "The difference between the profiles is not shown to have changed: the host, or what lies between host and client, may have become worse for both." : "The candidate alone is not shown to have changed by as much: look at the baseline too.";
}
function renderCommits(lastGood, firstBad, repositoryUrl) {
  if (lastGood === null || firstBad === null) return "Suspected commits: not known, the nights do not name theirs.";
  if (lastGood === firstBad) {
    return `No commit is suspected: the last good night ran \`${firstBad.slice(0, 12)}\` as well.`;
  }
  const range = `${lastGood.slice(0, 12)}...${firstBad.slice(0, 12)}`;
  return `Suspected commits: [\`${range}\`](${repositoryUrl}/compare/${lastGood}...${firstBad}).`;
}
function renderMeasureCommand({ tonight }) {
  const { design, baseline, candidate } = tonight;
  return `npx --no-install tunegate measure --plan ${design.plan} --baseline ${baseline.profile} --candidate ${candidate.profile} --deployments ${Math.max(10, design.deployments)} --out out/confirm`;
}
function explainEnding() {
  return [
    `After ${nightsToRecover} nights in a row on the good side this issue is closed by itself.`,
    "Close it as *not planned* to accept the new level: later nights are then compared with it.",
    "Closed as *completed*, it is opened again when two more nights are bad."
  ];
}
function renderList(lines) {
  return lines.map((line) => `- ${line}`).join("\n");
}
function fence(lines) {
  return ["````", ...lines.map((line) => stripControls(line).replaceAll("`", "'")), "````"].join("\n");
}

// reports/night-summary.ts
function renderNightMarkdown(report) {
  const parts = listNightParts(report).flatMap(({ title, lines }) => [
    `### ${escapeMarkdown(title)}`,
    lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n")
  ]);
  return `${["## Nights", escapeMarkdown(summarizeNights(report)), ...parts].join("\n\n")}
`;
}
function summarizeNights({ detections, regressions, stalls }) {
  if (detections.length === 0) return "No night is recorded yet.";
  const count = (wanted) => regressions.filter(({ state }) => wanted.includes(state)).length;
  const bad = count(["regressed", "recovering"]);
  const suspected = count(["suspected"]);
  const found = [
    bad === 0 ? "No cell has got worse" : `${bad} ${bad === 1 ? "cell has" : "cells have"} got worse`,
    ...suspected === 0 ? [] : [`${suspected} ${suspected === 1 ? "is" : "are"} suspected after one night`],
    ...stalls.length === 0 ? [] : [`${stalls.length === 1 ? "a night is" : `${stalls.length} nights are`} missing`]
  ];
  return `${found.join("; ")}.`;
}
function listNightParts(report) {
  const { detections, regressions, stalls, warnings } = report;
  const told = regressions.filter(({ state }) => state !== "recovered" && state !== "accepted");
  const parts = [
    { title: "Cells", lines: told.map(describeRegression) },
    { title: "Missing nights", lines: stalls.map(({ sentence }) => sentence) },
    { title: "Nights compared", lines: detections.flatMap(describeDetection) },
    { title: "Skipped", lines: [...warnings] }
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}
function describeRegression(regression) {
  const series = regression.series.map((one) => {
    const shift = formatShift(regression, one) ?? "worse";
    return `${describeKind(regression, one)} ${shift}, ${drawSeries(regression, one)}`;
  });
  const { comparison, host, state, first } = regression;
  return `${nameSeriesCell(regression)}, ${comparison} on ${host}: ${state} since ${formatNightTime(first.time)}. ${series.join("; ")}. ${describeState(regression)}`;
}
function describeDetection({ host, comparison, stretch, notes }) {
  const { nights } = stretch;
  const last = nights.at(-1)?.time;
  const count = `${nights.length} comparable ${nights.length === 1 ? "night" : "nights"}`;
  const line = `${comparison} on ${host}: ${count}, the last of ${last === void 0 ? "no time" : formatNightTime(last)}.`;
  return [[line, ...notes].join(" ")];
}

// src/github/regression-issues.ts
var regressionLabel = "tunegate:regression";
var issueSchema = object({
  number: int(),
  title: string(),
  body: string().nullish(),
  state: _enum(["open", "closed"]),
  state_reason: string().nullish(),
  closed_at: iso_exports.datetime().nullish(),
  user: object({ login: string() }).nullish(),
  pull_request: unknown().optional()
});
var madeSchema = object({ number: int() });
async function listRegressionIssues({ github, repository, author }) {
  const answers = await explainRefusal(
    () => github.paginate(github.rest.issues.listForRepo, {
      ...repository,
      labels: regressionLabel,
      state: "all",
      per_page: 100
    })
  );
  return parseAnswer(array(issueSchema), answers, `the issues labelled ${regressionLabel}`).flatMap((issue) => {
    const marker = readIssueMarker(issue.body ?? "");
    if (marker === null || issue.user?.login !== author || issue.pull_request !== void 0) return [];
    const { number, title, body, state, state_reason, closed_at } = issue;
    return [
      {
        number,
        isOpen: state === "open",
        reason: state_reason ?? null,
        closedAt: closed_at ?? null,
        marker,
        title,
        body: (body ?? "").replaceAll("\r\n", "\n")
      }
    ];
  });
}
async function applyIssueSteps(room, steps) {
  if (steps.length === 0) return [];
  return explainRefusal(async () => {
    await ensureLabel(room);
    const numbers = [];
    for (const step of steps) numbers.push(await applyStep(room, step));
    return numbers;
  });
}
async function applyStep({ github, repository }, step) {
  if (step.kind === "open") {
    const { title: title2, body: body2 } = step;
    const request = { retries: 0 };
    const { data } = await github.rest.issues.create({
      ...repository,
      title: title2,
      body: body2,
      labels: [regressionLabel],
      request
    });
    return parseAnswer(madeSchema, data, "the issue that was opened").number;
  }
  const { number, title, body, comment, state } = step;
  if (comment !== null) {
    await github.rest.issues.createComment({
      ...repository,
      issue_number: number,
      body: comment,
      request: { retries: 0 }
    });
  }
  const change = state === "close" ? { state: "closed", state_reason: "completed" } : state === "reopen" ? { state: "open", state_reason: "reopened" } : {};
  await github.rest.issues.update({ ...repository, issue_number: number, title, body, ...change });
  return number;
}
async function ensureLabel({ github, repository }) {
  try {
    await github.rest.issues.getLabel({ ...repository, name: regressionLabel });
  } catch (thrown) {
    if (statusOf(thrown) !== 404) throw thrown;
    const description = "A cell of the nightly run has got worse; opened and closed by Tunegate";
    await github.rest.issues.createLabel({ ...repository, name: regressionLabel, color: "d93f0b", description }).catch((error) => {
      if (statusOf(error) !== 422) throw error;
    });
  }
}
async function explainRefusal(ask) {
  try {
    return await ask();
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    throw new ConfigurationError(
      `GitHub does not let this job write issues (${messageOf(thrown)}); the job needs \`permissions: issues: write\` and a repository with issues`,
      { cause: thrown }
    );
  }
}

// src/history/detect.ts
var nightLevel = 0.01;
function detectRegressions(track, isAccepted = () => false) {
  const { host, comparison, stretches } = track;
  const [...former] = stretches;
  const last = former.pop() ?? lastStretch(track);
  const ended = former.flatMap((stretch) => followStretch(stretch, isAccepted).flatMap(endFollowing));
  const followed = followStretch(last, isAccepted);
  const current = followed.flatMap(({ past, episode }) => episode === null ? past : [...past, episode]);
  const episodes = [...ended, ...current].sort((left, right) => firstTime(left) - firstTime(right));
  return {
    host,
    comparison,
    stretch: last,
    episodes,
    notes: [...describeStretch(last), ...describeLearning(last, followed)]
  };
}
function followStretch({ nights }, isAccepted) {
  const followed = /* @__PURE__ */ new Map();
  for (const night of nights) {
    const entries = listTonight(night, followed);
    const outside = findOutside(entries);
    for (const { key, following, point } of entries) {
      followed.set(key, addNight2(following, point, outside.has(key), isAccepted));
    }
  }
  return [...followed.values()];
}
function listTonight(night, followed) {
  return night.cells.filter(({ role }) => role === "primary").flatMap(
    (cell) => seriesKinds.flatMap((kind) => {
      const point = findPoint(night, cell, kind);
      const key = `${kind} ${cell.id}`;
      return point === null ? [] : [{ key, following: followed.get(key) ?? startFollowing(cell.id, kind), point }];
    })
  );
}
function findOutside(entries) {
  const steady = entries.filter(({ following }) => following.episode === null);
  const suspected = entries.filter(({ following }) => following.episode?.state === "suspected");
  return /* @__PURE__ */ new Set([...testFamily(steady), ...testFamily(suspected)]);
}
function testFamily(entries) {
  const tested = entries.flatMap(({ key, following, point }) => {
    const shift = compareNights(following.episode?.reference ?? following.steady, [point]);
    return shift === null ? [] : [{ key, point, shift }];
  });
  const adjusted = adjustHolm(tested.map(({ shift }) => shift.p));
  return tested.filter(({ shift, point }, index) => (adjusted[index] ?? 1) <= nightLevel && exceedsMargin(shift, point)).map(({ key }) => key);
}
function firstTime({ since }) {
  return Date.parse(since[0].night.time);
}
function describeLearning({ nights }, followed) {
  if (nights.length <= fewestNights) return [];
  const learning = followed.filter(({ steady, episode }) => episode === null && steady.length < fewestNights);
  const ids = [...new Set(learning.map(({ cellId }) => cellId))];
  return ids.length === 0 ? [] : [`At a new level, which ${fewestNights} nights are needed to know: ${ids.join(", ")}.`];
}
function describeStretch({ nights, changes }) {
  const tonight = nights.at(-1);
  if (tonight === void 0) return ["No night is recorded yet."];
  const earlier = nights.length - 1;
  const began = changes.map(({ what, before, after }) => `${what} was ${before} and is ${after}`);
  const first = nights[0]?.time.slice(0, 10);
  const unusable = tonight.cells.filter(
    (cell) => cell.role === "primary" && findPoint(tonight, cell, "effect") === null
  );
  return [
    ...began.length === 0 ? [] : [`Nights are compared from ${first} on only, because then something changed: ${began.join("; ")}.`],
    ...earlier >= fewestNights ? [] : [
      `Tonight cannot be judged yet: ${earlier} comparable ${earlier === 1 ? "night" : "nights"} before it, ${fewestNights} needed.`
    ],
    ...unusable.length === 0 ? [] : [`Not judged tonight, for want of enough valid fresh starts: ${unusable.map(({ id }) => id).join(", ")}.`]
  ];
}

// src/history/regressions.ts
var states = [
  "regressed",
  "recovering",
  "suspected",
  "unfollowed",
  "accepted",
  "recovered"
];
function isOngoing({ state }) {
  return state === "regressed" || state === "recovering";
}
function listRegressions({ host, comparison, episodes }) {
  return [...Map.groupBy(episodes, ({ cellId }) => cellId)].flatMap(([cellId, group]) => {
    const chosen = chooseEpisodes(group);
    const [leading] = chosen;
    if (leading === void 0) return [];
    const [point] = leading.since;
    const earliest = chosen.reduce((a, b) => b.since[0].night.time < a.since[0].night.time ? b : a);
    return [
      {
        host,
        comparison,
        cellId,
        metric: point.cell.metric,
        state: leading.state,
        series: chosen.map(describeSeries),
        first: earliest.since[0].night,
        lastGood: earliest.reference.at(-1)?.night ?? null,
        tonight: (leading.since.at(-1) ?? point).night,
        back: Math.min(...chosen.map(({ back }) => back))
      }
    ];
  });
}
function chooseEpisodes(episodes) {
  const latest = [...Map.groupBy(episodes, ({ kind }) => kind).values()].flatMap((group) => group.slice(-1));
  const worst = states.find((state) => latest.some((episode) => episode.state === state));
  return latest.filter(({ state }) => state === worst).sort((left) => left.kind === "effect" ? -1 : 1);
}
function describeSeries({ kind, foundBy, reference, since, back }) {
  const bad = since.slice(0, since.length - back);
  const before = reference.slice(-nightsConsidered);
  return {
    kind,
    foundBy,
    shift: compareNights(reference, bad),
    nightsBefore: before.length,
    nightsSince: bad.length,
    spreadRatio: compareSpreads(before, bad),
    points: [...before, ...since],
    outsideFrom: before.length
  };
}
function compareSpreads(before, since) {
  const [left, right] = [meanSpread(before), meanSpread(since)];
  return left === null || right === null || left === 0 ? null : right / left;
}
function meanSpread(points) {
  const spreads = points.flatMap(({ cell }) => listSpreads(cell.candidate));
  return spreads.length === 0 ? null : spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
}

// src/history/judge-nights.ts
function judgeNights(nights, findAccepted = () => () => false) {
  const detections = buildTracks(nights).map((track) => detectRegressions(track, findAccepted(track)));
  return { detections, regressions: detections.flatMap(listRegressions) };
}
function buildAlarms({ detections, regressions }, stalls, warnings) {
  return {
    schema: "tunegate.alarms/1",
    /** Regressions that are going on, and nights that did not come. */
    alarms: countAlarms(regressions, stalls),
    regressions: regressions.map(describeRegression2),
    stalls: stalls.map(({ host, comparison, lastTime }) => ({ host, comparison, lastTime })),
    nights: detections.map(({ host, comparison, stretch, notes }) => ({
      host,
      comparison,
      comparable: stretch.nights.length,
      last: stretch.nights.at(-1)?.time ?? null,
      notes
    })),
    warnings
  };
}
function countAlarms(regressions, stalls) {
  return regressions.filter(isOngoing).length + stalls.length;
}
function describeRegression2({ host, comparison, cellId, metric, state, series, ...more }) {
  const { first, lastGood, tonight } = more;
  return {
    host,
    comparison,
    cell: cellId,
    metric,
    state,
    first: first.time,
    last: tonight.time,
    lastGoodCommit: lastGood?.commit ?? null,
    firstBadCommit: first.commit,
    series: series.map(({ kind, foundBy, shift, nightsBefore, nightsSince, spreadRatio }) => ({
      kind,
      foundBy,
      /** Natural logarithms, positive is worse. */
      worse: shift === null ? null : { estimate: shift.estimate, interval95: shift.interval95, p: shift.p },
      nightsBefore,
      nightsSince,
      spreadRatio
    }))
  };
}

// src/history/plan-issues.ts
var sameBeginningDays = 7;
var nightsToReopen = 2;
function planIssues(regressions, issues, write) {
  return regressions.flatMap((regression) => {
    const own = issues.filter(({ marker }) => isAbout(marker, regression)).sort((a, b) => a.number - b.number);
    const open = own.find(({ isOpen }) => isOpen);
    if (open !== void 0) return editOpen(regression, open, write(regression));
    if (!isOngoing(regression)) return [];
    const closed = own.findLast(({ marker }) => isSameBeginning(marker, regression.first));
    const text = write(regression);
    if (closed === void 0) return [{ kind: "open", title: text.title, body: text.body }];
    return shouldReopen(regression, closed) ? [edit(closed, text, text.comment, "reopen")] : [];
  });
}
function isAcceptedBy(issues, { host, comparison }) {
  const accepted = issues.filter(({ isOpen, reason }) => !isOpen && reason === "not_planned");
  return (cellId, { night }) => accepted.some(({ marker }) => isAbout(marker, { host, comparison, cellId }) && isSameBeginning(marker, night));
}
function editOpen(regression, issue, text) {
  if (regression.state === "suspected" || regression.state === "accepted") return [];
  const hasChanged = issue.marker.state !== regression.state;
  if (regression.state === "recovered") return [edit(issue, text, text.comment, "close")];
  if (regression.state === "unfollowed" && !hasChanged) return [];
  if (!hasChanged && issue.body === text.body && issue.title === text.title) return [];
  return [edit(issue, text, hasChanged ? text.comment : null, "keep")];
}
function edit({ number }, { title, body }, comment, state) {
  return { kind: "edit", number, title, body, comment, state };
}
function shouldReopen({ series, back, state }, { reason, closedAt }) {
  if (reason === "not_planned" || state !== "regressed" || back > 0 || closedAt === null) return false;
  const since = series[0]?.points.filter(({ night }) => Date.parse(night.time) > Date.parse(closedAt)) ?? [];
  return since.length >= nightsToReopen;
}
function isAbout(marker, place) {
  return marker.host === place.host && marker.comparison === place.comparison && marker.cell === place.cellId;
}
function isSameBeginning(marker, first) {
  const apart = Math.abs(Date.parse(marker.first) - Date.parse(first.time));
  return apart <= sameBeginningDays * 24 * 60 * 60 * 1e3;
}

// actions/record-history/run.ts
async function recordHistory({ branch, author, periodSeconds }, surroundings, options = {}) {
  const { environment, github, now } = surroundings;
  const { repository } = environment;
  const store = createBranchStore({ github, repository, branch, ...options });
  const stalls = findStalls(await listNights(store), { now, periodSeconds });
  const found = await surroundings.collectRuns();
  const recorded = await recordAll(found, store, surroundings);
  const room = { github, repository, author };
  const issues = await listRegressionIssues(room);
  const { nights, warnings } = await readNights(store);
  const judgement = judgeNights(nights, (place) => isAcceptedBy(issues, place));
  const repositoryUrl = `${environment.serverUrl}/${repository.owner}/${repository.repo}`;
  const steps = planIssues(judgement.regressions, issues, (one) => renderNightIssue(one, { repositoryUrl, branch }));
  const numbers = await applyIssueSteps(room, steps);
  if (numbers.length > 0)
    surroundings.info(`Issues opened or edited: ${numbers.map((number) => `#${number}`).join(", ")}`);
  const report = { ...judgement, stalls, warnings: [...found.missing, ...recorded.warnings, ...warnings] };
  for (const text of [...stalls.map(({ sentence }) => sentence), ...report.warnings]) surroundings.warning(text);
  surroundings.info(summarizeNights(report));
  await surroundings.writeSummary(renderNightMarkdown(report));
  const file = join(environment.temporaryFolder, "tunegate-alarms.json");
  const silent = stalls.filter((stall) => !recorded.places.has(placeKey(stall)));
  await writeFile(file, `${JSON.stringify(buildAlarms(judgement, silent, report.warnings), null, 2)}
`);
  surroundings.setOutput("alarms", String(countAlarms(judgement.regressions, silent)));
  surroundings.setOutput("alarms-file", file);
}
async function recordAll(found, store, surroundings) {
  const places = /* @__PURE__ */ new Set();
  const warnings = [];
  for (const run of found.runs) {
    const night = await tryToBuild(run, found.commit, surroundings.environment);
    if (typeof night === "string") {
      warnings.push(`Tonight's run of ${run.comparison ?? "the folder"} on ${run.host} is not recorded: ${night}.`);
      continue;
    }
    const name = `${night.comparison} on ${night.host}`;
    const outcome = await addNight(store, night);
    surroundings.info(`Night of ${name}: ${outcome === "added" ? "recorded" : "was recorded before"}.`);
    places.add(placeKey(night));
  }
  return { places, warnings };
}
async function tryToBuild(...asked) {
  try {
    const night = await buildNightOf(...asked);
    const isEmpty = night.cells.every(
      ({ baseline, candidate }) => baseline.medians.length + candidate.medians.length === 0
    );
    return isEmpty ? "it has no figures" : night;
  } catch (thrown) {
    return messageOf(thrown).split("\n")[0]?.replace(/\.$/, "") ?? "it cannot be read";
  }
}
async function buildNightOf(found, commit, environment) {
  const run = await readRun(found.folder);
  refuseOther(run, found);
  const comparison = found.document ?? compareWithCatalogue([run], defaultPolicy);
  return buildNight(run, comparison, {
    host: found.host,
    comparison: found.comparison ?? run.header.candidate.profile,
    commit: commit ?? environment.sha,
    run: { id: String(environment.runId), attempt: environment.attempt }
  });
}
function refuseOther({ header }, { requested, host }) {
  if (requested === null) return;
  const wrong = sides.find((side) => header[side].sha256 !== requested[side]?.sha256);
  if (wrong === void 0) return;
  throw new MeasurementError(
    `the run of ${requested.name} on ${host} has another ${wrong} than was asked for (${header[wrong].sha256.slice(0, 12)})`
  );
}

// actions/record-history/start.ts
async function startRecordHistory() {
  const inputs = readHistoryInputs(getInput);
  const step = await createHostedStep(inputs.token, process.env);
  const { temporaryFolder: folder, attempt } = step.environment;
  await recordHistory(inputs, {
    ...step,
    now: /* @__PURE__ */ new Date(),
    collectRuns: () => collectRuns(inputs, { folder, attempt })
  });
}
export {
  startRecordHistory
};
