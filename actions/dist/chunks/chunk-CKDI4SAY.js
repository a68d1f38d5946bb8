import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  formatFact
} from "./chunk-54FDMUUH.js";
import {
  isRefusal,
  parseAnswer,
  statusOf,
  verdicts
} from "./chunk-XV4VI7ZQ.js";
import {
  regimes,
  topologies
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  boolean,
  describeIssue,
  int,
  iso_exports,
  literal,
  number,
  object,
  record,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-6DYL3Q2G.js";

// src/history/night.schema.ts
var sha1 = string().regex(/^[0-9a-f]{40}$/);
var sha256 = string().regex(/^[0-9a-f]{64}$/);
var plainName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
var shortText = string().max(4096);
var positive = number().positive();
var nightSideSchema = strictObject({
  /** Median of the start's samples, in the metric's unit. */
  medians: array(positive).max(100),
  /** How many samples each start has. */
  samples: array(int().min(1)).max(100),
  /** Mean distance of the logarithms of the start's samples from their median; null for one sample. */
  spreads: array(number().min(0).nullable()).max(100)
});
var nightCellSchema = strictObject({
  /** `guest/attachment/test/metric`; the host is said by the night. */
  id: string().min(1).max(200),
  /** Only primary cells raise alarms. */
  role: _enum(["primary", "secondary"]),
  metric: strictObject({
    name: string().min(1).max(64),
    unit: string().min(1).max(16),
    better: _enum(["higher", "lower"])
  }),
  baseline: nightSideSchema,
  candidate: nightSideSchema,
  /** candidate / baseline of that night, from the comparison; null where it could not be computed. */
  ratio: positive.nullable(),
  /** Relative difference that does not matter; null for metrics without one. */
  margin: positive.nullable(),
  verdict: _enum(verdicts)
});
var profileSchema = strictObject({ profile: plainName, sha256, revision: sha1.nullable() });
var nightSchema = strictObject({
  schema: literal("tunegate.night/1"),
  /** Start of the run, RFC 3339 in UTC. */
  time: iso_exports.datetime(),
  /** Name of the host, which is also the label of its runner. */
  host: plainName,
  /** Name of the comparison in its request, usually that of the candidate's profile. */
  comparison: plainName,
  /** Of the workflow run, or of the journal where there was no workflow. */
  run: strictObject({ id: plainName, attempt: int().min(1) }),
  /** Commit of the repository that was measured; null when it is not known. */
  commit: sha1.nullable(),
  topology: _enum(topologies),
  /** What makes one night's figures as exact as another's. */
  design: strictObject({
    plan: plainName,
    regime: _enum(regimes),
    deployments: int().min(1),
    samples: int().min(1),
    seconds: int().min(1)
  }),
  status: _enum(["complete", "partial", "interrupted", "killed"]),
  baseline: profileSchema,
  candidate: profileSchema,
  /** What must be equal for two nights to be compared, `host.kernel.release` and the like; several values are joined. */
  environment: record(string().max(100), shortText),
  cells: array(nightCellSchema).max(1e3)
});

// src/history/night-file.ts
var nightsFolder = "nights";
var largestNight = 512 * 1024;
function placeKey({ host, comparison }) {
  return `${host}
${comparison}`;
}
var pathForm = /^nights\/\d{4}\/([A-Za-z0-9][\w.-]{0,63})\/([A-Za-z0-9][\w.-]{0,63})\/(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z-[\w.-]{1,80}\.json$/;
function nightPath({ time, host, comparison, run }) {
  const stamp = `${time.slice(0, 19).replaceAll(":", "")}Z`;
  return `${nightsFolder}/${time.slice(0, 4)}/${host}/${comparison}/${stamp}-${run.id}-${run.attempt}.json`;
}
function readNightPath(path) {
  const [, host, comparison, day, hour, minute, second] = pathForm.exec(path) ?? [];
  if (host === void 0 || comparison === void 0) return null;
  const time = `${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(time)) ? null : { path, host, comparison, time };
}
function renderNight(night) {
  return `${JSON.stringify(nightSchema.parse(night))}
`;
}
function parseNight(text, path) {
  if (text.length > largestNight) {
    return broken(`has ${text.length} characters, at most ${largestNight} are accepted`);
  }
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return broken("is no JSON");
  }
  const outcome = nightSchema.safeParse(data);
  if (!outcome.success) {
    const [issue] = outcome.error.issues;
    return broken(issue === void 0 ? "does not fit its schema" : describeIssue(issue, nightSchema, data));
  }
  const night = outcome.data;
  const uneven = night.cells.find(({ baseline, candidate }) => [baseline, candidate].some(isUneven));
  if (uneven !== void 0) return broken(`the lists of cell ${uneven.id} differ in length`);
  if (nightPath(night) !== path) return broken("holds a night that belongs elsewhere");
  return { kind: "night", night };
}
function isUneven({ medians, samples, spreads }) {
  return medians.length !== samples.length || medians.length !== spreads.length;
}
function broken(reason) {
  return { kind: "broken", reason };
}

// src/history/night-store.ts
var mostNights = 90;
var readers = 6;
function addNight(store, night) {
  return store.add(nightPath(night), renderNight(night));
}
async function listNights(store) {
  return (await store.list(nightsFolder)).flatMap(({ path }) => readNightPath(path) ?? []);
}
async function readNights(store, limit = mostNights) {
  const files = await store.list(nightsFolder);
  const warnings = [];
  const found = files.flatMap((file) => {
    const place = readNightPath(file.path);
    if (place === null) warnings.push(`${file.path} is skipped: its name is not that of a night.`);
    return place === null ? [] : [{ file, place }];
  });
  const groups = Map.groupBy(found, ({ place }) => placeKey(place));
  const wanted = [...groups.values()].flatMap(
    (group) => group.toSorted((left, right) => left.place.time < right.place.time ? -1 : 1).slice(-limit)
  );
  const nights = await readAll(
    wanted.map(({ file }) => file),
    warnings
  );
  return { nights, places: found.map(({ place }) => place), warnings: warnings.sort() };
}
async function readAll(files, warnings) {
  const nights = [];
  const queue = files.values();
  const read = async () => {
    for (const file of queue) {
      const parsed = await readNight(file);
      if (parsed.kind === "night") nights.push(parsed.night);
      else warnings.push(`${file.path} is skipped: it ${parsed.reason}.`);
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  return nights;
}
async function readNight(file) {
  let text;
  try {
    text = await file.read();
  } catch (thrown) {
    if (thrown instanceof UnreadableFile) return { kind: "broken", reason: thrown.message };
    throw thrown;
  }
  return parseNight(text, file.path);
}
var UnreadableFile = class extends Error {
  name = "UnreadableFile";
};
function decodeText(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile("is no text in UTF-8");
  }
}

// src/github/branch-files.ts
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
var mostTries = 8;
function createBranchStore(options) {
  return {
    list: (folder) => explainRefusal(options, () => listFiles(options, folder)),
    add: (path, text) => explainRefusal(options, () => addFile(options, path, text))
  };
}
var sha = string().regex(/^[0-9a-f]{40}$/);
var refSchema = object({ object: object({ type: literal("commit"), sha }) });
var commitSchema = object({ sha, tree: object({ sha }) });
var madeSchema = object({ sha });
var treeSchema = object({
  truncated: boolean(),
  tree: array(
    object({ path: string(), mode: string(), type: string(), sha, size: int().min(0).optional() })
  )
});
var blobSchema = object({ content: string(), encoding: literal("base64") });
async function addFile(options, path, text) {
  let blob = null;
  for (let tries = 1; ; tries += 1) {
    const head = await readHead(options);
    const there = head === null ? null : await findEntry(options, head.tree, path);
    if (there !== null) return requireSame(options, path, text, there);
    blob ??= await createBlob(options, text);
    if (await putOn(options, head, path, blob)) return "added";
    if (tries === mostTries) {
      throw new Error(`${path} could not be added to branch ${options.branch}: it was moved ${tries} times meanwhile`);
    }
    const { waitMilliseconds = 500 } = options;
    await sleep(waitMilliseconds * 2 ** (tries - 1) * Math.random());
  }
}
function requireSame({ branch }, path, text, there) {
  if (there.type === "blob" && there.sha === hashBlob(text)) return "present";
  throw new ConfigurationError(
    `${path} on branch ${branch} holds something else already; a night is written once and never changed`
  );
}
function hashBlob(text) {
  const bytes = Buffer.from(text);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
async function readHead({ github, repository, branch }) {
  let found;
  try {
    found = (await github.rest.git.getRef({ ...repository, ref: `heads/${branch}` })).data;
  } catch (thrown) {
    if (statusOf(thrown) === 404) return null;
    throw thrown;
  }
  const { object: object2 } = parseAnswer(refSchema, found, `branch ${branch}`);
  const { data } = await github.rest.git.getCommit({ ...repository, commit_sha: object2.sha });
  const commit = parseAnswer(commitSchema, data, `commit ${object2.sha}`);
  return { commit: commit.sha, tree: commit.tree.sha };
}
async function createBlob({ github, repository }, content) {
  const { data } = await github.rest.git.createBlob({ ...repository, content, encoding: "utf-8" });
  return parseAnswer(madeSchema, data, "the file that was written").sha;
}
async function putOn(options, head, path, blob) {
  const { github, repository, branch } = options;
  const tree = await github.rest.git.createTree({
    ...repository,
    ...head === null ? {} : { base_tree: head.tree },
    tree: [{ path, mode: "100644", type: "blob", sha: blob }]
  });
  const commit = await github.rest.git.createCommit({
    ...repository,
    message: `Add ${path}`,
    tree: parseAnswer(madeSchema, tree.data, "the tree that was written").sha,
    parents: head === null ? [] : [head.commit]
  });
  const made = parseAnswer(madeSchema, commit.data, "the commit that was written").sha;
  try {
    if (head === null) await github.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: made });
    else await github.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha: made, force: false });
    return true;
  } catch (thrown) {
    if (!mayHaveLost(thrown)) throw thrown;
    return false;
  }
}
function mayHaveLost(thrown) {
  const status = statusOf(thrown);
  return status === null || status === 409 || status === 422 || status >= 500;
}
async function readTree({ github, repository }, tree_sha, recursive) {
  const { data } = await github.rest.git.getTree({ ...repository, tree_sha, ...recursive ? { recursive: "1" } : {} });
  return parseAnswer(treeSchema, data, `tree ${tree_sha}`);
}
async function findEntry(options, root, path) {
  let folder = root;
  const names = path.split("/");
  for (const [index, name] of names.entries()) {
    const entry = (await readTree(options, folder, false)).tree.find((candidate) => candidate.path === name);
    if (entry === void 0) return null;
    if (index === names.length - 1) return entry;
    if (entry.type !== "tree") return entry;
    folder = entry.sha;
  }
  return null;
}
async function listFiles(options, folder) {
  const head = await readHead(options);
  const root = head === null ? null : await findEntry(options, head.tree, folder);
  if (root === null || root.type !== "tree") return [];
  return (await listBlobs(options, root.sha, `${folder}/`)).map((entry) => ({
    path: entry.path,
    read: () => readBlob(options, entry)
  }));
}
async function listBlobs(options, tree, prefix) {
  const whole = await readTree(options, tree, true);
  if (!whole.truncated) return whole.tree.filter(isFile).map((entry) => ({ ...entry, path: prefix + entry.path }));
  const { tree: entries } = await readTree(options, tree, false);
  const files = entries.filter(isFile).map((entry) => ({ ...entry, path: prefix + entry.path }));
  for (const entry of entries.filter(({ type }) => type === "tree")) {
    files.push(...await listBlobs(options, entry.sha, `${prefix}${entry.path}/`));
  }
  return files;
}
function isFile({ type, mode }) {
  return type === "blob" && mode.startsWith("100");
}
async function readBlob({ github, repository }, { path, sha: file_sha, size }) {
  if ((size ?? 0) > largestNight) {
    throw new UnreadableFile(`has ${size} bytes, at most ${largestNight} are accepted`);
  }
  const { data } = await github.rest.git.getBlob({ ...repository, file_sha });
  const { content } = parseAnswer(blobSchema, data, path);
  return decodeText(Buffer.from(content, "base64"));
}
async function explainRefusal({ branch, repository }, ask) {
  try {
    return await ask();
  } catch (thrown) {
    const where = `branch ${branch} of ${repository.owner}/${repository.repo}`;
    if (statusOf(thrown) === 409) {
      throw new ConfigurationError(
        `${where} cannot be used (${messageOf(thrown)}); a repository with at least one commit is accepted`,
        { cause: thrown }
      );
    }
    if (!isRefusal(thrown)) throw thrown;
    throw new ConfigurationError(
      `GitHub does not let this job use ${where} (${messageOf(thrown)}); the job needs \`permissions: contents: write\``,
      { cause: thrown }
    );
  }
}

// src/history/stalls.ts
var patience = 1.5;
var givenUpAfterDays = 30;
var daySeconds = 24 * 60 * 60;
function findStalls(places, { now, periodSeconds = daySeconds }) {
  const groups = Map.groupBy(places, placeKey);
  return [...groups.values()].flatMap((group) => {
    const last = group.reduce((latest, place) => place.time > latest.time ? place : latest);
    const ageSeconds = (now.getTime() - Date.parse(last.time)) / 1e3;
    if (ageSeconds <= patience * periodSeconds || ageSeconds > givenUpAfterDays * daySeconds) return [];
    const { host, comparison, time } = last;
    const sentence = `No night of ${comparison} on ${host} since ${time.slice(0, 16).replace("T", " ")} UTC, ${formatAge(ageSeconds)} ago; one was expected every ${formatAge(periodSeconds)}.`;
    return [{ host, comparison, lastTime: time, sentence }];
  });
}
function formatAge(seconds) {
  const hours = Math.round(seconds / 3600);
  return hours < 48 ? `${hours} ${hours === 1 ? "hour" : "hours"}` : `${Math.round(hours / 24)} days`;
}

// src/history/night-environment.ts
var machineFacts = [
  "kernel.release",
  "kernel.version",
  "kernel.cmdline",
  "cpu.model",
  "cpu.online",
  "cpu.governor",
  "cpu.smt",
  "cpu.clocksource"
];
var guestFacts = ["kernel.release", "kernel.version"];
var ownName = "tunegate";
function collectNightEnvironment(run) {
  const values = /* @__PURE__ */ new Map();
  const note = (key, value) => values.set(key, (values.get(key) ?? /* @__PURE__ */ new Set()).add(value));
  const noteFacts = (scope, facts, keys) => {
    for (const key of keys) if (facts[key] !== void 0) note(`${scope}.${key}`, formatFact(facts[key]));
  };
  for (const { guest, accelerator, facts } of run.deployments) {
    if (accelerator !== null) note(`${guest}.accelerator`, accelerator);
    if (facts === null) continue;
    noteFacts("host", facts.host, machineFacts);
    noteFacts("client", facts.client, machineFacts);
    noteFacts(guest, facts.guest, guestFacts);
  }
  for (const [name, version] of Object.entries(run.header.versions)) {
    if (name !== ownName) note(`version.${name}`, version);
  }
  const joined = [...values].map(([key, found]) => [key, [...found].sort().join(", ").slice(0, 4096)]);
  return Object.fromEntries(joined.sort(([left], [right]) => left < right ? -1 : 1));
}
function listChanges(before, after) {
  const pairs = [
    ["topology", before.topology, after.topology],
    ["plan", describeDesign(before), describeDesign(after)],
    ...["baseline", "candidate"].map(
      (side) => [`${side} profile`, describeProfile(before[side]), describeProfile(after[side])]
    ),
    ...Object.entries(after.environment).map(([key, value]) => [key, before.environment[key] ?? value, value])
  ];
  return pairs.filter(([, left, right]) => left !== right).map(([what, left, right]) => ({
    what,
    before: left,
    after: right
  }));
}
function describeDesign({ design }) {
  const { plan, regime, deployments, samples, seconds } = design;
  return `${plan}, ${deployments} x ${samples} x ${seconds} s, by ${regime}`;
}
function describeProfile({ profile, sha256: sha2562 }) {
  return `${profile} ${sha2562.slice(0, 12)}`;
}

// src/history/stretches.ts
function buildTracks(nights) {
  const groups = Map.groupBy(nights, placeKey);
  return [...groups].sort(([left], [right]) => left < right ? -1 : 1).flatMap(([, group]) => {
    const [first] = group;
    return first === void 0 ? [] : [{ host: first.host, comparison: first.comparison, stretches: cutStretches(sortNights(group)) }];
  });
}
function sortNights(nights) {
  return nights.toSorted((left, right) => Date.parse(left.time) - Date.parse(right.time));
}
function lastStretch({ stretches }) {
  return stretches.at(-1) ?? { nights: [], changes: [] };
}
function cutStretches(nights) {
  const stretches = [];
  let known;
  for (const night of nights) {
    const changes = known === void 0 ? [] : listChanges(known, night);
    const last = stretches.at(-1);
    if (last === void 0 || changes.length > 0) stretches.push({ nights: [night], changes });
    else last.nights.push(night);
    const remembered = changes.length > 0 ? {} : known?.environment;
    known = { ...night, environment: { ...remembered, ...night.environment } };
  }
  return stretches;
}

// src/history/series.ts
var seriesKinds = ["effect", "level"];
function findPoint(night, cell, kind) {
  if (cell.verdict === "invalid" || cell.ratio === null) return null;
  const fewest = Math.min(cell.baseline.medians.length, cell.candidate.medians.length);
  if (fewest === 0 || fewest < night.design.deployments / 2) return null;
  return { night, cell, value: kind === "effect" ? Math.log(cell.ratio) : meanLog(cell.candidate.medians) };
}
function listSpreads({ spreads }) {
  return spreads.filter((spread) => spread !== null);
}
function worseSign({ metric }) {
  return metric.better === "lower" ? 1 : -1;
}
function meanLog(values) {
  return values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
}

export {
  nightSchema,
  placeKey,
  addNight,
  listNights,
  readNights,
  createBranchStore,
  seriesKinds,
  findPoint,
  listSpreads,
  worseSign,
  meanLog,
  findStalls,
  collectNightEnvironment,
  buildTracks,
  lastStretch
};
