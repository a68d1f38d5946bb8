import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  listCombinations
} from "./chunk-BSRRZUOE.js";
import {
  isRefusal,
  parseAnswer,
  statusOf,
  verdicts
} from "./chunk-RNIQMBIK.js";
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
} from "./chunk-5RZY2RT7.js";

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
async function readNights(store, { limit = mostNights, isWanted = () => true } = {}) {
  const files = await store.list(nightsFolder);
  const warnings = [];
  const found = files.flatMap((file) => {
    const place = readNightPath(file.path);
    if (place === null) warnings.push(`${file.path} is skipped: its name is not that of a night.`);
    return place === null ? [] : [{ file, place }];
  });
  const groups = Map.groupBy(
    found.filter(({ place }) => isWanted(place)),
    ({ place }) => placeKey(place)
  );
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
  return interpolate(places, rows, inverse);
}
function interpolateLevel(row, level) {
  return interpolate(
    cells.map((count) => -Math.log(count)),
    row,
    Math.log(level / 0.05)
  );
}
function interpolate(places, values, at) {
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

// src/statistics/quantile.ts
function sortAscending(values) {
  if (values.length === 0) throw new RangeError("expected at least one number, found none");
  const sorted = new Float64Array(values).sort();
  if (Number.isFinite(sorted[0]) && Number.isFinite(sorted.at(-1))) return sorted;
  throw new RangeError(`expected finite numbers, found ${[...values].find((value) => !Number.isFinite(value))}`);
}
function computeQuantile(values, probability) {
  return interpolate2(sortAscending(values), probability);
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
  return interpolate2(Float64Array.of(low, high), 0.5);
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
  const at = (probability) => interpolate2(sorted, probability);
  return { minimum: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), maximum: at(1) };
}
function interpolate2(sorted, probability) {
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
  return stretches.at(-1) ?? { nights: [], changes: [], environment: {} };
}
function cutStretches(nights) {
  const stretches = [];
  for (const night of nights) {
    const last = stretches.at(-1);
    const before = last?.nights.at(-1);
    const changes = last === void 0 || before === void 0 ? [] : listChanges({ ...before, environment: last.environment }, night);
    if (last === void 0 || changes.length > 0) {
      stretches.push({ nights: [night], changes, environment: night.environment });
    } else {
      last.nights.push(night);
      last.environment = { ...last.environment, ...night.environment };
    }
  }
  return stretches;
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

export {
  appliesParameter,
  fewestDeploymentsForVerdict,
  resolvePlan,
  nightSchema,
  placeKey,
  addNight,
  listNights,
  readNights,
  createBranchStore,
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
  seriesKinds,
  findPoint,
  listSpreads,
  worseSign,
  meanLog,
  hasSucceeded,
  hasMeasured,
  collectSides,
  placementKey,
  factScopes,
  compareEnvironments,
  formatFact,
  collectNightEnvironment,
  listChanges,
  buildTracks,
  sortNights,
  lastStretch
};
