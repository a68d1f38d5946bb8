import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  expectDetectableChange,
  nightsToLearnFrom
} from "./chunk-K24EU7MR.js";
import {
  findStalls
} from "./chunk-72JJH6GX.js";
import {
  appliesParameter,
  buildTracks,
  createBranchStore,
  fewestDeploymentsForVerdict,
  lastStretch,
  readNights,
  resolvePlan
} from "./chunk-OD3JG4E4.js";
import {
  buildSchedule,
  listCells,
  listCombinations,
  listSamples
} from "./chunk-BSRRZUOE.js";
import {
  readPullRequest
} from "./chunk-ZBHUR4UF.js";
import {
  parseAnswer,
  statusOf
} from "./chunk-RNIQMBIK.js";
import {
  createClient,
  readEvent
} from "./chunk-WP5ODUN6.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-EB5MUFAI.js";
import {
  listFixedLayers,
  refuseLayers
} from "./chunk-SWADEUWY.js";
import {
  listPairs,
  parsePlan,
  requestSchema
} from "./chunk-TVGHCADT.js";
import {
  planSchema
} from "./chunk-4P3W6BXG.js";
import {
  catalogue,
  formatParameterValue,
  resolveProfile
} from "./chunk-GWUUC4NK.js";
import {
  require_dist
} from "./chunk-3ZOIEKJZ.js";
import {
  historyBranchInput,
  machineName
} from "./chunk-PY76QUXU.js";
import {
  regimes
} from "./chunk-E4HQEAUX.js";
import {
  uploadFolder
} from "./chunk-EKAH4EGM.js";
import {
  buildPlanArtifactName
} from "./chunk-ORHHKMOR.js";
import {
  parseEnvironment
} from "./chunk-34DFZAEL.js";
import {
  getInput,
  setOutput
} from "./chunk-54CEUQG2.js";
import {
  array,
  describeAccepted,
  describeFound,
  describeProblems,
  int,
  literal,
  object,
  strictObject,
  string,
  suggestName,
  union
} from "./chunk-QDEKYFEH.js";
import {
  printPlainly
} from "./chunk-MTKFNDVM.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";
import {
  __toESM
} from "./chunk-Z4OLDYZE.js";

// actions/plan/inputs.ts
var name = string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "must be lower-case words joined by hyphens" });
var folder = string().regex(/^[\w.-]+(\/[\w.-]+)*$/, { error: "must be the path of a folder in the repository, without / at its ends" }).refine((path) => !path.split("/").some((part) => part === "." || part === ".."), { error: "must not lead upwards" });
var host = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: "must be the name of a host" });
var number = (most) => string().regex(/^[1-9]\d{0,6}$/, { error: "must be a whole number" }).transform(Number).pipe(int().min(1).max(most));
var list = (item, separator) => string().transform((text) => [
  ...new Set(
    text.split(separator).map((part) => part.trim()).filter((part) => part !== "")
  )
]).pipe(array(item).max(100));
var inputSchema = strictObject({
  "github-token": string().min(1, { error: "must not be empty" }),
  "profiles-directory": folder,
  "plans-directory": folder,
  plan: name,
  /** What counts as a tuning file; empty: the usual places. */
  paths: list(string(), /\n/),
  hosts: list(host, /[\n,]/).refine((hosts) => hosts.length > 0, { error: "must name one host or more" }),
  /** Empty: the runners measure the machines that they are on. */
  inventory: union([literal("").transform(() => null), machineName]),
  baseline: name,
  candidate: name,
  /** GitHub gives an empty text for what is absent. */
  deployments: union([
    literal("").transform(() => null),
    string().regex(/^\d{1,9}$/, { error: "must be a whole number" }).transform(Number).pipe(planSchema.shape.deployments)
  ]),
  comparisons: number(20),
  "longest-minutes": number(5 * 24 * 60),
  "history-branch": historyBranchInput,
  "host-paths": list(string().startsWith("/", { error: "must be whole paths" }), /\n/)
});
var mostJobs = 256;
function readInputs(getInput2) {
  const names = Object.keys(inputSchema.shape);
  const outcome = inputSchema.safeParse(Object.fromEntries(names.map((key) => [key, getInput2(key)])));
  if (!outcome.success) {
    throw new ConfigurationError(`inputs: ${describeProblems(outcome.error)}`);
  }
  const found = outcome.data;
  if (found.hosts.length * found.comparisons > mostJobs) {
    throw new ConfigurationError(
      `inputs: ${found.hosts.length} hosts with ${found.comparisons} comparisons each are more than the ${mostJobs} jobs of a matrix`
    );
  }
  const { "profiles-directory": profilesFolder, "plans-directory": plansFolder } = found;
  const usual = [`${profilesFolder}/*.yaml`, `${plansFolder}/*.yaml`, "runner-setup/kernels/*.config"];
  return {
    token: found["github-token"],
    profilesFolder,
    plansFolder,
    plan: found.plan,
    paths: found.paths.length === 0 ? usual : found.paths,
    hosts: found.hosts,
    inventory: found.inventory,
    baseline: found.baseline,
    candidate: found.candidate,
    deployments: found.deployments,
    mostComparisons: found.comparisons,
    longestMinutes: found["longest-minutes"],
    historyBranch: found["history-branch"],
    hostPaths: found["host-paths"]
  };
}

// src/github/repository-files.ts
import { createHash } from "node:crypto";
var largestFile = 256 * 1024;
var mostListed = 1e3;
var mostFiles = 200;
var entrySchema = object({
  name: string().min(1),
  path: string().min(1),
  sha: string().regex(/^[0-9a-f]{40}$/),
  size: int().min(0),
  type: string()
});
var blobSchema = object({ content: string(), encoding: literal("base64") });
function createFileReader(client, repository) {
  const known = /* @__PURE__ */ new Map();
  return {
    listFolder: (commit, path, ending2) => listFolder(client, repository, { commit, path, ending: ending2 }),
    readText: async (entry) => {
      refuseEntry(entry);
      const bytes = known.get(entry.sha) ?? readBlob(client, repository, entry);
      known.set(entry.sha, bytes);
      return { text: decode(await bytes, entry.path), fileName: entry.path };
    }
  };
}
async function listFolder(client, repository, { commit, path, ending: ending2 }) {
  const data = await readContent(client, repository, path, commit);
  if (data === null) return [];
  if (!Array.isArray(data)) throw new ConfigurationError(`${path} is no folder at the commit ${commit}`);
  const entries = parseAnswer(array(entrySchema), data, `the folder ${path}`);
  const found = entries.filter(({ name: name2 }) => name2.endsWith(ending2));
  if (entries.length >= mostListed || found.length > mostFiles) {
    throw new ConfigurationError(
      `${path} has ${entries.length} entries, ${found.length} of them ${ending2}; fewer than ${mostListed} with at most ${mostFiles} ${ending2} are accepted`
    );
  }
  return found.map(({ name: name2, sha, size, type }) => ({
    name: name2,
    path: `${path}/${name2}`,
    sha,
    size,
    isFile: type === "file"
  }));
}
async function readContent(client, repository, path, ref) {
  try {
    return (await client.rest.repos.getContent({ ...repository, path, ref })).data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
function refuseEntry({ path, size, isFile }) {
  if (!isFile) throw new ConfigurationError(`${path}: this is no regular file, a YAML file is accepted`);
  if (size <= largestFile) return;
  throw new ConfigurationError(`${path}: the file has ${size} bytes, at most ${largestFile} are accepted`);
}
async function readBlob(client, repository, { path, sha }) {
  const data = await fetchBlob(client, repository, sha, path);
  const { content } = parseAnswer(blobSchema, data, `the file ${path}`);
  const bytes = Buffer.from(content, "base64");
  const found = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  if (found === sha) return bytes;
  throw new Error(`GitHub's answer about the file ${path} is not the whole file: its SHA-1 is ${found}, not ${sha}`);
}
async function fetchBlob(client, repository, sha, path) {
  try {
    return (await client.rest.git.getBlob({ ...repository, file_sha: sha })).data;
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    throw new ConfigurationError(`${path}: this is no regular file, a YAML file is accepted`, { cause: error });
  }
}
function decode(bytes, path) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigurationError(`${path}: the file is not text in UTF-8, a YAML file is accepted`, { cause: error });
  }
}

// src/plans/plan-directory.ts
import { createHash as createHash2 } from "node:crypto";

// src/profiles/diff-profiles.ts
function diffProfiles(baseline, candidate, parameters = catalogue) {
  return [...parameters.values()].map(({ name: name2, layer, switching }) => ({
    parameter: name2,
    layer,
    switching,
    baseline: formatSetting(baseline, name2),
    candidate: formatSetting(candidate, name2)
  })).filter((difference) => difference.baseline !== difference.candidate).sort((left, right) => left.parameter < right.parameter ? -1 : 1);
}
function regimeOf(differences) {
  const levels = differences.map(({ switching }) => regimes.indexOf(switching));
  return levels.length === 0 ? "deployment" : regimes[Math.max(...levels)] ?? "deployment";
}
function formatSetting(profile, name2) {
  const value = profile.parameters[name2];
  return value === void 0 ? null : formatParameterValue(value);
}

// src/plans/measurement-request.ts
function buildMeasurementRequest(plan, baseline, candidate) {
  const differences = diffProfiles(baseline, candidate).map((difference) => ({
    ...difference,
    applied: appliesParameter(plan, difference.parameter)
  }));
  return { plan, baseline, candidate, differences, regime: regimeOf(differences.filter(({ applied }) => applied)) };
}

// src/plans/estimate.ts
var usualCosts = {
  setUp: 4,
  start: { docker: 1, qemu: 8, bare: 0.5 },
  sample: 0.05,
  boot: 180,
  switch: 6
};
function estimateSeconds(plan, schedule, costs = usualCosts) {
  return schedule.reduce(
    (total, { guest, tests }) => total + estimateDeploymentSeconds(plan, guest, tests, costs),
    costs.setUp + countBoots(plan, schedule) * costs.boot + countSwitches(plan, schedule) * costs.switch
  );
}
function countBoots(plan, schedule) {
  if (!plan.layers.includes("host-boot") || schedule.length === 0) return 0;
  return new Set(schedule.map(({ boot }) => boot)).size + 1;
}
function countSwitches(plan, schedule) {
  if (!plan.layers.some((layer) => layer === "host" || layer === "daemon")) return 0;
  return schedule.filter((now, index) => now.boot === null && schedule[index - 1]?.side !== now.side).length;
}
function estimateDeploymentSeconds(plan, guest, tests, costs) {
  return listSamples(tests, plan).reduce(
    (total, { test }) => total + requestedSeconds(plan, test) + costs.sample,
    costs.start[guest]
  );
}
function requestedSeconds(plan, test) {
  return test === "ping" ? plan.ping.count * plan.ping.intervalSeconds : plan.seconds;
}

// src/plans/plan-preview.ts
function buildPlanPreview(request, seed, place = null) {
  const plan = resolvePlan(request.plan, { regime: request.regime, unsupported: [] });
  const schedule = buildSchedule(plan, seed);
  const primary = new Set(listCells(plan, "primary").map(({ id }) => id));
  const cells = listCells(plan, "all").map(({ id, metric }) => ({
    id,
    role: primary.has(id) ? "primary" : "secondary",
    unit: metric.unit,
    better: metric.better
  }));
  const boots = countBoots(plan, schedule);
  const bootSeconds = place?.bootSeconds ?? null;
  const costs = bootSeconds === null ? usualCosts : { ...usualCosts, boot: bootSeconds };
  return {
    plan,
    seed,
    host: place?.host ?? null,
    baseline: { profile: request.baseline.name, sha256: request.baseline.sha256 },
    candidate: { profile: request.candidate.name, sha256: request.candidate.sha256 },
    parameterDifference: request.differences,
    cells,
    schedule,
    estimatedSeconds: Math.round(estimateSeconds(plan, schedule, costs)),
    /** Boots of the host, the one back into its usual state included, and what one is taken to cost; null: there are none. */
    boots: boots === 0 ? null : { count: boots, seconds: costs.boot, seen: bootSeconds !== null },
    /** Needs the variance between fresh starts, which only a history of the cell knows beforehand. */
    detectableChange: null,
    notes: [...place === null ? [] : listPlaceCaveats(request, place), ...listCaveats(request), noHistory]
  };
}
var noHistory = "How small a change each cell can show depends on its history, and there is no history of these cells.";
function listPlaceCaveats({ plan }, { topology }) {
  const fixed = listFixedLayers(plan, topology);
  if (fixed.length === 0) return [];
  return [
    `One machine cannot switch ${fixed.join(", ")} between the sides: measuring this plan needs --inventory FILE with a host, or --layers without ${fixed.length === 1 ? "that layer" : "those layers"}.`
  ];
}
function listCaveats({ plan, differences }) {
  const notes = [];
  if (plan.deployments < fewestDeploymentsForVerdict) {
    const least = `needs at least ${fewestDeploymentsForVerdict} fresh starts per side for a verdict`;
    notes.push(
      `A cell ${least}; this plan has ${plan.deployments}, so every cell will be inconclusive, and compare --gate will refuse it.`
    );
  }
  if (!differences.some(({ applied }) => applied)) {
    notes.push("The sides do not differ in any applied parameter: this is an A/A comparison, which must stay silent.");
  }
  const notApplied = differences.filter(({ applied }) => !applied);
  if (notApplied.length > 0) {
    const names = notApplied.map(({ parameter }) => parameter).join(", ");
    notes.push(`Not applied, because the plan leaves out their layers or guests: ${names}.`);
  }
  return notes;
}

// src/plans/refuse-attachments.ts
var needs = [
  {
    pattern: /^guest\.qemu\.net\.queues$/,
    cannotBy: ["physical", "user"],
    reason: "a guest has one pair of queues",
    harmless: [1]
  },
  {
    pattern: /^guest\.qemu\.tap\./,
    cannotBy: ["user"],
    reason: "there is no tap",
    harmless: []
  },
  {
    pattern: /^guest\.qemu\.net\.vhost$/,
    cannotBy: ["user"],
    reason: "QEMU moves all packets itself",
    harmless: [false]
  }
];
function refuseAttachments(plan, profile) {
  if (!plan.layers.includes("guest")) return;
  const used = new Set(
    listCombinations(plan).flatMap(({ guest, attachment }) => guest === "qemu" ? [attachment] : [])
  );
  const problems = Object.entries(profile.parameters).flatMap(
    ([name2, value]) => needs.filter(({ pattern, harmless }) => pattern.test(name2) && !harmless.includes(value)).flatMap(
      ({ cannotBy, reason }) => cannotBy.filter((attachment) => used.has(attachment)).map((attachment) => `${name2} is ${formatParameterValue(value)}, but by ${attachment} ${reason}`)
    )
  );
  if (problems.length === 0) return;
  throw new ConfigurationError(
    `profile ${profile.name}: ${problems.join("; ")}, accepted is a plan whose virtual machines are attached by bridge`
  );
}

// src/plans/render-plan-files.ts
var import_yaml = __toESM(require_dist(), 1);
var style = { lineWidth: 0, collectionStyle: "any", aliasDuplicateObjects: false };
function renderPlanFile(plan) {
  return (0, import_yaml.stringify)(plan, style);
}
function renderProfileFile({ name: name2, description, parameters }) {
  const document = {
    name: name2,
    ...description === null ? {} : { description },
    parameters: { ...parameters }
  };
  return (0, import_yaml.stringify)(document, style);
}

// src/plans/plan-comparison.ts
var anySeed = 1;
function planComparison(order, plan, expectChange) {
  const { name: name2, change, sides, revisions } = order;
  const common = { name: name2, change, deployments: plan.deployments, samples: plan.samples, detectableChange: null };
  if (sides === null) {
    const nothing = { baseline: null, candidate: null, parameterDifference: [], cells: 0, estimatedSeconds: 0 };
    return { comparison: { ...common, ...nothing, regime: "deployment", notes: [...order.notes] }, files: null };
  }
  const request = buildMeasurementRequest(plan, sides.baseline, sides.candidate);
  const { differences, regime } = request;
  const parameterDifference = differences.map(({ switching: _, ...difference }) => difference);
  const measured = change === "none" || differences.some(({ applied }) => applied);
  const notes = [...order.notes, ...measured ? listCaveats(request) : [describeUnapplied(request)]];
  if (!measured) {
    const nothing = { baseline: null, candidate: null, cells: 0, estimatedSeconds: 0 };
    return { comparison: { ...common, ...nothing, parameterDifference, regime, notes }, files: null };
  }
  return {
    comparison: {
      ...common,
      ...estimate(name2, request, expectChange),
      baseline: describeSide(sides.baseline, revisions.baseline),
      candidate: describeSide(sides.candidate, revisions.candidate),
      parameterDifference,
      regime,
      notes
    },
    files: {
      "plan.yaml": renderPlanFile(plan),
      "baseline.yaml": renderProfileFile(sides.baseline),
      "candidate.yaml": renderProfileFile(sides.candidate)
    }
  };
}
function estimate(comparison, request, expectChange) {
  const { plan, cells, estimatedSeconds } = buildPlanPreview(request, anySeed);
  refuseAttachments(plan, request.baseline);
  refuseAttachments(plan, request.candidate);
  const cellIds = cells.filter(({ role }) => role === "primary").map(({ id }) => id);
  const detectableChange = expectChange({ comparison, cellIds, deployments: plan.deployments });
  return { cells: cellIds.length, estimatedSeconds, detectableChange };
}
function describeSide({ name: name2, sha256 }, revision) {
  return { profile: name2, sha256, revision };
}
function describeUnapplied({ plan, differences }) {
  const names = differences.map(({ parameter }) => parameter).join(", ");
  return `Not measured: the plan ${plan.name} (layers ${plan.layers.join(", ")}; guests ${plan.guests.join(", ")}) applies nothing of what changed: ${names}.`;
}

// src/plans/plan-directory.ts
var mostNotes = 40;
var longestNote = 2e3;
function buildPlanDirectory(facts, found, findings, expectChange = () => null) {
  const { planned, problems } = planAll(facts, found, findings, expectChange);
  const toMeasure = planned.filter(({ files }) => files !== null);
  const seconds = toMeasure.reduce((sum, { comparison }) => sum + comparison.estimatedSeconds, 0);
  const estimatedMinutes = Math.ceil(seconds / 60);
  if (estimatedMinutes > facts.longestMinutes) problems.push(describeTooLong(estimatedMinutes, facts.longestMinutes));
  const reason = findReason(facts, { ...findings, problems }, toMeasure.length);
  const request = buildRequest(facts, found, { planned, problems, reason, notes: findings.notes });
  return {
    request,
    files: new Map([
      ["request.json", `${JSON.stringify(request, null, 2)}
`],
      ...reason === "invalid-files" ? [] : toMeasure.flatMap(listFiles)
    ]),
    matrix: { include: listPairs(request) },
    regime: highestRegime(toMeasure),
    estimatedMinutes
  };
}
function buildRequest(facts, found, { planned, problems, reason, notes }) {
  const { missingApproval, hosts, mostComparisons: _, longestMinutes: __, topology: ___, ...rest } = facts;
  const approval = reason === "needs-approval" && missingApproval !== null ? [missingApproval] : [];
  return requestSchema.parse({
    ...rest,
    schema: "tunegate.request/1",
    plan: { name: found.name, sha256: createHash2("sha256").update(found.text).digest("hex"), source: found.source },
    hosts: [...hosts],
    comparisons: planned.map(({ comparison }) => ({ ...comparison, notes: comparison.notes.map(cleanNote) })),
    shouldMeasure: reason === null,
    reason,
    notes: limitNotes([...problems, ...approval, ...notes])
  });
}
function planAll({ mostComparisons, topology }, { plan }, findings, expectChange) {
  const problems = [...findings.problems];
  if (plan === null) return { planned: [], problems };
  const collect = (compute) => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(messageOf(error));
      return null;
    }
  };
  collect(() => refuseLayers(plan, topology));
  const planned = findings.orders.map((order) => collect(() => planComparison(order, plan, expectChange))).filter((comparison) => comparison !== null);
  const beyond = planned.filter(({ files }) => files !== null).slice(mostComparisons);
  return { planned: planned.map((one) => beyond.includes(one) ? leaveOut(one, mostComparisons) : one), problems };
}
function leaveOut({ comparison }, most) {
  const note = `Not measured: a request measures at most ${most} profiles; \`comparisons\` of the action plan raises it.`;
  const nothing = { baseline: null, candidate: null, cells: 0, estimatedSeconds: 0 };
  return { comparison: { ...comparison, ...nothing, notes: [note, ...comparison.notes] }, files: null };
}
function findReason(facts, findings, measurable) {
  if (!findings.hasTuningFiles) return "no-tuning-files";
  if (findings.problems.length > 0) return "invalid-files";
  if (measurable === 0) return "nothing-to-compare";
  return facts.missingApproval === null ? null : "needs-approval";
}
function describeTooLong(minutes, most) {
  return `measuring this would take about ${minutes} minutes on each host, at most ${most} are accepted (longest-minutes of the action plan): fewer comparisons, fresh starts, samples or seconds take less`;
}
function highestRegime(planned) {
  const levels = planned.map(({ comparison }) => regimes.indexOf(comparison.regime));
  return levels.length === 0 ? "deployment" : regimes[Math.max(...levels)] ?? "deployment";
}
function listFiles({ comparison, files }) {
  return Object.entries(files ?? {}).map(([file, text]) => [`${comparison.name}/${file}`, text]);
}
function limitNotes(notes) {
  const rest = notes.length - mostNotes;
  return [...notes.slice(0, mostNotes).map(cleanNote), ...rest > 0 ? [`And ${rest} more.`] : []];
}
function cleanNote(note) {
  const line = note.replace(new RegExp("\\p{Cc}", "gu"), "?");
  return line.length > longestNote ? `${line.slice(0, longestNote - 3)}...` : line;
}

// src/github/tuning-files.ts
var plainName = /^[a-z0-9][a-z0-9-]{0,63}$/;
var ending = ".yaml";
async function listTuningFolder(reader, commit, folder2) {
  const entries = await reader.listFolder(commit, folder2, ending);
  const nameOf = ({ name: name2 }) => name2.slice(0, -ending.length);
  return {
    files: new Map(
      entries.filter((entry) => plainName.test(nameOf(entry))).map((entry) => [nameOf(entry), entry])
    ),
    // A hidden file is meant for nobody.
    misnamed: entries.filter((entry) => !plainName.test(nameOf(entry)) && !entry.name.startsWith("."))
  };
}
function toProfileFiles(reader, { files }) {
  return new Map(
    [...files].map(([name2, entry]) => [name2, { sha: entry.sha, read: () => reader.readText(entry) }])
  );
}
function listMisnamed(base, head) {
  const known = new Set(base.misnamed.map(({ path, sha }) => `${sha} ${path}`));
  return head.misnamed.filter(({ path, sha }) => !known.has(`${sha} ${path}`)).map(({ path }) => `${path}: the name of a file must be lower-case words joined by hyphens, at most 64 letters`);
}
function requireAgreement(base, head, change) {
  if (!change.isComplete) return;
  const names = /* @__PURE__ */ new Set([...base.files.keys(), ...head.files.keys()]);
  for (const name2 of names) {
    const [before, after] = [base.files.get(name2), head.files.get(name2)];
    const path = (after ?? before)?.path ?? name2;
    if (before?.sha === after?.sha || change.files.includes(path)) continue;
    throw new Error(`GitHub's answers contradict each other: ${path} differs, but is not among the changed files`);
  }
}

// src/github/tuning-plan.ts
async function findPlan(reader, folders, { name: name2, deployments }) {
  const changed = folders.base.files.get(name2)?.sha !== folders.head.files.get(name2)?.sha;
  const source = changed ? "pull-request" : "default-branch";
  const files = changed ? folders.head.files : folders.tip.files;
  let text = "";
  try {
    const entry = files.get(name2);
    if (entry === void 0) throw new ConfigurationError(describeMissing(name2, [...files.keys()], changed));
    const file = await reader.readText(entry);
    text = file.text;
    const plan = parsePlan(text, file.fileName, name2);
    const asked = deployments === null ? plan : { ...plan, deployments };
    return { found: { name: name2, plan: asked, text, source }, problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { found: { name: name2, plan: null, text, source }, problems: [messageOf(error)] };
  }
}
async function checkChangedPlans(reader, { base, head }, except) {
  const problems = [];
  for (const [name2, entry] of head.files) {
    if (name2 === except || base.files.get(name2)?.sha === entry.sha) continue;
    try {
      const { text, fileName } = await reader.readText(entry);
      parsePlan(text, fileName, name2);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(messageOf(error));
    }
  }
  return problems;
}
function describeMissing(name2, names, changed) {
  if (changed) return `the plan "${name2}", by which is measured, is deleted, a plan of this name is accepted`;
  const accepted2 = names.length === 0 ? "there are none" : `accepted are ${names.toSorted().slice(0, 20).join(", ")}`;
  return `there is no plan "${name2}"${suggestName(name2, names)}, ${accepted2}`;
}

// src/plans/profile-changes.ts
var usualBaseline = "stock";
async function findProfileChanges(base, head, counts) {
  const names = [.../* @__PURE__ */ new Set([...base.keys(), ...head.keys()])].filter(counts).sort();
  const findings = [];
  for (const name2 of names) findings.push(await examine(name2, base, head));
  const changes = findings.filter((finding) => finding !== null && "change" in finding);
  return {
    changes: [...changes.filter(({ ownFile }) => ownFile), ...changes.filter(({ ownFile }) => !ownFile)],
    problems: findings.flatMap((finding) => finding !== null && "problem" in finding ? [finding.problem] : []),
    notes: findings.flatMap((finding) => finding !== null && "note" in finding ? [finding.note] : [])
  };
}
async function examine(name2, base, head) {
  const ownFile = base.get(name2)?.sha !== head.get(name2)?.sha;
  if (!head.has(name2)) return { name: name2, change: "deleted", ownFile, sides: null, notes: [describeDeletion(name2)] };
  const candidate = await attempt(name2, head);
  const baseline = base.has(name2) ? await attempt(name2, base) : null;
  if (candidate instanceof ConfigurationError) {
    const sentence = messageOf(candidate);
    return baseline instanceof ConfigurationError && sentence === messageOf(baseline) && !ownFile ? { note: `The profile ${name2} was not in order before this change either: ${sentence}.` } : { problem: sentence };
  }
  if (baseline === null) return examineNew(candidate, base, []);
  if (baseline instanceof ConfigurationError) {
    return examineNew(candidate, base, [
      `Before this change the profile ${name2} was not in order: ${messageOf(baseline)}.`
    ]);
  }
  if (candidate.sha256 !== baseline.sha256) {
    return { name: name2, change: "modified", ownFile, sides: { baseline, candidate }, notes: [] };
  }
  return ownFile ? { note: `The file of the profile ${name2} changed, but the profile sets the same as before.` } : null;
}
async function examineNew(candidate, base, notes) {
  const { name: name2, compareTo } = candidate;
  const against = compareTo ?? usualBaseline;
  const baseline = await attempt(against, base);
  if (baseline instanceof ConfigurationError) {
    const why = compareTo === null ? `it names none with compareTo, and of ${against}` : `compareTo names ${against}:`;
    return { problem: `the new profile ${name2} has nothing to be compared with: ${why} ${messageOf(baseline)}` };
  }
  if (baseline.sha256 === candidate.sha256) {
    return { note: `The new profile ${name2} sets the same as ${against}, so there is nothing to compare.` };
  }
  const note = `The profile ${name2} is new here, it is compared with ${against}.`;
  return { name: name2, change: "added", ownFile: true, sides: { baseline, candidate }, notes: [...notes, note] };
}
async function attempt(name2, files) {
  try {
    return await resolveProfile(name2, (wanted) => readProfile(wanted, files));
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}
function readProfile(name2, files) {
  const file = files.get(name2);
  if (file !== void 0) return file.read();
  const names = [...files.keys()].sort();
  const accepted2 = names.length === 0 ? "there are none" : `accepted are ${names.slice(0, 20).join(", ")}`;
  throw new ConfigurationError(`there is no profile "${name2.slice(0, 64)}"${suggestName(name2, names)}, ${accepted2}`);
}
function describeDeletion(name2) {
  return `The profile ${name2} is deleted: there is nothing to measure.`;
}

// actions/plan/gather-branch.ts
async function gatherBranch(trigger, room) {
  const { reader, environment, inputs } = room;
  const { repository, sha } = environment;
  const plans = await listTuningFolder(reader, sha, inputs.plansFolder);
  const { found, problems } = await findPlan(
    reader,
    { base: plans, head: plans, tip: plans },
    { name: inputs.plan, deployments: inputs.deployments }
  );
  const [problem] = problems;
  if (problem !== void 0) throw new ConfigurationError(problem);
  const files = toProfileFiles(reader, await listTuningFolder(reader, sha, inputs.profilesFolder));
  const resolve = (name2) => resolveProfile(name2, (wanted) => readProfile(wanted, files));
  const sides = { baseline: await resolve(inputs.baseline), candidate: await resolve(inputs.candidate) };
  const order = { name: inputs.candidate, change: "none", sides, notes: [] };
  return {
    kind: "request",
    facts: {
      repository: { owner: repository.owner, name: repository.repo },
      trigger,
      pullRequest: null,
      baseSha: sha,
      headSha: sha,
      approvedBy: null,
      missingApproval: null,
      hosts: inputs.hosts,
      topology: inputs.inventory === null ? "embedded" : "inventory",
      mostComparisons: inputs.mostComparisons,
      // The limit is for what a pull request asks for; a night may take the night.
      longestMinutes: Number.POSITIVE_INFINITY
    },
    plan: found,
    findings: {
      orders: [{ ...order, revisions: { baseline: sha, candidate: sha } }],
      problems: [],
      notes: [],
      hasTuningFiles: true
    }
  };
}

// actions/plan/gather-pull-request.ts
import { matchesGlob } from "node:path/posix";

// src/github/command.ts
var accepted = "`/tunegate run SHA [--deployments N]` is accepted, with the full commit id of 40 hexadecimal digits";
function parseCommand(body) {
  const line = body.split(/\r?\n/, 1)[0]?.trimEnd() ?? "";
  const [name2, verb, sha, ...options] = line.split(/[ \t]+/);
  if (name2 !== "/tunegate") return null;
  if (verb !== "run")
    return refuse(verb === void 0 ? "the command has no verb" : `the verb is ${describeFound(verb)}`);
  if (sha === void 0) return refuse("the commit is missing");
  if (!/^[0-9a-fA-F]{40}$/.test(sha)) return refuse(`the commit is ${describeFound(sha)}`);
  const deployments = parseOptions(options);
  return typeof deployments === "string" ? refuse(deployments) : { kind: "run", sha: sha.toLowerCase(), deployments };
}
function parseOptions([flag, text, ...rest]) {
  if (flag === void 0) return null;
  if (flag !== "--deployments") return `${describeFound(flag)} follows the commit`;
  const schema = planSchema.shape.deployments;
  const outcome = schema.safeParse(/^\d{1,9}$/.test(text ?? "") ? Number(text) : text);
  if (!outcome.success) {
    return `--deployments is ${describeFound(text)}, it must be ${describeAccepted(planSchema, ["deployments"])}`;
  }
  return rest.length === 0 ? outcome.data : `${describeFound(rest[0])} follows the number of deployments`;
}
function refuse(finding) {
  return { kind: "refused", sentence: `The command is not understood: ${finding}; ${accepted}.` };
}

// src/github/approval.ts
var approvalLabel = "tunegate:run";
function listDeciders(event, pull) {
  const logins = event.kind === "pull-request" ? [pull.author, event.sender] : event.kind === "label" ? [event.label === approvalLabel ? event.sender : null] : [parseCommand(event.body)?.kind === "run" ? event.author : null];
  return [...new Set(logins.filter((login) => login !== null))];
}
function decideApproval(event, pull, writers) {
  if (!pull.isOpen) return ignore(`Pull request ${pull.number} is closed.`);
  const mayWrite2 = (login) => login !== null && writers.has(login);
  switch (event.kind) {
    case "pull-request":
      if (event.headSha !== pull.headSha) return ignore(describeMove(event.headSha, pull));
      return mayWrite2(pull.author) && mayWrite2(event.sender) ? { kind: "granted", approvedBy: null, deployments: null } : { kind: "missing", sentence: describeMissing2(event.sender, pull, mayWrite2(pull.author)) };
    case "label":
      if (event.label !== approvalLabel) return ignore(`Only the label ${approvalLabel} asks for a measurement.`);
      if (!mayWrite2(event.sender)) return ignore(describeNoWriter(event.sender, `the label ${approvalLabel}`));
      if (event.headSha !== pull.headSha) return ignore(describeMove(event.headSha, pull));
      return { kind: "granted", approvedBy: event.sender, deployments: null };
    case "comment":
      return decideCommand(event.body, event.author, pull, mayWrite2(event.author));
  }
}
function decideCommand(body, author, pull, mayWrite2) {
  const command = parseCommand(body);
  if (command === null) return ignore("The comment is no command.");
  if (command.kind === "refused") return ignore(command.sentence);
  if (!mayWrite2 || author === null) return ignore(describeNoWriter(author, "/tunegate run"));
  if (command.sha !== pull.headSha) {
    return ignore(
      `The command names the commit ${command.sha}, but the head of pull request ${pull.number} is ${pull.headSha}; only the head can be approved.`
    );
  }
  return { kind: "granted", approvedBy: author, deployments: command.deployments };
}
function ignore(sentence) {
  return { kind: "ignored", sentence };
}
function describeMove(seen, { number: number2, headSha }) {
  return `The event is about the commit ${seen}, but the head of pull request ${number2} is ${headSha} by now; a push ends an approval, and is an event of its own.`;
}
function describeNoWriter(login, what) {
  return `${login ?? "An account that is gone"} has no write permission here, which ${what} needs.`;
}
function describeMissing2(sender, { author, headSha }, authorMayWrite) {
  const who = authorMayWrite ? `${sender}, who pushed,` : `${author ?? "The author, whose account is gone,"}`;
  return `${who} has no write permission here: somebody who has may look at the change and then comment \`/tunegate run ${headSha}\` or set the label ${approvalLabel}; a push ends the approval.`;
}

// src/github/changed-files.ts
var fileSchema = object({ filename: string().min(1), previous_filename: string().min(1).optional() });
var comparisonSchema = object({
  merge_base_commit: object({ sha: string().regex(/^[0-9a-f]{40}$/) }),
  files: array(fileSchema)
});
var mostCompared = 300;
var mostListed2 = 3e3;
async function readChange(client, repository, sides) {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...repository,
    basehead: `${sides.baseSha}...${sides.headSha}`,
    // Only of the commits, which we do not use; the files are all on the first page.
    per_page: 1,
    page: 1
  });
  const { merge_base_commit: mergeBase, files } = parseAnswer(comparisonSchema, data, "the changes");
  if (files.length < mostCompared) return { mergeBase: mergeBase.sha, files: listPaths(files), isComplete: true };
  const all = await listFiles2(client, repository, sides.number);
  return { mergeBase: mergeBase.sha, files: listPaths(all), isComplete: all.length < mostListed2 };
}
async function listFiles2(client, repository, number2) {
  const pages = client.paginate.iterator(client.rest.pulls.listFiles, {
    ...repository,
    pull_number: number2,
    per_page: 100
  });
  const files = [];
  for await (const { data } of pages) {
    files.push(...parseAnswer(array(fileSchema), data, `the files of pull request ${number2}`));
    if (files.length >= mostListed2) break;
  }
  return files;
}
function listPaths(files) {
  return [
    ...new Set(
      files.flatMap(
        ({ filename, previous_filename: previous }) => previous === void 0 ? [filename] : [filename, previous]
      )
    )
  ];
}

// src/github/permissions.ts
var permissionSchema = object({
  /** `maintain` is told as write, `triage` as read. */
  permission: string().max(100),
  /** null: nobody of that name. */
  user: object({ login: string().max(200) }).nullable()
});
async function readWriters(client, repository, logins) {
  const writers = /* @__PURE__ */ new Set();
  for (const login of logins) {
    if (await mayWrite(client, repository, login)) writers.add(login);
  }
  return writers;
}
async function mayWrite(client, repository, login) {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
    const { permission, user } = parseAnswer(permissionSchema, data, `the permission of ${login}`);
    return user?.login === login && (permission === "admin" || permission === "write");
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

// src/profiles/untrusted-paths.ts
function listUntrustedPaths(profile, trusted, parameters = catalogue) {
  return listPaths2(profile, parameters).filter(({ name: name2, path }) => !trusted.paths.includes(path) && !isSet(name2, path, trusted.profiles, parameters)).map(
    ({ name: name2, path }) => `profile ${profile.name}: ${name2} names ${path} on the host, a pull request may only name a path that a profile of the default branch sets already, or that the workflow allows (host-paths of the action plan)`
  );
}
function isSet(name2, path, profiles, parameters) {
  return profiles.some(
    (profile) => listPaths2(profile, parameters).some((known) => known.name === name2 && known.path === path)
  );
}
function listPaths2({ parameters: values }, parameters) {
  return Object.entries(values).flatMap(([name2, value]) => {
    const path = parameters.get(name2)?.hostPath?.(value) ?? null;
    return path === null ? [] : [{ name: name2, path }];
  });
}

// actions/plan/trusted-paths.ts
async function refuseUntrustedPaths(changes, paths, readTrusted) {
  const candidates = changes.flatMap(({ sides }) => sides === null ? [] : [sides.candidate]);
  const list2 = (profiles) => candidates.flatMap((profile) => listUntrustedPaths(profile, { profiles, paths }));
  if (list2([]).length === 0) return [];
  return list2(await resolveAll(await readTrusted()));
}
async function resolveAll(files) {
  const profiles = [];
  for (const name2 of files.keys()) {
    try {
      profiles.push(await resolveProfile(name2, (wanted) => readProfile(wanted, files)));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
    }
  }
  return profiles;
}

// actions/plan/gather-pull-request.ts
async function gatherPullRequest(event, room) {
  const { client, environment, inputs } = room;
  const { repository } = environment;
  const pull = await readPullRequest(client, repository, event.number);
  const writers = await readWriters(client, repository, listDeciders(event, pull));
  const approval = decideApproval(event, pull, writers);
  if (approval.kind === "ignored") return approval;
  const change = await readChange(client, repository, pull);
  const files = await readFiles(room, pull, change, approval);
  return {
    kind: "request",
    facts: {
      repository: { owner: repository.owner, name: repository.repo },
      trigger: event.kind,
      pullRequest: pull.number,
      baseSha: change.mergeBase,
      headSha: pull.headSha,
      approvedBy: approval.kind === "granted" ? approval.approvedBy : null,
      missingApproval: approval.kind === "missing" ? approval.sentence : null,
      hosts: inputs.hosts,
      topology: inputs.inventory === null ? "embedded" : "inventory",
      mostComparisons: inputs.mostComparisons,
      longestMinutes: inputs.longestMinutes
    },
    ...files
  };
}
async function readFiles(room, pull, change, approval) {
  const { inputs } = room;
  const tuning = change.files.filter((path) => countsAsTuning(inputs.paths, path));
  const nothing = { orders: [], problems: [], notes: [], hasTuningFiles: false };
  const noPlan = { name: inputs.plan, plan: null, text: "", source: "default-branch" };
  if (tuning.length === 0 && change.isComplete) return { plan: noPlan, findings: nothing };
  const commits = { base: change.mergeBase, head: pull.headSha, tip: pull.baseSha };
  const deployments = approval.kind === "granted" ? approval.deployments : null;
  try {
    const { found, problems } = await readPlan(room, commits, change, deployments);
    const profiles = await readProfiles(room, commits, change);
    return { plan: found, findings: joinFindings(problems, profiles, tuning, commits) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { plan: noPlan, findings: { ...nothing, hasTuningFiles: true, problems: [messageOf(error)] } };
  }
}
async function readPlan({ reader, inputs }, { base, head, tip }, change, deployments) {
  const list2 = (commit) => listTuningFolder(reader, commit, inputs.plansFolder);
  const folders = { base: await list2(base), head: await list2(head), tip: await list2(tip) };
  requireAgreement(folders.base, folders.head, change);
  const { found, problems } = await findPlan(reader, folders, { name: inputs.plan, deployments });
  const others = await checkChangedPlans(reader, folders, inputs.plan);
  return { found, problems: [...problems, ...others, ...listMisnamed(folders.base, folders.head)] };
}
async function readProfiles({ reader, inputs }, { base, head, tip }, change) {
  const { profilesFolder, paths, hostPaths } = inputs;
  const [before, after] = [
    await listTuningFolder(reader, base, profilesFolder),
    await listTuningFolder(reader, head, profilesFolder)
  ];
  requireAgreement(before, after, change);
  const changes = await findProfileChanges(
    toProfileFiles(reader, before),
    toProfileFiles(reader, after),
    (name2) => countsAsTuning(paths, `${profilesFolder}/${name2}.yaml`)
  );
  const untrusted = await refuseUntrustedPaths(
    changes.changes,
    hostPaths,
    async () => toProfileFiles(reader, await listTuningFolder(reader, tip, profilesFolder))
  );
  return { ...changes, problems: [...changes.problems, ...listMisnamed(before, after), ...untrusted] };
}
function joinFindings(planProblems, profiles, tuning, { base, head }) {
  const kernels = tuning.filter((path) => path.endsWith(".config"));
  return {
    orders: profiles.changes.map(({ ownFile: _, ...change }) => ({
      ...change,
      revisions: { baseline: base, candidate: head }
    })),
    problems: [...planProblems, ...profiles.problems],
    notes: [
      ...kernels.map((path) => `Not measured: ${path}, as nothing builds kernels from fragments yet.`),
      ...profiles.notes
    ],
    hasTuningFiles: true
  };
}
function countsAsTuning(patterns, path) {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}

// actions/plan/outputs.ts
function listOutputs({ request, matrix, regime, estimatedMinutes }, place) {
  return [
    ["should-measure", String(request.shouldMeasure)],
    ["reason", request.reason ?? ""],
    ["message", ""],
    ["plan-directory", place.folder],
    ["artifact-name", place.artifactName],
    ["matrix", JSON.stringify(matrix)],
    ["pull-request", request.pullRequest === null ? "" : String(request.pullRequest)],
    ["base-sha", request.baseSha],
    ["head-sha", request.headSha],
    ["regime", regime],
    ["estimated-minutes", String(estimatedMinutes)]
  ];
}
function listIgnoredOutputs(sentence) {
  return [
    ["should-measure", "false"],
    ["reason", "ignored"],
    ["message", sentence.replace(new RegExp("\\p{Cc}", "gu"), "?").slice(0, 2e3)],
    ["plan-directory", ""],
    ["artifact-name", ""],
    ["matrix", JSON.stringify({ include: [] })],
    ["pull-request", ""],
    ["base-sha", ""],
    ["head-sha", ""],
    ["regime", ""],
    ["estimated-minutes", "0"]
  ];
}

// src/history/plan-knowledge.ts
function expectFromNights(recorded, planned) {
  const { hosts, comparison, cellIds, deployments } = planned;
  const changes = buildTracks(recorded.nights).filter((track) => hosts.includes(track.host) && track.comparison === comparison).flatMap((track) => expectDetectableChange(lastStretch(track).nights, cellIds, deployments) ?? []);
  return changes.length === 0 ? null : Math.max(...changes);
}
function noteStalls({ places }, options) {
  return findStalls(places, options).map(({ sentence }) => sentence);
}

// actions/plan/read-knowledge.ts
async function readKnowledge({ client, environment, inputs }, now) {
  const { hosts, historyBranch: branch } = inputs;
  const store = createBranchStore({ github: client, repository: environment.repository, branch });
  try {
    const recorded = await readNights(store, {
      limit: nightsToLearnFrom,
      isWanted: ({ host: host2 }) => hosts.includes(host2)
    });
    return {
      expectChange: (planned) => expectFromNights(recorded, { hosts, ...planned }),
      notes: [...noteStalls(recorded, { now }), ...recorded.warnings]
    };
  } catch (thrown) {
    return { expectChange: () => null, notes: [`The history on ${branch} could not be read: ${messageOf(thrown)}`] };
  }
}

// actions/plan/write-plan-directory.ts
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
async function writePlanDirectory(temporary, { files }) {
  const folder2 = await mkdtemp(join(temporary, "tunegate-plan-"));
  for (const [path, text] of files) {
    const file = join(folder2, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  }
  return folder2;
}

// actions/plan/run.ts
async function runPlan(inputs, dependencies) {
  const { client, environment, setOutput: setOutput2, upload, log, now } = dependencies;
  const room = { client, environment, inputs, reader: createFileReader(client, environment.repository) };
  const gathered = await gather(room);
  if (gathered.kind === "ignored") {
    printPlainly(`Nothing to do: ${gathered.sentence}`, log);
    for (const [name2, value] of listIgnoredOutputs(gathered.sentence)) setOutput2(name2, value);
    return;
  }
  const knowledge = await readKnowledge(room, now?.() ?? /* @__PURE__ */ new Date());
  const findings = { ...gathered.findings, notes: [...gathered.findings.notes, ...knowledge.notes] };
  const directory = buildPlanDirectory(gathered.facts, gathered.plan, findings, knowledge.expectChange);
  const folder2 = await writePlanDirectory(environment.temporaryFolder, directory);
  const artifactName = buildPlanArtifactName(environment.attempt);
  await upload(artifactName, folder2);
  printPlainly(describe(directory.request), log);
  for (const [name2, value] of listOutputs(directory, { folder: folder2, artifactName })) setOutput2(name2, value);
}
async function gather(room) {
  const event = await readEvent(room.environment);
  switch (event.kind) {
    case "pull-request":
    case "label":
    case "comment":
      return gatherPullRequest(event, room);
    case "schedule":
    case "manual":
      return gatherBranch(event.kind, room);
    case "push":
      return { kind: "ignored", sentence: "A push to a branch asks for no measurement." };
    case "other":
      return { kind: "ignored", sentence: event.sentence };
  }
}
function describe(request) {
  const { comparisons, shouldMeasure, reason, notes } = request;
  return [
    shouldMeasure ? `To be measured on ${request.hosts.join(", ")}:` : `Nothing is measured (${reason}).`,
    ...comparisons.map(
      ({ name: name2, change, cells, estimatedSeconds }) => `- ${name2} (${change}): ${cells} cells, about ${Math.ceil(estimatedSeconds / 60)} minutes`
    ),
    ...[...notes, ...comparisons.flatMap((comparison) => comparison.notes)].map((note) => `Note: ${note}`)
  ].join("\n");
}

// actions/plan/start.ts
async function startPlan() {
  const environment = parseEnvironment(process.env);
  const inputs = readInputs(getInput);
  const client = createClient(inputs.token, { apiUrl: environment.apiUrl });
  await runPlan(inputs, { client, environment, setOutput, upload: uploadFolder });
}
export {
  startPlan
};
