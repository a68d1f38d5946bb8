import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  isSameTwice,
  learnHistory,
  nightsToLearnFrom
} from "./chunk-K24EU7MR.js";
import {
  anyMetricPolicySchema,
  compareWithCatalogue,
  defaultPolicy,
  describeRun,
  familyLevel,
  nameRun,
  policySchema,
  precedence
} from "./chunk-BSSLLENI.js";
import {
  buildTracks,
  computeUpperQuantile,
  createBranchStore,
  findDetectionFactor,
  lastStretch,
  listChanges,
  readNights,
  sortNights
} from "./chunk-OD3JG4E4.js";
import {
  chooseDomain,
  compareGuests,
  count,
  describeChange,
  describeColumns,
  describeContext,
  describeEnvironment,
  describeGuestRatios,
  describeHeadline,
  describeMetric,
  describeMinutes,
  describeMissing,
  describeNotApplied,
  describeProof,
  describeRow,
  describeSpread,
  describeTestHeadlines,
  describeWarnings,
  dots,
  drawTable,
  formatDetectable,
  joinWords,
  keepTogether,
  listReasons,
  longestOpenList,
  nameSides,
  nothing,
  quote,
  renderAlert,
  renderCells,
  renderFolded,
  renderLink,
  renderList,
  renderRemarkBody,
  shortSha,
  shorten
} from "./chunk-LNN6AWYM.js";
import {
  chooseScale,
  describeCell,
  formatChange,
  formatNumber,
  formatPercent,
  formatQuantity,
  readCellName,
  readPlacement
} from "./chunk-E25633LF.js";
import {
  metricsByTest
} from "./chunk-BSRRZUOE.js";
import {
  findHead,
  judgeJobs,
  numberOf,
  writeCheckRun
} from "./chunk-BBICQKYD.js";
import {
  readPullRequest
} from "./chunk-ZBHUR4UF.js";
import {
  comparisonSchema,
  isRefusal,
  isTooLong,
  parseAnswer,
  statusOf
} from "./chunk-RNIQMBIK.js";
import {
  escapeMarkdown,
  stripControls
} from "./chunk-6EBT53JP.js";
import "./chunk-EB5MUFAI.js";
import {
  readRun
} from "./chunk-KNHBJMVG.js";
import {
  readComparison,
  readRequest
} from "./chunk-MAUNXBS5.js";
import {
  listPairs
} from "./chunk-TVGHCADT.js";
import "./chunk-4P3W6BXG.js";
import "./chunk-GWUUC4NK.js";
import {
  parseYamlDocument
} from "./chunk-3ZOIEKJZ.js";
import {
  sides
} from "./chunk-E4HQEAUX.js";
import {
  buildReportArtifactName,
  buildRunArtifactName
} from "./chunk-ORHHKMOR.js";
import {
  ZodError,
  array,
  int,
  literal,
  object,
  strictObject,
  string,
  url
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  MeasurementError,
  messageOf
} from "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// src/comparison/decide-gate.ts
function decideGate({ family, context }, policy) {
  if (family.regressed > 0) return 3;
  if (family.invalid > 0 || context !== null && context.status !== "complete") return 4;
  return policy.gate.inconclusive === "fail" && family.inconclusive > 0 ? 4 : 0;
}
function refuseIdleGate(comparison, policy) {
  const { decidable = 1, needs = null } = comparison.family;
  if (decidable > 0 || !hasUsableCell(comparison) || decideGate(comparison, policy) !== 0) return;
  const accepted = "more data, or a policy with `gate: { inconclusive: fail }`, is accepted";
  throw new ConfigurationError(
    `--gate can never close: every primary cell ${needs ?? "lacks data"} before any change could be found; ${accepted}`
  );
}
function hasUsableCell({ cells }) {
  return cells.some(({ baseline, candidate }) => baseline.n > 0 && candidate.n > 0);
}

// src/comparison/judge-sections.ts
function judgeSections(sections, policy) {
  const results = sections.flatMap(({ result }) => result === null ? [] : [result]);
  const verdict = precedence.find((word) => results.some(({ family }) => family.verdict === word)) ?? "none";
  const reasons = sections.flatMap((section) => findReason(section, policy));
  const worst = reasons.find(({ regressed }) => regressed) ?? reasons[0];
  if (worst !== void 0) {
    const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more of ${sections.length} comparisons)` : "";
    return { verdict, gate: { conclusion: "failure", sentence: `${worst.reason}${more}.` } };
  }
  if (verdict === "none") return { verdict, gate: { conclusion: "failure", sentence: "Nothing was compared." } };
  return { verdict, gate: { conclusion: "success", sentence: passes[verdict] } };
}
var passes = {
  improved: "No primary cell regressed, and at least one improved.",
  unchanged: "No primary cell changed by more than its margin.",
  inconclusive: "No regression was shown, but the data do not settle every primary cell; this policy lets that pass.",
  // Neither passes; here for the sake of completeness.
  regressed: "A primary cell regressed.",
  invalid: "A primary cell is invalid."
};
function findReason({ comparison, host, result, missing }, policy) {
  const place = `${comparison} on ${host}`;
  const because = (reason, regressed2 = false) => [{ regressed: regressed2, reason: `${place}: ${reason}` }];
  if (result === null) return because((missing ?? "there is no result").replace(/\.$/, ""));
  if (!hasUsableCell(result)) return because("no cell was measured on both sides");
  const { regressed, invalid } = result.family;
  const code = decideGate(result, policy);
  if (code === 3) return because(`${count2(regressed, "primary cell")} regressed`, true);
  if (code === 4) return because(explainNoAnswer(result, invalid));
  try {
    refuseIdleGate(result, policy);
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    return because(thrown.message.replace(/^--gate/, "this gate"));
  }
  return [];
}
function explainNoAnswer({ context, family }, invalid) {
  if (invalid > 0)
    return `${count2(invalid, "primary cell")} cannot be judged, because the sides differ in more than the change`;
  if (context !== null && context.status !== "complete") return `the run did not come to its end (${context.status})`;
  const verb = family.inconclusive === 1 ? "is" : "are";
  return `${count2(family.inconclusive, "primary cell")} ${verb} inconclusive, which this policy does not let pass`;
}
function count2(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

// actions/report/build-input.ts
var nobody = "0".repeat(40);
function buildInput({ artifacts, ...said }, { commentAuthor }, { subject, world }) {
  const { repository, runId, attempt, serverUrl } = world.environment;
  const run = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
  const marker = {
    // Without a pull request the text goes to the page of the run only, where the marker says nothing to anybody.
    pullRequest: subject.pullRequest ?? 1,
    headSha: subject.headSha ?? said.request?.headSha ?? nobody,
    runId: String(runId),
    attempt
  };
  const links = { run, artifacts: artifacts.map(({ name, id }) => ({ name, url: `${run}/artifacts/${id}` })) };
  const request = said.request === null ? null : correct(said.request, subject);
  return {
    input: { ...said, request, marker, links },
    pullRequest: subject.headSha === null ? null : subject.pullRequest,
    author: commentAuthor
  };
}
function correct(request, { pullRequest, note }) {
  return { ...request, pullRequest, notes: note === null ? request.notes : [note, ...request.notes] };
}

// actions/report/clean-text.ts
var longest = 400;
function cleanText(text) {
  const line = stripControls(text.slice(0, 10 * longest)).replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}\u2026` : line;
}

// src/history/recall.ts
function recallNights(nights, policy, { run, ...names }) {
  const today = { ...describeRun(run), ...nameRun(run), ...names };
  const tracks = buildTracks(nights).filter(({ host }) => host === today.host);
  const found = tracks.map((track) => judgeTrack(track, today));
  const counted = found.flatMap((outcome) => outcome.kind === "counts" ? outcome.nights : []);
  const history = counted.length === 0 ? {} : learnHistory(sortNights(counted));
  return { policy: { ...policy, history: { ...history, ...policy.history } }, note: describe(found, today) };
}
function judgeTrack(track, today) {
  const { nights, environment } = lastStretch(track);
  const { comparison } = track;
  const last = nights.at(-1);
  if (last === void 0 || comparison !== today.comparison && !isSameTwice(last))
    return { comparison, kind: "other" };
  const [change] = listChanges({ ...last, environment }, { ...today, candidate: last.candidate });
  return change === void 0 ? { comparison, kind: "counts", nights } : { comparison, kind: "changed", change };
}
function describe(found, { comparison, host }) {
  const counts = found.flatMap(
    (outcome) => outcome.kind === "counts" ? [`${countNights(outcome.nights)} of ${outcome.comparison}`] : []
  );
  const told = counts.length === 0 ? [] : [`${counts.join(" and ")} on ${host} tell what differs without a change.`];
  const own = found.find((outcome) => outcome.comparison === comparison);
  if (own === void 0) return [`No night of ${comparison} on ${host} is recorded.`, ...told].join(" ");
  if (own.kind !== "changed") return told.join(" ");
  const { what, before, after } = own.change;
  const reason = `The nights of ${comparison} on ${host} do not count: ${what} was ${before}, and is ${after}.`;
  return [reason, ...told].join(" ");
}
function countNights({ length }) {
  return length === 1 ? "1 night" : `${length} nights`;
}

// actions/report/refuse-other-run.ts
import { isDeepStrictEqual } from "node:util";
var ownMachine = "local";
function refuseOtherRun(run, { requested, plan }, host) {
  const { header } = run;
  for (const side of sides) {
    const wanted = requested[side];
    const found = header[side];
    if (wanted?.profile !== found.profile || wanted.sha256 !== found.sha256) {
      throw new MeasurementError(
        `the ${side} of the run is ${found.profile} with sha256 ${found.sha256.slice(0, 12)}, asked for was ${wanted?.profile} with ${wanted?.sha256.slice(0, 12)}`
      );
    }
  }
  refuseOtherPlan(run, plan);
  if (header.plan.regime !== requested.regime) {
    throw new MeasurementError(
      `the sides of the run alternate by ${header.plan.regime}, asked for was ${requested.regime}`
    );
  }
  const other = run.deployments.find((deployment) => deployment.host !== host && deployment.host !== ownMachine);
  if (other !== void 0) throw new MeasurementError(`the run was made on ${other.host}, asked for was ${host}`);
}
function refuseOtherPlan({ header }, plan) {
  const { regime: _, unsupported: __, ...found } = header.plan;
  const names = /* @__PURE__ */ new Set([...Object.keys(plan), ...Object.keys(found)]);
  const other = [...names].find((name) => !isDeepStrictEqual(Reflect.get(plan, name), Reflect.get(found, name)));
  if (other !== void 0)
    throw new MeasurementError(`the plan of the run differs from what was asked for in ${other}`);
}

// actions/report/collect-sections.ts
async function collectSections(runs, context) {
  const sections = [];
  for (const run of runs) sections.push(await buildSection(run, context));
  return sections;
}
async function buildSection({ host, comparison, download }, context) {
  const section = { host, comparison };
  if (download.kind === "missing") return { ...section, result: null, missing: explainMissing(context.needs) };
  if (download.kind === "refused")
    return { ...section, result: null, missing: `The run is refused: ${download.reason}.` };
  try {
    const planned = await readComparison(context.plan.folder, context.plan.request, comparison);
    const run = await readRun(download.folder);
    refuseOtherRun(run, planned, host);
    const recalled = recallNights(context.nights, context.policy, { run, host, comparison });
    context.say(recalled.note);
    return { ...section, result: compare(run, recalled.policy), missing: explainPart(run) };
  } catch (thrown) {
    return { ...section, result: null, missing: `The run is refused: ${cleanText(messageOf(thrown))}.` };
  }
}
function compare(run, policy) {
  return comparisonSchema.parse(compareWithCatalogue([run], policy));
}
function explainMissing(needs) {
  const result = needs !== null && Object.hasOwn(needs, "measure") ? needs.measure?.result : void 0;
  switch (result) {
    case "cancelled":
      return "No run was uploaded: measuring was cancelled.";
    case "failure":
      return "No run was uploaded: measuring failed; the log of its job says why.";
    case "skipped":
      return "No run was uploaded: measuring was skipped.";
    default:
      return "No run was uploaded.";
  }
}
function explainPart({ end }) {
  if (end === null) return "The run was killed before its end.";
  if (end.status === "complete") return null;
  const what = end.status === "interrupted" ? "The run was interrupted" : "Not all of the run was measured";
  return end.reason === null ? `${what}.` : `${what}: ${cleanText(end.reason).replace(/\.$/, "")}.`;
}

// actions/report/decide-state.ts
function decideAnnouncedState(request) {
  if (request === null) return "failed";
  if (request.shouldMeasure) return "measuring";
  return request.reason === "needs-approval" ? "waiting-for-approval" : "nothing-to-measure";
}
function decideFinalState(request, sections, needs) {
  if (request?.shouldMeasure !== true) return decideAnnouncedState(request);
  if (sections.length > 0 && sections.every(({ missing }) => missing === null)) return "finished";
  if (needs !== null && Object.hasOwn(needs, "measure") && needs.measure?.result === "cancelled") return "cancelled";
  return sections.some(({ result }) => result !== null) ? "partial" : "failed";
}

// src/github/find-pull-request.ts
var pullSchema = object({
  number: int().min(1),
  state: string(),
  head: object({ sha: string() })
});
async function findPullRequest(query) {
  const { github, repository, headSha, eventNumber } = query;
  if (eventNumber !== null) {
    const { number, headSha: head3 } = await readPullRequest(github, repository, eventNumber);
    return head3 === headSha ? { kind: "current", number } : { kind: "moved", number, headSha: head3 };
  }
  const open = await listOpen(query);
  const [only, ...others] = open;
  if (only === void 0) return { kind: "none", reason: `no open pull request has ${headSha} as its head` };
  if (others.length === 0) return { kind: "current", number: only };
  return { kind: "none", reason: `${open.length} open pull requests have ${headSha} as their head` };
}
async function listOpen({ github, repository, headSha }) {
  const open = await github.paginate(github.rest.pulls.list, { ...repository, state: "open", per_page: 100 });
  return parseAnswer(array(pullSchema), open, "the open pull requests").filter(({ state, head: head3 }) => state === "open" && head3.sha === headSha).map(({ number }) => number);
}

// actions/report/find-subject.ts
async function findSubject({ headSha: given }, world) {
  const { github, environment, event } = world;
  const { repository } = environment;
  const headSha = await findHead(github, repository, { given, event });
  if (headSha === null) return { headSha: null, pullRequest: null, note: null };
  const isPlain = event.kind === "schedule" || event.kind === "manual" || event.kind === "push";
  if (isPlain) return { headSha, pullRequest: null, note: null };
  const found = await findPullRequest({ github, repository, headSha, eventNumber: numberOf(event) });
  switch (found.kind) {
    case "current":
      return { headSha, pullRequest: found.number, note: null };
    case "moved": {
      const short = (sha) => sha.slice(0, 7);
      const note = `The pull request has moved on to ${short(found.headSha)}; this is about ${short(headSha)}, which was its head before.`;
      return { headSha, pullRequest: found.number, note };
    }
    case "none":
      world.warning(`There is no pull request to comment on: ${found.reason}.`);
      return { headSha, pullRequest: null, note: null };
  }
}

// actions/report/locate-plan.ts
async function locatePlan(given, download, origin) {
  const found = given === null ? await download() : { kind: "found", folder: given, attempt: 1, id: null };
  if (found.kind === "missing") return "The plan of this workflow run is not there.";
  if (found.kind === "refused") return `The plan of this workflow run is refused: ${found.reason}`;
  try {
    const request = await readRequest(found.folder);
    refuseOther(request, origin);
    return { folder: found.folder, request };
  } catch (thrown) {
    if (thrown instanceof ConfigurationError || thrown instanceof MeasurementError) return thrown.message;
    throw thrown;
  }
}
function refuseOther({ repository, headSha }, origin) {
  const { owner, repo } = origin.repository;
  if (`${repository.owner}/${repository.name}`.toLowerCase() !== `${owner}/${repo}`.toLowerCase()) {
    throw new MeasurementError(
      `The plan is for ${repository.owner}/${repository.name}, and this workflow runs in ${owner}/${repo}.`
    );
  }
  if (origin.headSha === null || origin.headSha === headSha) return;
  throw new MeasurementError(`The plan is for commit ${headSha}, and this workflow is about ${origin.headSha}.`);
}

// actions/report/match-directories.ts
import { basename } from "node:path";
function matchDirectories(pairs, folders) {
  const [onlyPair] = pairs;
  const [onlyFolder] = folders;
  if (onlyPair !== void 0 && onlyFolder !== void 0 && pairs.length === 1 && folders.length === 1) {
    return [{ ...onlyPair, download: describeFolder(onlyFolder) }];
  }
  const found = /* @__PURE__ */ new Map();
  for (const folder of folders) {
    const pair = pairs.find((candidate) => isNamedAfter(folder, candidate));
    if (pair === void 0 || found.has(pair)) {
      const accepted = "one folder of the action measure for each host and comparison is accepted";
      throw new ConfigurationError(`run-directories: ${folder} belongs to no run that was asked for, ${accepted}`);
    }
    found.set(pair, folder);
  }
  return pairs.map((pair) => {
    const folder = found.get(pair);
    return { ...pair, download: folder === void 0 ? { kind: "missing" } : describeFolder(folder) };
  });
}
function isNamedAfter(folder, pair) {
  const attempt = /-([1-9]\d{0,5})$/.exec(basename(folder))?.[1];
  return attempt !== void 0 && basename(folder) === buildRunArtifactName(pair, Number(attempt));
}
function describeFolder(folder) {
  return { kind: "found", folder, attempt: 1, id: null };
}

// reports/comment-marker.ts
var markerSchema = strictObject({
  pullRequest: int().min(1),
  /** Commit that the comment speaks of. */
  headSha: string().regex(/^[0-9a-f]{40}$/),
  /** Of the workflow run that wrote it; more digits than a number holds exactly may come. */
  runId: string().regex(/^[1-9][0-9]{0,19}$/),
  attempt: int().min(1)
});
var markerPrefix = "<!-- tunegate:comment ";
var markerLine = /^<!-- tunegate:comment (\{[^\r\n]{1,400}\}) -->(?:\r?\n|$)/;
function renderMarker(marker) {
  return `${markerPrefix}${JSON.stringify(markerSchema.parse(marker))} -->`;
}
function parseMarker(body) {
  const json = markerLine.exec(body)?.[1];
  if (json === void 0) return null;
  try {
    return markerSchema.parse(JSON.parse(json));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof ZodError) return null;
    throw thrown;
  }
}

// reports/comment-treatment.ts
var mostOpen = 8;
var head = ["parameter", "baseline", "candidate", "read back from the running system"];
var notSet = "not set";
var signs = {
  verified: "\u2713",
  mismatch: "\u2715",
  unprobed: "could not be read:",
  "not-applicable": "does not apply:"
};
function renderTreatment(comparison, isWhole) {
  const { parameterDifference: changes, context, treatment } = comparison;
  if (context === null) return [];
  if (changes.length === 0) return ["**What changed:** nothing; both sides have the same parameters."];
  const readings = treatment.readings ?? treatment.notVerified;
  const unknown = treatment.readings === void 0 ? nothing : "not probed";
  const rows = putAppliedFirst(changes).map(({ parameter, baseline, candidate, applied }) => [
    quote(parameter, 100),
    quote(baseline ?? notSet, 80),
    quote(candidate ?? notSet, 80),
    applied ? showReadings(readings, parameter, unknown) : "**not applied**"
  ]);
  return ["**What changed**", ...drawOpen(head, rows, isWhole), ...describeUntouched(comparison)];
}
function putAppliedFirst(changes) {
  return changes.toSorted((left, right) => Number(right.applied) - Number(left.applied));
}
function showReadings(all, parameter, unknown) {
  const readings = all.filter((reading) => reading.parameter === parameter);
  const isPlain = readings.every(({ side }) => side === "candidate");
  const shown = readings.map(({ side, found, result }) => {
    const reading = `${signs[result]} ${quote(found, 120)}`.trimEnd();
    return isPlain ? reading : `${side} ${reading}`;
  });
  return shown.length === 0 ? unknown : shown.join("<br>");
}
function describeUntouched({ parameterDifference, context }) {
  const untouched = parameterDifference.filter(({ applied }) => !applied);
  if (untouched.length === 0 || context === null) return [];
  const beyond = [...new Set(untouched.map(({ layer }) => layer))].filter(
    (name) => !context.plan.layers.includes(name)
  );
  const isOne = untouched.length === 1;
  const share = `${untouched.length} of ${count(parameterDifference.length, "changed parameter")}`;
  const why = beyond.length === 0 ? `the plan measures no guest that ${isOne ? "it belongs" : "they belong"} to` : `the plan does not reach ${beyond.length === 1 ? "layer" : "the layers"} ${joinWords(beyond)}`;
  return [
    `${share} ${isOne ? "was" : "were"} **not applied**: ${why}, and the figures below say nothing about ${isOne ? "it" : "them"}.`
  ];
}
function renderChanges(comparison, isWhole) {
  const { parameterDifference } = comparison;
  const title = `**${describeChanges(comparison)}**`;
  if (parameterDifference.length === 0) return [title];
  const rows = putAppliedFirst(parameterDifference).map(({ parameter, baseline, candidate, applied }) => [
    quote(parameter, 100),
    quote(baseline ?? notSet, 80),
    quote(candidate ?? notSet, 80),
    applied ? "yes" : "**no**, out of its reach"
  ]);
  return [title, ...drawOpen(["parameter", "baseline", "candidate", "measured by this plan"], rows, isWhole)];
}
function describeChanges({ name, change, baseline, parameterDifference }) {
  const profile = quote(name, 64);
  if (change === "added") return `New profile ${profile}, against ${quote(baseline?.profile ?? "nothing", 64)}`;
  return parameterDifference.length === 0 ? `Nothing changes in profile ${profile}` : `What changes in profile ${profile}`;
}
function renderLost({ parameterDifference }) {
  const rows = parameterDifference.map(({ parameter, baseline, candidate }) => [
    quote(parameter, 100),
    quote(baseline ?? candidate ?? notSet, 80)
  ]);
  return rows.length === 0 ? [] : drawOpen(["parameter", "it was set to"], rows, true);
}
function drawOpen(head3, rows, isWhole) {
  const table = (shown) => drawTable([head3, ...shown], () => false);
  const [open, rest] = [rows.slice(0, mostOpen), rows.slice(mostOpen)];
  if (rest.length === 0) return [table(open)];
  const more = `${count(rest.length, "more parameter")}`;
  return [table(open), isWhole ? renderFolded(more, table(rest)) : `${more}.`];
}

// reports/comment-request.ts
var mostNotes = 30;
function renderPlanned({ comparisons, hosts, plan }, isWhole) {
  const measured = comparisons.filter(({ cells }) => cells > 0);
  if (measured.length === 0) return [];
  const head3 = ["comparison", "rows", "fresh starts x samples", "detectable", "time on each host"];
  const rows = measured.map(({ name, cells, deployments, samples, detectableChange, estimatedSeconds }) => [
    quote(name, 64),
    String(cells),
    `${deployments}\xA0x\xA0${samples} a side`,
    detectableChange === null ? nothing : formatChange(1 + detectableChange).replace(" ", "\xA0"),
    describeMinutes(estimatedSeconds)
  ]);
  const source = plan.source === "pull-request" ? "as this pull request has it" : "of the default branch";
  const where = `${hosts.length === 1 ? "host" : "hosts"} ${quote(hosts.slice(0, 10).join(", "))}`;
  return [
    `Plan ${quote(plan.name, 64)} (${source}) on ${where}:`,
    drawTable([head3, ...rows], (index) => index > 0),
    ...measured.flatMap((comparison) => renderChanges(comparison, isWhole))
  ];
}
function renderNotes(request, isWhole) {
  const notes = [
    ...(request?.notes ?? []).map((note) => quote(note)),
    ...(request?.comparisons ?? []).flatMap(
      ({ name, notes: notes2 }) => notes2.map((note) => `${quote(name, 64)}: ${quote(note)}`)
    )
  ];
  return notes.length === 0 ? [] : renderLines("Notes", notes, isWhole);
}
function renderLines(title, lines, isWhole) {
  const list = (shown) => shown.map((line) => `- ${line}`).join("\n");
  if (lines.length <= longestOpenList) return [`**${title}**`, list(lines)];
  const more = lines.length - (isWhole ? mostNotes : longestOpenList);
  const cut = more > 0 ? [`${more} more`] : [];
  if (!isWhole) return [`**${title}**`, list([...lines.slice(0, longestOpenList), ...cut])];
  return [renderFolded(`${title} (${lines.length})`, list([...lines.slice(0, mostNotes), ...cut]))];
}
function renderApproval(request, { headSha }) {
  const place = request === null ? "this repository" : `${request.repository.owner}/${request.repository.name}`;
  const longest2 = Math.max(0, ...(request?.comparisons ?? []).map(({ deployments }) => deployments));
  return [
    renderAlert("IMPORTANT", [
      `**Nothing is measured until somebody who may write to ${quote(place)} approves commit ${shortSha(headSha)}.** The author has no write access, and what is measured is set up on real hosts. A push ends the approval.`
    ]),
    "To approve exactly this commit, read the parameters below, then write this comment:",
    `\`\`\`
/tunegate run ${headSha}
\`\`\``,
    `Or add the label \`tunegate:run\`, which approves the commit that is the newest at that moment. More fresh starts a side find smaller changes and take longer: \`/tunegate run ${headSha} --deployments ${Math.min(100, Math.max(10, 2 * longest2))}\`.`
  ];
}
function renderMeasuring(request, run) {
  const measured = (request?.comparisons ?? []).filter(({ cells }) => cells > 0);
  const rows = measured.reduce((sum, { cells }) => sum + cells, 0);
  const seconds = measured.reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
  const hosts = request?.hosts.length ?? 0;
  const place = hosts === 1 ? "on the host" : `on each of ${hosts} hosts`;
  const what = rows === 0 ? "What is to be measured is being worked out." : `${count(rows, "row")} are being measured, ${describeMinutes(seconds)} ${place}.`;
  return [`**${what}** This comment is replaced by the result; the ${renderLink("run", run)} shows how far it is.`];
}
function renderNothing(request) {
  const deleted = (request?.comparisons ?? []).filter(({ change }) => change === "deleted");
  switch (request?.reason) {
    case "no-tuning-files":
      return [
        "This pull request changes no tuning profile and no plan, so no guest was started and nothing can have moved."
      ];
    case "invalid-files":
      return [
        renderAlert("WARNING", [
          "**Nothing was measured: files of this pull request cannot be used as they are.** What is wrong, and what would be accepted, stands below; a push starts over."
        ])
      ];
    default:
      return deleted.length === 0 ? ["Nothing that this pull request changes can be compared with anything, so nothing was measured."] : deleted.flatMap(renderDeleted);
  }
}
function renderDeleted(comparison) {
  const { name, parameterDifference } = comparison;
  const sets = parameterDifference.length === 0 ? "" : ` It set ${count(parameterDifference.length, "parameter")}:`;
  return [
    `Profile ${quote(name, 64)} is deleted: there is no candidate to measure, and hosts that idle in it need another.${sets}`,
    ...renderLost(comparison)
  ];
}

// reports/comment-opening.ts
var mostNames = 3;
var mostGaps = 10;
function describeTitle(input, outcome) {
  const names = nameComparisons(input);
  const about = names === "" ? "" : `: ${names}`;
  switch (input.state) {
    case "measuring":
      return `\u23F3 Measuring${about}`;
    case "waiting-for-approval":
      return `\u270B Waiting for approval${about}`;
    case "nothing-to-measure":
      return input.request?.reason === "invalid-files" ? `\u274C Nothing measured: files that cannot be used` : "\u26AA Nothing to measure";
    case "finished":
    case "partial":
    case "cancelled":
    case "failed":
      return describeEnding(input.state, outcome) + about;
  }
}
var withoutResult = {
  finished: "\u274C No result",
  partial: "\u274C No result",
  cancelled: "\u23F9\uFE0F Cancelled",
  failed: "\u274C Failed"
};
var extents = {
  finished: "",
  partial: ", as far as it was measured",
  cancelled: ", cancelled half-way",
  failed: ", before it failed"
};
function describeEnding(state, outcome) {
  if (outcome === null) return withoutResult[state];
  return `${dots[outcome.verdict]} ${capitalize(outcome.verdict)}${extents[state]}`;
}
function capitalize(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
function nameComparisons({ request, sections }) {
  const measured = sections.length > 0;
  const names = measured ? sections.map(({ comparison }) => comparison) : (request?.comparisons ?? []).map(({ name }) => name);
  const hosts = [...new Set(measured ? sections.map(({ host }) => host) : request?.hosts ?? [])];
  const known = [...new Set(names)].map((name) => shorten(name, 64));
  if (known.length === 0) return "";
  const more = known.length - mostNames;
  const where = hosts.length === 1 ? ` on ${shorten(hosts[0] ?? "", 64)}` : hosts.length === 0 ? "" : ` on ${hosts.length} hosts`;
  return joinWords(more > 0 ? [...known.slice(0, mostNames), `${more} more`] : known) + where;
}
function renderOpening(input, outcome) {
  return [...renderLead(input, outcome), ...input.gate === null ? [] : [renderGate(input.gate)]];
}
function renderLead(input, outcome) {
  switch (input.state) {
    case "measuring":
      return renderMeasuring(input.request, input.links.run);
    case "waiting-for-approval":
      return renderApproval(input.request, input.marker);
    case "nothing-to-measure":
      return renderNothing(input.request);
    case "finished":
      return outcome === null ? ["**There is no row that could be compared.**"] : [renderVerdict(outcome)];
    case "partial":
    case "cancelled":
    case "failed":
      return [...outcome === null ? [] : [renderVerdict(outcome)], renderGap(input, input.state, outcome)];
  }
}
function renderVerdict({ verdict, sentence, moved, sensitivity }) {
  const isQuiet = verdict === "unchanged" || verdict === "inconclusive";
  const lines = [
    `**${quote(sentence)}**`,
    ...moved === null ? [] : [quote(moved, 600)],
    ...isQuiet && sensitivity !== null ? [quote(sensitivity, 400)] : []
  ];
  const text = lines.join(" ").replaceAll(" %", "\xA0%");
  if (verdict === "regressed") return renderAlert("CAUTION", [text]);
  return verdict === "invalid" ? renderAlert("WARNING", [text]) : text;
}
var gapTexts = {
  partial: "Not everything was measured.",
  cancelled: "Cancelled before everything was measured.",
  failed: "The measurement failed."
};
function renderGap({ sections, request, links }, state, outcome) {
  const gaps = sections.filter(({ missing }) => missing !== null);
  const list = gaps.slice(0, mostGaps).map(
    ({ comparison, host, missing }) => `- ${quote(comparison, 64)} on ${quote(host, 64)}: ${quote(missing ?? "")}`
  );
  const more = gaps.length - list.length;
  const nothingKnown = request === null ? " It was not known yet what to measure." : "";
  const nothingThere = outcome === null ? " There is nothing to compare." : "";
  return renderAlert("WARNING", [
    `**${gapTexts[state]}**${nothingKnown || nothingThere} ${renderLink("What the jobs said", links.run)}.`,
    ...list.length === 0 ? [] : [[...list, ...more > 0 ? [`- ${more} more`] : []].join("\n")]
  ]);
}
var gateSigns = { success: "\u2705", failure: "\u274C", neutral: "\u26AA" };
function renderGate({ conclusion, sentence }) {
  return `**Check \`tunegate\`: ${gateSigns[conclusion]} ${conclusion}.** ${quote(sentence)}`;
}
function renderFooter({ marker, request, links }, mostArtifacts) {
  const short = (sha) => sha.slice(0, 7);
  const base = request === null ? "" : ` against ${short(request.baseSha)}`;
  const artifacts = links.artifacts.slice(0, mostArtifacts).map(({ name, url: url2 }) => renderLink(name, url2));
  const more = links.artifacts.length - artifacts.length;
  const parts = [
    `commit ${short(marker.headSha)}${base}`,
    `${renderLink("run", links.run)}, attempt ${marker.attempt}`,
    ...artifacts.length === 0 ? [] : [`artifacts: ${artifacts.join(", ")}`],
    ...more > 0 ? [count(more, "more artifact")] : []
  ];
  return `<sub>Tunegate \xB7 ${parts.join(" \xB7 ")}</sub>`;
}

// reports/comment-rows.ts
var mostRows = 10;
var repeated = ["transactions", "latency_p50", "latency_p90"];
function isTelling({ metric }) {
  return !repeated.includes(metric.name);
}
function chooseRows(sections) {
  const ranked = sections.flatMap(({ result }, section) => (result?.cells ?? []).map((cell) => ({ cell, section, rank: rankCell(cell) }))).filter(({ rank }) => rank !== null).sort((left, right) => Number(left.rank) - Number(right.rank) || sizeOf(right.cell) - sizeOf(left.cell)).slice(0, mostRows);
  return sections.map((_, index) => ranked.filter(({ section }) => section === index).map(({ cell }) => cell));
}
var order = [
  "primary regressed",
  "primary invalid",
  "primary improved",
  "secondary regressed",
  "secondary improved",
  "primary inconclusive"
];
function rankCell(cell) {
  const rank = order.indexOf(`${cell.role} ${cell.verdict}`);
  return rank < 0 || !isTelling(cell) ? null : rank;
}
function sizeOf({ ratio }) {
  return ratio === null || !(ratio.estimate > 0) ? 0 : Math.abs(Math.log(ratio.estimate));
}
var head2 = ["row", "better", "baseline", "candidate", "change", "verdict", "detectable"];
var numeric = ["baseline", "candidate", "change", "detectable"];
var legend = "change: with its 95 % interval \xB7 detectable: the smallest increase that such a run finds in four of five cases, from fresh starts x samples a side";
function renderRows(cells, hasLegend) {
  const isRight = (index) => numeric.includes(head2[index] ?? "");
  const table = drawTable([head2, ...cells.map(buildRow)], isRight);
  return hasLegend ? `${table}

<sub>${legend}</sub>` : table;
}
function buildRow(cell) {
  const scale = chooseScale(cell.baseline.median || cell.candidate.median || 0, cell.metric.unit);
  const show = ({ median }) => median === null ? nothing : quoteNumber(formatQuantity(median, cell.metric.unit, scale));
  const { estimate, interval } = describeChange(cell);
  return [
    nameRow(cell),
    cell.metric.better,
    show(cell.baseline),
    show(cell.candidate),
    addSmall(quoteNumber(estimate), interval === null ? "" : quoteNumber(interval)),
    `${dots[cell.verdict]}\xA0${cell.verdict}`,
    addSmall(
      quoteNumber(formatDetectable(cell.detectableChange)).replace("over\xA0", "over "),
      describeEvidence(cell)
    )
  ];
}
function addSmall(text, small) {
  return small === "" ? text : `${text}<br><sub>${small}</sub>`;
}
function quoteNumber(text) {
  return keepTogether(quote(text, 30));
}
function nameRow(cell) {
  const { guest, attachment, test } = readCellName(cell);
  const title = [test, guest].filter(Boolean).join(" ");
  const small = [describeMetric(cell), attachment, ...cell.role === "primary" ? [] : ["not gated"]].filter(Boolean);
  return addSmall(quote(title, 60), quote(small.join(", "), 80));
}
function describeEvidence({ baseline, candidate }) {
  const [left, right] = [countSide(baseline), countSide(candidate)];
  return left === right ? left : `${left}, ${right}`;
}
function countSide({ deployments, n }) {
  if (deployments > 0 && n % deployments === 0) return `${deployments}\xA0x\xA0${n / deployments}`;
  return `${deployments}\xA0with\xA0${n}`;
}

// reports/comment-reproduce.ts
var plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
function describeReproduction(input, { host, comparison, result }) {
  const { request, marker, links } = input;
  if (request === null || !plainName.test(comparison) || !plainName.test(host)) return null;
  const artifact = links.artifacts.map(({ name: name2 }) => name2).find((name2) => /^tunegate-plan-[0-9]{1,6}$/.test(name2)) ?? `tunegate-plan-${marker.attempt}`;
  const { owner, name } = request.repository;
  const folder = `tunegate-plan/${comparison}`;
  const seed = result === null ? "" : ` --seed ${result.seed}`;
  const topology = result?.context?.topology ?? "embedded";
  const machine = topology === "embedded" ? "" : ` --inventory inventory.yaml --machine ${host}`;
  return [
    "```sh",
    `gh run download ${marker.runId} --repo ${owner}/${name} --name ${artifact} --dir tunegate-plan`,
    `npx --no-install tunegate measure --plan ${folder}/plan.yaml \\`,
    `  --baseline ${folder}/baseline.yaml --candidate ${folder}/candidate.yaml${seed}${machine} --out out/${comparison}`,
    `npx --no-install tunegate report out/${comparison}`,
    "```"
  ].join("\n");
}

// reports/text-box-plot.ts
var width = 60;
var longestName = 60;
var signs2 = { low: "\u251C", high: "\u2524", whisker: "\u2500", box: "\u2592", median: "\u2588" };
var legend2 = `${signs2.low} smallest, ${signs2.box} middle half, ${signs2.median} median, ${signs2.high} largest; each pair on a scale of its own`;
function drawTextBoxes(cell) {
  const sides2 = { baseline: readBox(cell.baseline), candidate: readBox(cell.candidate) };
  const boxes = Object.values(sides2).filter((box) => box !== null);
  const [first] = boxes;
  if (first === void 0) return null;
  const [low, high] = chooseDomain(boxes, cell.margin?.value ?? 0);
  const scale = chooseScale(first.median, cell.metric.unit);
  const show = (value) => formatQuantity(value, cell.metric.unit, scale);
  const name = `${describeRow(cell)}: ${shorten(show(low), 20)} to ${shorten(show(high), 20)}`;
  return [
    shorten(name, longestName + 50).replaceAll("`", "'"),
    ...Object.entries(sides2).map(([side, box]) => `${side.padEnd(9)}  ${drawBox(box, low, high)}`.trimEnd())
  ].join("\n");
}
function readBox(summary) {
  const { minimum, q1, median, q3, maximum } = summary.replies ?? summary;
  if (minimum === null || q1 === null || median === null || q3 === null || maximum === null) return null;
  return { minimum, q1, median, q3, maximum };
}
function drawBox(box, low, high) {
  if (box === null) return "nothing measured";
  const place = (value) => high > low ? Math.round((value - low) / (high - low) * (width - 1)) : Math.floor(width / 2);
  const [minimum, q1, median, q3, maximum] = [box.minimum, box.q1, box.median, box.q3, box.maximum].map(place);
  return Array.from({ length: width }, (_, column) => {
    if (column === median) return signs2.median;
    if (column >= Number(q1) && column <= Number(q3)) return signs2.box;
    if (column === minimum) return signs2.low;
    if (column === maximum) return signs2.high;
    return column > Number(minimum) && column < Number(maximum) ? signs2.whisker : " ";
  }).join("");
}
function drawPlots(cells, hasLegend) {
  const drawn = cells.flatMap((cell) => drawTextBoxes(cell) ?? []);
  if (drawn.length === 0) return null;
  const block = ["```", drawn.join("\n\n"), "```"].join("\n");
  return hasLegend ? `${block}
<sub>${legend2}</sub>` : block;
}

// reports/comment-details.ts
function renderDetails(input, section, plots) {
  const { result } = section;
  if (result === null) return [];
  const primary = result.cells.filter(({ role }) => role === "primary");
  const secondary = result.cells.filter(({ role }) => role === "secondary");
  const missing = describeMissing(result);
  const warnings = describeWarnings(result);
  const drawn = drawPlots(plots, true);
  const reproduction = describeReproduction(input, section);
  const parts = [
    [`All ${count(primary.length, "gated row")}, with intervals and p`, renderAll(primary, result)],
    [`Box plots of ${count(plots.length, "other row")}`, drawn === null ? [] : [drawn]],
    ["Why rows are inconclusive", renderReasons(result)],
    ["Guests side by side", renderRemarks([compareGuests(result), describeGuestRatios(result)])],
    ["Spread, and each test over all its rows", renderRemarks([describeSpread(result), describeTestHeadlines(result)])],
    [
      `${count(secondary.length, "secondary row")}, never gated`,
      secondary.length === 0 ? [] : [renderCells(secondary, result)]
    ],
    ["Proof of treatment, environment, and what was not applied", renderTruth(result)],
    [`Missing: ${missing.length}`, missing.length === 0 ? [] : [renderList(missing)]],
    [count(warnings.length, "warning"), warnings.length === 0 ? [] : [renderList(warnings)]],
    ["How it was measured, and the load of the machine", [renderList(describeContext(result))]],
    ["Measure it again yourself", reproduction === null ? [] : [explainReproduction, reproduction]]
  ];
  const folded = parts.filter(([, blocks]) => blocks.length > 0).map(([title, blocks]) => renderFolded(title, blocks.join("\n\n")));
  return folded.length === 0 ? [] : [folded.join("\n")];
}
var explainReproduction = "In a clone of the project after `npm ci`, as root where containers are measured; needs the GitHub command line. Figures of another machine are another machine\u2019s: compare the change, not the values.";
function renderAll(primary, result) {
  return primary.length === 0 ? [] : [renderCells(primary, result), renderList(describeColumns(primary))];
}
function renderReasons(result) {
  const reasons = listReasons(result, "inconclusive");
  return reasons.length === 0 ? [] : [renderList(reasons)];
}
function renderRemarks(remarks) {
  return remarks.flatMap((remark) => {
    if (remark === null) return [];
    const body = renderRemarkBody(remark);
    return body.length === 0 ? [] : [`**${escapeMarkdown(remark.title)}**`, ...body];
  });
}
function renderTruth(result) {
  if (result.context === null) return [];
  const proof = describeProof(result);
  return renderRemarks([
    ...proof.table === void 0 ? [] : [proof],
    describeEnvironment(result),
    describeNotApplied(result)
  ]);
}

// reports/comment-section.ts
var openPlots = 4;
var mostReasons = 5;
function renderSection(input, section, options) {
  const { result, missing } = section;
  const heading = options.isNamed ? [`### ${nameSection(section)}`] : [];
  const gap = missing === null || !options.isNamed ? [] : [`**Missing:** ${quote(missing)}`];
  if (result === null) {
    return { open: [...heading, ...gap, ...renderUnmeasured(input, section, options.isWhole)], folded: [] };
  }
  return {
    open: [
      ...heading,
      ...gap,
      ...renderTreatment(result, options.isWhole),
      ...renderProof(result),
      ...renderFigures(result, options),
      describeDesign(input, result)
    ],
    folded: options.isWhole ? renderDetails(input, section, listPlots(result, options.rows).folded) : []
  };
}
function renderUnmeasured({ request, sections }, { comparison }, isWhole) {
  const asked = request?.comparisons.find(({ name }) => name === comparison);
  const isShown = sections.some((other) => other.comparison === comparison && other.result !== null);
  return asked === void 0 || isShown ? [] : renderChanges(asked, isWhole);
}
function nameSection({ comparison, host, result }) {
  const dot = result === null ? "\u26AB" : dots[result.family.verdict];
  return `${dot} ${quote(comparison, 64)} on ${quote(host, 64)}: ${result?.family.verdict ?? "not measured"}`;
}
function renderProof(comparison) {
  if (comparison.context === null) return [];
  return describeProof(comparison).lines.map((line) => quote(line));
}
function renderFigures(result, { rows, isWhole, hasLegend }) {
  const invalid = listReasons(result, "invalid");
  const plots = isWhole ? drawPlots(listPlots(result, rows).open, hasLegend) : null;
  return [
    ...rows.length === 0 ? [] : [renderRows(rows, hasLegend)],
    ...invalid.length === 0 ? [] : ["**Why rows are invalid**", renderList(invalid.slice(0, mostReasons))],
    ...invalid.length > mostReasons ? [`${count(invalid.length - mostReasons, "more reason")}.`] : [],
    ...renderSpread(result),
    ...plots === null ? [] : [plots]
  ];
}
function renderSpread({ cells }) {
  const changed = cells.filter(
    ({ role, spread }) => role === "primary" && (spread.verdict === "improved" || spread.verdict === "regressed")
  );
  if (changed.length === 0) return [];
  const shown = changed.slice(0, mostReasons).map((cell) => {
    const word = cell.spread.verdict === "improved" ? "\u{1F7E2} steadier" : "\u{1F534} less steady";
    const ratio = cell.spread.ratio === null ? "" : ` (${formatNumber(cell.spread.ratio)} x)`;
    return `${quote(describeCell(cell), 80)} ${word}${ratio}`;
  });
  const more = changed.length - shown.length;
  return [`**Spread of the samples (jitter):** ${[...shown, ...more > 0 ? [`${more} more`] : []].join(", ")}.`];
}
function listPlots(result, rows) {
  const open = rows.filter(({ verdict }) => verdict !== "invalid").slice(0, openPlots);
  const cells = result.cells.filter(({ verdict }) => verdict !== "invalid");
  const folded = cells.filter((cell) => !open.includes(cell) && (cell.role === "primary" || rows.includes(cell)));
  return { open, folded };
}
function describeDesign({ request }, result) {
  const { design } = describeHeadline(result);
  const { context } = result;
  if (context === null) return "The values came from files; how they were measured is not known.";
  const [baseline, candidate] = nameSides(result);
  const at = (name, revision, fallback) => `${quote(name, 80)}${revision === null ? fallback : ` at ${quote(shortSha(revision), 12)}`}`;
  const base = at(baseline, context.baseline.revision, "");
  const head3 = at(candidate, context.candidate.revision, "");
  const approved = request?.approvedBy == null ? "" : ` Approved by ${quote(request.approvedBy, 60)}.`;
  return `<sub>${head3} against ${base}. ${quote(design)}${approved}</sub>`;
}
function renderOverview(sections) {
  const rows = sections.map(({ comparison, host, result }) => [
    quote(comparison, 64),
    quote(host, 64),
    result === null ? "\u26AB\xA0not\xA0measured" : `${dots[result.family.verdict]}\xA0${result.family.verdict}`,
    result === null ? nothing : quote(describeHeadline(result).counts, 120)
  ]);
  return drawTable([["comparison", "host", "verdict", "rows"], ...rows], () => false);
}

// reports/comment-settle.ts
var mostDeployments = 100;
var power = 0.8;
var mostNamed = 3;
function describeSettlement(input) {
  const remedies = listRemedies(input);
  const counts = [...new Set(remedies.flatMap(({ deployments }) => deployments ?? []))].sort((a, b) => a - b);
  const [fewest, most] = [counts.at(0), counts.at(-1)];
  const hopeless = remedies.filter(({ deployments }) => deployments === null);
  const upTo = (limit) => remedies.filter(({ deployments }) => deployments !== null && deployments <= limit);
  const offers = fewest === void 0 || most === void 0 ? [] : most > 1.5 * fewest ? [fewest, most] : [most];
  return [
    ...offers.map((deployments) => `${describeOffer(input, deployments)}: ${nameRows(upTo(deployments))}`),
    ...hopeless.length === 0 ? [] : [
      `More than ${mostDeployments} fresh starts a side would be needed: ${nameRows(hopeless)}. Only a quieter host or a wider margin helps there.`
    ]
  ];
}
function describeOffer({ marker, request }, deployments) {
  const seconds = (request?.comparisons ?? []).map((comparison) => comparison.estimatedSeconds / comparison.deployments * deployments).reduce((sum, part) => sum + part, 0);
  const cost = seconds > 0 ? `, ${describeMinutes(seconds)} on each host` : "";
  return `\`/tunegate run ${marker.headSha} --deployments ${deployments}\`${cost}`;
}
function nameRows(remedies) {
  const names = remedies.slice(0, mostNamed).map(({ name }) => quote(name, 160));
  const more = remedies.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${count(more, "more row")}` : names.join(", ");
}
function listRemedies({ sections }) {
  return sections.flatMap(({ comparison, host, result }) => {
    if (result === null || result.context === null) return [];
    const present = result.context.plan.deployments;
    const primary = result.cells.filter(({ role }) => role === "primary");
    const shrink = createShrink(present, familyLevel / primary.length);
    const place = sections.length > 1 ? ` (${comparison} on ${host})` : "";
    return primary.filter((cell) => cell.verdict === "inconclusive" && !wasSilenced(cell)).map((cell) => ({
      name: describeCell(cell) + place,
      deployments: countDeployments(cell, present, shrink)
    }));
  });
}
function wasSilenced({ verdict, verdictBeforeDiagnostics = verdict }) {
  return verdictBeforeDiagnostics !== verdict;
}
var fewestDeployments = 4;
function countDeployments(cell, present, shrink) {
  const { detectableChange, ratio, margin } = cell;
  if (detectableChange === null || ratio === null || margin === null) {
    return present < fewestDeployments ? fewestDeployments : null;
  }
  const wanted = Math.max(Math.abs(Math.log(ratio.estimate)), Math.log1p(margin.value));
  const isEnough = (starts) => Math.log1p(detectableChange) * shrink(starts) <= wanted;
  let low = Math.ceil(Math.max(fewestDeployments, present + 1) / 2);
  let high = mostDeployments / 2;
  if (low > high || !isEnough(2 * high)) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(2 * middle)) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}
function createShrink(present, level) {
  const known = /* @__PURE__ */ new Map();
  const shift = (size) => {
    const found = known.get(size) ?? computeShift(size, level);
    known.set(size, found);
    return found;
  };
  return (starts) => present < 2 ? 1 : shift(starts) / shift(present);
}
function computeShift(size, level) {
  const degreesOfFreedom = 2 * size - 2;
  const quantiles = computeUpperQuantile(level, degreesOfFreedom) + computeUpperQuantile(2 * (1 - power), degreesOfFreedom);
  return quantiles * Math.sqrt(2 / size) * findDetectionFactor("welch", { baselineSize: size, candidateSize: size, level });
}

// reports/comment-verdict.ts
function describeOutcome(sections) {
  const cells = sections.flatMap(({ result }) => result?.cells ?? []);
  const primary = cells.filter(({ role }) => role === "primary");
  if (primary.length === 0) return null;
  const verdict = precedence.find((word) => primary.some((cell) => cell.verdict === word)) ?? "inconclusive";
  return {
    verdict,
    sentence: describeCounts(verdict, primary),
    moved: describeMoved(cells),
    sensitivity: describeSensitivity(primary)
  };
}
function describeCounts(verdict, primary) {
  const number = (word) => primary.filter((cell) => cell.verdict === word).length;
  const total = primary.length;
  const share = (word) => `${number(word)} of ${count(total, "row")}`;
  const rest = (...words) => words.filter(([word]) => number(word) > 0).map(([word, text]) => `, ${number(word)} ${text}`).join("");
  const better = ["improved", "got better"];
  const open = ["inconclusive", "stayed open"];
  const broken = ["invalid", number("invalid") === 1 ? "is invalid" : "are invalid"];
  const still = ["unchanged", "did not move"];
  const one = (word, singular, plural) => number(word) === 1 ? singular : plural;
  switch (verdict) {
    case "regressed":
      return `${share(verdict)} got worse by more than ${one(verdict, "its margin", "their margins")}${rest(better, broken, open, still)}.`;
    case "invalid":
      return `${share(verdict)} ${one(verdict, "does", "do")} not compare what was asked for, and nothing follows from ${one(verdict, "it", "them")}${rest(better, open, still).replace(",", ";")}.`;
    case "inconclusive":
      return `No regression was shown, but ${share(verdict)} ${one(verdict, "is", "are")} too uncertain to exclude one${rest(better, still).replace(",", ";")}.`;
    case "improved":
      return `${share(verdict)} got better by more than ${one(verdict, "its margin", "their margins")}, and none got worse${rest(still).replace(",", ";")}.`;
    case "unchanged":
      return `Measured, and nothing moved: ${total === 1 ? "the only row" : `all ${total} rows`} stayed within ${total === 1 ? "its margin" : "their margins"}.`;
  }
}
var mostNamed2 = 4;
function describeMoved(cells) {
  const worse = listMoves(cells, "regressed");
  const better = listMoves(cells, "improved");
  if (worse.length > 0 && better.length > 0) return `Trade-off: ${joinWords(worse)} for ${joinWords(better)}.`;
  if (worse.length > 0) return `What moved: ${joinWords(worse)}.`;
  return better.length > 0 ? `What moved: ${joinWords(better)}.` : null;
}
function listMoves(cells, verdict) {
  const moved = cells.filter((cell) => cell.verdict === verdict && isTelling(cell));
  const word = verdict === "regressed" ? "worse" : "better";
  const named = [...Map.groupBy(moved, (cell) => describeMetric(cell))].map(
    ([metric, group]) => `${word} ${shorten(metric, 40)} (${describeGroup(group)})`
  );
  const more = named.length - mostNamed2;
  return more > 0 ? [...named.slice(0, mostNamed2), `${more} more`] : named;
}
function describeGroup(group) {
  const [first] = group;
  if (first !== void 0 && group.length === 1)
    return `${describeChange(first).estimate}, ${shorten(describeRow({ ...first, role: "primary" }), 60)}`;
  const ratios = group.flatMap(({ ratio }) => ratio === null ? [] : [ratio.estimate]);
  if (ratios.length < group.length) return count(group.length, "row");
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map(formatPercent);
  return `${low === high ? low : `${low} to ${high}`} %, ${count(group.length, "row")}`;
}
function describeSensitivity(primary) {
  const known = primary.filter(({ detectableChange, verdict }) => detectableChange !== null && verdict !== "invalid").sort((left, right) => Number(left.detectableChange) - Number(right.detectableChange));
  const [best, worst] = [known.at(0), known.at(-1)];
  if (best === void 0 || worst === void 0) {
    return "How small a change would have been found cannot be said from so few fresh starts.";
  }
  const show = (cell) => formatDetectable(cell.detectableChange).replace("+", "");
  const name = (cell) => shorten(describeRow(cell), 60);
  if (known.length === 1) return `The smallest detectable change is ${show(best)} (${name(best)}).`;
  if (show(best) === show(worst)) return `The smallest detectable change is ${show(best)} in every row.`;
  return `The smallest detectable change is ${show(best)} in the quietest row (${name(best)}) and ${show(worst)} in the noisiest (${name(worst)}).`;
}

// reports/comment.ts
var mostSections = 20;
var artifactsShown = { whole: 30, minimum: 5 };
function renderComment(input) {
  const join2 = (blocks) => `${blocks.join("\n\n")}
`;
  return {
    full: join2(renderBlocks(input, true)),
    linked: join2(renderBlocks(input, false)),
    minimum: join2(renderMinimum(input))
  };
}
var commentLimit = 6e4;
var summaryLimit = 1048576;
function chooseRung({ full, linked, minimum }, limit = commentLimit) {
  return [full, linked].find((text) => new TextEncoder().encode(text).length <= limit) ?? minimum;
}
function renderCheck(input) {
  const outcome = describeOutcome(input.sections);
  const sentence = outcome === null ? input.gate?.sentence ?? "" : [outcome.sentence, outcome.moved ?? ""].join(" ");
  const title = `${describeTitle(input, outcome)}${sentence === "" ? "" : ` \u2013 ${sentence}`}`;
  const text = chooseRung(renderComment(input));
  return { title: cutTitle(title.trim()), summary: text.slice(text.indexOf("\n")).trimStart() };
}
function cutTitle(title) {
  const longest2 = 255;
  const letters = [...shorten(title, longest2)];
  while (letters.join("").length > longest2) letters.splice(-2, 2, "\u2026");
  return letters.join("");
}
function renderBlocks(input, isWhole) {
  const outcome = describeOutcome(input.sections);
  return [
    ...renderHead(input),
    ...renderOpening(input, outcome),
    ...renderBody(input, isWhole),
    ...isWhole ? [] : [
      `The rest did not fit into a comment; it is in the artifacts and on the page of the ${renderLink("run", input.links.run)}.`
    ],
    "---",
    renderFooter(input, artifactsShown.whole)
  ];
}
function renderHead(input) {
  const title = describeTitle(input, describeOutcome(input.sections));
  return [renderMarker(input.marker), `## ${quote(title, 200)}`];
}
function renderBody(input, isWhole) {
  const { request, state } = input;
  const notes = renderNotes(request, isWhole);
  if (state === "measuring" || state === "waiting-for-approval") {
    return [...request === null ? [] : renderPlanned(request, isWhole), ...notes];
  }
  return state === "nothing-to-measure" ? notes : renderResults(input, notes, isWhole);
}
function renderResults(input, notes, isWhole) {
  const sections = input.sections.slice(0, mostSections);
  const chosen = chooseRows(sections);
  const isNamed = sections.length > 1;
  const lines = describeSettlement(input);
  const settlement = lines.length === 0 ? [] : renderLines("What would settle the open rows", lines, isWhole);
  const left = input.sections.length - sections.length;
  const firstRows = chosen.findIndex((rows) => rows.length > 0);
  const blocks = sections.map(
    (section, index) => renderSection(input, section, { rows: chosen[index] ?? [], isWhole, isNamed, hasLegend: index === firstRows })
  );
  const [only] = blocks;
  if (!isNamed) return [...only?.open ?? [], ...settlement, ...notes, ...only?.folded ?? []];
  return [
    renderOverview(sections),
    ...settlement,
    ...notes,
    ...blocks.flatMap(({ open, folded }) => [...open, ...folded]),
    ...left > 0 ? [`${left} more comparisons are in the artifacts.`] : []
  ];
}
function renderMinimum(input) {
  return [
    ...renderHead(input),
    ...renderOpening(input, describeOutcome(input.sections)),
    `The report did not fit into a comment; it is in the artifacts and on the page of the ${renderLink("run", input.links.run)}.`,
    renderFooter(input, artifactsShown.minimum)
  ];
}

// src/github/run-order.ts
function isLater(first, second) {
  const [one, other] = [BigInt(first.runId), BigInt(second.runId)];
  return one > other || one === other && first.attempt > second.attempt;
}

// src/github/comment.ts
var commentSchema = object({
  id: int(),
  body: string().nullish(),
  html_url: url({ protocol: /^https?$/ }),
  user: object({ login: string() }).nullish()
});
var mostTries = 4;
async function postComment(order2) {
  try {
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryToPost(order2, tries);
      if (outcome !== "again") return outcome;
    }
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const needed = "the job needs `permissions: pull-requests: write` and a token that is not that of a fork";
    return { kind: "refused", reason: `GitHub does not let this job comment (${messageOf(thrown)}); ${needed}` };
  }
}
async function tryToPost(order2, tries) {
  const [first] = await listOwn(order2, order2.author);
  if (first === void 0 && !order2.create) return { kind: "none" };
  const written = first === void 0 ? await createComment(order2) : await updateComment(order2, first, tries);
  if (written === "again") return "again";
  if (written.kind !== "written") return written;
  const now = await readComment(order2, written.id);
  const run = now === null ? null : order2.readRun(now.body ?? "");
  const overwritten = run !== null && isLater(order2.run, run);
  return overwritten && tries < mostTries ? "again" : { kind: "written", url: written.url };
}
async function updateComment(order2, found, tries) {
  const { github, repository } = order2;
  const now = await readComment(order2, found.id);
  if (now === null) return lost(tries);
  const run = order2.readRun(now.body ?? "");
  if (run !== null && isLater(run, order2.run)) return { kind: "newer", url: now.html_url };
  const write = (body) => github.rest.issues.updateComment({ ...repository, comment_id: found.id, body });
  try {
    const { data } = await writeLongest(order2.bodies, write);
    const { id, html_url } = parseAnswer(commentSchema, data, "the comment that was written");
    return { kind: "written", id, url: html_url };
  } catch (thrown) {
    if (statusOf(thrown) === 404 && await readComment(order2, found.id) === null) return lost(tries);
    throw thrown;
  }
}
function lost(tries) {
  if (tries < mostTries) return "again";
  throw new Error(`the comment was deleted ${tries} times while it was being written`);
}
async function createComment(order2) {
  const { github, repository, pullRequest } = order2;
  const write = (body) => github.rest.issues.createComment({ ...repository, issue_number: pullRequest, body });
  const { data } = await writeLongest(order2.bodies, write);
  return keepOldest(order2, parseAnswer(commentSchema, data, "the comment that was made"));
}
async function keepOldest(order2, made) {
  const own = await listOwn(order2, made.user?.login ?? order2.author);
  const oldest = own[0];
  if (oldest === void 0 || oldest.id === made.id) return { kind: "written", id: made.id, url: made.html_url };
  const outcome = await updateComment(order2, oldest, 1);
  await deleteComment(order2, made.id);
  return outcome;
}
async function deleteComment({ github, repository }, id) {
  try {
    await github.rest.issues.deleteComment({ ...repository, comment_id: id });
  } catch (thrown) {
    if (statusOf(thrown) !== 404) throw thrown;
  }
}
async function writeLongest(bodies, write) {
  const [body, ...shorter] = bodies;
  if (body === void 0) throw new RangeError("a comment needs a text");
  try {
    return await write(body);
  } catch (thrown) {
    if (shorter.length === 0 || !isTooLong(thrown)) throw thrown;
    return writeLongest(shorter, write);
  }
}
async function listOwn(order2, author) {
  const { github, repository, pullRequest } = order2;
  const query = { ...repository, issue_number: pullRequest, per_page: 100 };
  const answers = await github.paginate(github.rest.issues.listComments, query);
  return parseAnswer(array(commentSchema), answers, `the comments of pull request ${pullRequest}`).filter(({ body, user }) => user?.login === author && (body ?? "").startsWith(order2.markerPrefix)).sort((one, other) => one.id - other.id);
}
async function readComment({ github, repository }, id) {
  try {
    const { data } = await github.rest.issues.getComment({ ...repository, comment_id: id });
    return parseAnswer(commentSchema, data, `comment ${id}`);
  } catch (thrown) {
    if (statusOf(thrown) === 404) return null;
    throw thrown;
  }
}

// actions/report/settle.ts
async function settle(act) {
  try {
    return { kind: "done", value: await act() };
  } catch (thrown) {
    return { kind: "failed", thrown };
  }
}

// actions/report/publish.ts
async function publish(publication, world) {
  const { input, pullRequest } = publication;
  const text = renderComment(input);
  await world.writeSummary(chooseRung(text, summaryLimit));
  if (pullRequest === null) return "";
  const comment = () => publishComment(publication, text, pullRequest, world);
  const check = () => publishCheck(input, world);
  const [commented, checked] = [await settle(comment), await settle(check)];
  if (commented.kind === "failed") throw commented.thrown;
  if (checked.kind === "failed") throw checked.thrown;
  return commented.value;
}
async function publishComment({ input, author }, text, pullRequest, world) {
  const { full, linked, minimum } = text;
  const outcome = await postComment({
    github: world.github,
    repository: world.environment.repository,
    pullRequest,
    author,
    run: input.marker,
    // Who changes no tuning file is not bothered.
    create: input.request?.reason !== "no-tuning-files",
    bodies: [full, linked, minimum].slice([full, linked, minimum].indexOf(chooseRung(text))),
    markerPrefix,
    readRun: parseMarker
  });
  switch (outcome.kind) {
    case "written":
      world.info(`The comment is at ${outcome.url}`);
      return outcome.url;
    case "newer":
      world.info(`A later run has written the comment already: ${outcome.url}`);
      return outcome.url;
    case "none":
      return "";
    case "refused":
      world.warning(`${outcome.reason}. The report is on the page of this run.`);
      return "";
  }
}
async function publishCheck(input, world) {
  const outcome = await writeCheckRun({
    github: world.github,
    repository: world.environment.repository,
    headSha: input.marker.headSha,
    run: input.marker,
    detailsUrl: input.links.run,
    // The gate has the last word, since it always runs.
    conclusion: null,
    describe: () => renderCheck(input)
  });
  if (outcome.kind === "refused") world.warning(outcome.reason);
}

// actions/report/read-history.ts
async function readHistory(branch, { request, runs }, world) {
  if (runs.length === 0) return [];
  const names = request.comparisons.flatMap(({ name, baseline }) => [name, baseline?.profile ?? name]);
  const isWanted = ({ host, comparison }) => runs.some((run) => run.host === host) && names.includes(comparison);
  const store = createBranchStore({ github: world.github, repository: world.environment.repository, branch });
  const read = await settle(() => readNights(store, { limit: nightsToLearnFrom, isWanted }));
  if (read.kind === "done") {
    for (const text of read.value.warnings) world.warning(cleanText(text));
    return read.value.nights;
  }
  world.warning(cleanText(`The history on ${branch} could not be read: ${messageOf(read.thrown)}`));
  return [];
}

// src/comparison/parse-policy.ts
function parsePolicy(text, fileName, names = "of runs") {
  if (names === "any") return parseYamlDocument(text, fileName, anyMetricPolicySchema).value;
  const document = parseYamlDocument(text, fileName, policySchema);
  const wrong = Object.keys(document.value.cellMargins).find((id) => !isCellId(id));
  if (wrong !== void 0) {
    const place = document.where(["cellMargins", wrong], "key");
    const accepted = `guest/attachment/test/metric with the words of \`tunegate plan\`, as in docker/bridge/tcp_rr/latency`;
    throw new ConfigurationError(`${place}: a key of cellMargins must be ${accepted}, found "${wrong}"`);
  }
  return document.value;
}
function isCellId(id) {
  const placement = readPlacement(id);
  const metric = id.slice(id.lastIndexOf("/") + 1);
  return placement !== null && metricsByTest[placement.test].some(({ name }) => name === metric);
}

// actions/report/read-policy.ts
var fileSchema = object({
  type: literal("file"),
  size: int().min(0).max(256 * 1024),
  encoding: literal("base64"),
  content: string()
});
async function readPolicy(github, repository, path) {
  let data;
  try {
    data = (await github.rest.repos.getContent({ ...repository, path })).data;
  } catch (thrown) {
    if (statusOf(thrown) === 404) return defaultPolicy;
    throw thrown;
  }
  if (Array.isArray(data)) throw new ConfigurationError(`policy: ${path} is a folder, a YAML file is accepted`);
  const { content } = parseAnswer(fileSchema, data, `the policy ${path}`);
  return parsePolicy(Buffer.from(content, "base64").toString("utf8"), path);
}

// actions/report/write-files.ts
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
async function writeFiles(sections, parent) {
  const { renderReportFiles } = await import("./report-files-Q4XMQR3F.js");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "tunegate-report-"));
  const comparisonFiles = [];
  for (const { host, comparison, result } of sections) {
    if (result === null) continue;
    const room = join(folder, host, comparison);
    for (const { path, text } of await renderReportFiles(result)) {
      await mkdir(dirname(join(room, path)), { recursive: true });
      await writeFile(join(room, path), text);
    }
    comparisonFiles.push(join(room, "comparison.json"));
  }
  return { folder, comparisonFiles };
}

// actions/report/run.ts
async function runReport(inputs, world) {
  const subject = await findSubject(inputs, world);
  const plan = await readPlan(inputs, subject, world);
  return inputs.phase === "announce" ? announce(inputs, { subject, plan }, world) : tell(inputs, { subject, plan }, world);
}
async function readPlan(inputs, subject, world) {
  const { environment } = world;
  const located = await locatePlan(inputs.planDirectory, () => world.downloadPlan(targetOf(world)), {
    repository: environment.repository,
    headSha: subject.headSha
  });
  if (typeof located !== "string") return located;
  world.warning(cleanText(located));
  return null;
}
async function announce(inputs, { subject, plan }, world) {
  const request = plan?.request ?? null;
  const state = decideAnnouncedState(request);
  const said = { state, request, sections: [], artifacts: [], gate: null };
  const url2 = await publish(buildInput(said, inputs, { subject, world }), world);
  world.setOutput("comment-url", url2);
}
async function tell(inputs, { subject, plan }, world) {
  const request = plan?.request ?? null;
  const evaluated = await settle(() => evaluate(inputs, plan, world));
  if (evaluated.kind === "failed") {
    await tellFailure(evaluated.thrown, inputs, { subject, plan }, world);
    throw evaluated.thrown;
  }
  const { runs, sections, judged } = evaluated.value;
  const gate = request?.shouldMeasure === true ? openGate(judged.gate, inputs.gate) : judgeNothing(request);
  world.setOutput("verdict", judged.verdict);
  world.setOutput("gate-result", gate.conclusion);
  world.setOutput("gate-sentence", gate.sentence);
  const kept = await settle(() => keepFiles(sections, runs, world));
  const artifacts = kept.kind === "done" ? kept.value : [];
  const shown = showGate(gate, { verdict: judged.verdict, request, needs: inputs.needs });
  const state = decideFinalState(request, sections, inputs.needs);
  const said = { state, request, sections, artifacts, gate: shown };
  const url2 = await publish(buildInput(said, inputs, { subject, world }), world);
  world.setOutput("comment-url", url2);
  if (kept.kind === "failed") throw kept.thrown;
}
async function evaluate(inputs, plan, world) {
  const runs = plan === null ? [] : await findRuns(inputs, plan.request, world);
  const policy = await readPolicy(world.github, world.environment.repository, inputs.policy);
  if (plan === null) return { runs, sections: [], judged: judgeSections([], policy) };
  const nights = await readHistory(inputs.historyBranch, { request: plan.request, runs }, world);
  const sections = await collectSections(runs, { plan, policy, needs: inputs.needs, nights, say: world.info });
  return { runs, sections, judged: judgeSections(sections, policy) };
}
async function tellFailure(thrown, inputs, known, world) {
  const request = known.plan?.request ?? null;
  const gate = { conclusion: "failure", sentence: `The report failed: ${cleanText(messageOf(thrown))}` };
  const said = { state: "failed", request, sections: [], artifacts: [], gate };
  const told = await settle(() => publish(buildInput(said, inputs, { subject: known.subject, world }), world));
  if (told.kind === "failed") world.warning(cleanText(messageOf(told.thrown)));
}
async function findRuns(inputs, request, world) {
  const pairs = listPairs(request);
  if (inputs.runDirectories !== null) return matchDirectories(pairs, inputs.runDirectories);
  if (pairs.length === 0) return [];
  const found = await settle(() => world.downloadRuns(pairs, targetOf(world)));
  if (found.kind === "done") return found.value;
  const reason = `the artifacts of this workflow run cannot be read (${cleanText(messageOf(found.thrown))})`;
  world.warning(reason);
  return pairs.map((pair) => ({ ...pair, download: { kind: "refused", reason } }));
}
function targetOf({ environment }) {
  return { folder: environment.temporaryFolder, attempt: environment.attempt };
}
function openGate({ conclusion, sentence }, isOn) {
  if (isOn || conclusion !== "failure") return { conclusion, sentence };
  return { conclusion: "neutral", sentence: `${sentence} The gate is off.` };
}
function judgeNothing(request) {
  if (request === null) return { conclusion: "failure", sentence: "It is not known what was to be measured." };
  const plan = { result: "success", outputs: { "should-measure": "false", reason: request.reason ?? "" } };
  const measure = { result: "skipped", outputs: {} };
  const { conclusion, sentence } = judgeJobs({ plan, measure, report: { result: "success", outputs: {} } });
  return { conclusion, sentence };
}
function showGate(gate, { verdict, request, needs }) {
  if (request !== null && !request.shouldMeasure && request.reason !== "invalid-files") return null;
  if (needs === null) return gate;
  const outputs = { verdict, "gate-result": gate.conclusion, "gate-sentence": gate.sentence };
  const { conclusion, sentence } = judgeJobs({ ...needs, report: { result: "success", outputs } });
  return { conclusion, sentence };
}
async function keepFiles(sections, runs, world) {
  const journals = runs.flatMap(
    ({ host, comparison, download }) => download.kind === "found" && download.id !== null ? [{ name: `journal of ${comparison} on ${host}`, id: download.id }] : []
  );
  const { folder, comparisonFiles } = await writeFiles(sections, world.environment.temporaryFolder);
  world.setOutput("comparison-file", comparisonFiles.join("\n"));
  if (comparisonFiles.length === 0) return journals;
  const { id } = await world.uploadFolder(buildReportArtifactName(world.environment.attempt), folder);
  return [{ name: "report and plots", id }, ...journals];
}
export {
  runReport
};
