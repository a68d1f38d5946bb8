import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  buildPlanArtifactName,
  buildRunArtifactName
} from "./chunk-ORHHKMOR.js";
import {
  MeasurementError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/github/artifacts.ts
import { readdir as readdir2 } from "node:fs/promises";
import { join as join2 } from "node:path";

// src/github/fetch-artifact.ts
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

// src/github/read-zip.ts
import { crc32, inflateRawSync } from "node:zlib";
var endSignature = 101010256;
var centralSignature = 33639248;
var localSignature = 67324752;
var endLength = 22;
var centralLength = 46;
var localLength = 30;
var longestComment = 65535;
var fileTypes = { mask: 61440, regular: 32768, folder: 16384 };
function listEntries(archive, limits) {
  const { count, start } = readEnd(archive);
  if (count > limits.entries) throw refuse(`it has ${count} entries, at most ${limits.entries} are accepted`);
  const entries = [];
  const names = /* @__PURE__ */ new Set();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readCentral(archive, at);
    at = next;
    if (entry === null) continue;
    if (names.has(entry.name)) throw refuse(`"${entry.name}" appears twice`);
    names.add(entry.name);
    entries.push(entry);
  }
  refuseLarge(entries, limits);
  return entries;
}
function readEntry(archive, entry) {
  const at = entry.offset;
  if (at + localLength > archive.length || archive.readUInt32LE(at) !== localSignature) {
    throw refuse(`"${entry.name}" is not where the archive says`);
  }
  const start = at + localLength + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const packed = archive.subarray(start, start + entry.compressedSize);
  const bytes = entry.method === 0 ? packed : inflate(packed, entry);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    throw refuse(`"${entry.name}" does not have the size and checksum that the archive says`);
  }
  return bytes;
}
function inflate(packed, entry) {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (thrown) {
    throw refuse(`"${entry.name}" cannot be unpacked to the ${entry.size} bytes it claims (${messageOf(thrown)})`);
  }
}
function readEnd(archive) {
  const lowest = Math.max(0, archive.length - endLength - longestComment);
  for (let at = archive.length - endLength; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) !== endSignature) continue;
    const count = archive.readUInt16LE(at + 10);
    const start = archive.readUInt32LE(at + 16);
    if (archive.readUInt16LE(at + 4) !== 0 || archive.readUInt16LE(at + 8) !== count || start === 4294967295) {
      throw refuse("it is in several parts or larger than 4 GiB");
    }
    return { count, start };
  }
  throw refuse("it is no ZIP archive, or not a whole one");
}
function readCentral(archive, at) {
  if (at + centralLength > archive.length || archive.readUInt32LE(at) !== centralSignature) {
    throw refuse("its list of files is damaged");
  }
  const nameEnd = at + centralLength + archive.readUInt16LE(at + 28);
  const name = archive.toString("utf8", at + centralLength, nameEnd);
  const next = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  const type = archive.readUInt32LE(at + 38) >>> 16 & fileTypes.mask;
  const path = checkPath(name);
  if ((archive.readUInt16LE(at + 8) & 1) !== 0) throw refuse(`"${path}" is encrypted`);
  if (path.endsWith("/") && (type === 0 || type === fileTypes.folder)) return { entry: null, next };
  if (type !== 0 && type !== fileTypes.regular) throw refuse(`"${path}" is a link or no regular file`);
  const method = archive.readUInt16LE(at + 10);
  if (method !== 0 && method !== 8) throw refuse(`"${path}" is packed in a way (${method}) that is not accepted`);
  const [crc, compressedSize, size] = [16, 20, 24].map((field) => archive.readUInt32LE(at + field));
  const offset = archive.readUInt32LE(at + 42);
  if (crc === void 0 || compressedSize === void 0 || size === void 0) throw refuse("it is damaged");
  return { entry: { name: path, size, compressedSize, method, crc, offset }, next };
}
function checkPath(name) {
  const path = name.replace(/^\//, "");
  const parts = path.replace(/\/$/, "").split("/");
  const harmless = parts.every((part) => /^[A-Za-z0-9_][A-Za-z0-9._@+-]*$/.test(part));
  if (harmless && path.length <= 255) return path;
  throw refuse(`it has the path ${JSON.stringify(name.slice(0, 80))}; letters, digits and ._@+- below it are accepted`);
}
function refuseLarge(entries, { entryBytes, totalBytes }) {
  const large = entries.find(({ size }) => size > entryBytes);
  if (large) throw refuse(`"${large.name}" has ${large.size} bytes, at most ${entryBytes} are accepted`);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > totalBytes) throw refuse(`it unpacks to ${total} bytes, at most ${totalBytes} are accepted`);
}
function refuse(finding) {
  return new MeasurementError(`the archive is refused: ${finding}`);
}

// src/github/fetch-artifact.ts
async function fetchArtifact(client, { id, name, size, digest }, folder, rule) {
  refuseSize(size, rule);
  await mkdir(folder, { recursive: true });
  const room = await mkdtemp(join(folder, "archive-"));
  try {
    const hash = digest === void 0 || digest === "" ? {} : { expectedHash: digest };
    const { digestMismatch } = await client.downloadArtifact(id, { path: room, skipDecompress: true, ...hash });
    if (digestMismatch) throw new MeasurementError("what was downloaded is not what was uploaded (SHA-256)");
    return await unpack(await readArchive(room, rule), await mkdtemp(join(folder, `${name}-`)), rule);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}
async function readArchive(room, rule) {
  const [file, ...others] = await readdir(room);
  if (file === void 0 || others.length > 0) throw new MeasurementError("the download is not one file");
  const found = await lstat(join(room, file));
  if (!found.isFile()) throw new MeasurementError("the download is no regular file");
  refuseSize(found.size, rule);
  return readFile(join(room, file));
}
function refuseSize(size, { archiveBytes }) {
  if (size <= archiveBytes) return;
  throw new MeasurementError(`the archive has ${size} bytes, at most ${archiveBytes} are accepted`);
}
async function unpack(archive, folder, { limits, wanted }) {
  for (const entry of listEntries(archive, limits)) {
    if (!wanted.test(entry.name)) continue;
    const path = join(folder, entry.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, readEntry(archive, entry), { flag: "wx" });
  }
  return folder;
}

// src/github/artifacts.ts
var mebibyte = 1024 * 1024;
var runRule = {
  archiveBytes: 64 * mebibyte,
  limits: { entries: 5e3, entryBytes: 64 * mebibyte, totalBytes: 256 * mebibyte },
  wanted: /^run\.jsonl$/
};
var planRule = {
  archiveBytes: 4 * mebibyte,
  limits: { entries: 1e3, entryBytes: mebibyte, totalBytes: 16 * mebibyte },
  wanted: /^(request\.json|[^/]+\/(plan|baseline|candidate)\.yaml)$/
};
var mostRuns = 256;
async function uploadFolder(name, folder) {
  const entries = await readdir2(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join2(entry.parentPath, entry.name));
  if (files.length === 0) throw new MeasurementError(`the artifact ${name} cannot be made: ${folder} has no files`);
  const { id, size } = await (await createArtifactClient()).uploadArtifact(name, files.sort(), folder);
  if (id === void 0) throw new MeasurementError(`the artifact ${name} was made, but has no id`);
  return { id, size: size ?? 0 };
}
async function downloadPlan(target) {
  const client = await createArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  return downloadNewest(client, artifacts, { ...target, rule: planRule, nameOf: buildPlanArtifactName });
}
async function downloadRuns(pairs, target) {
  const names = new Set(pairs.map((pair) => buildRunArtifactName(pair, target.attempt)));
  if (names.size !== pairs.length || pairs.length > mostRuns) {
    throw new MeasurementError(
      `${pairs.length} runs have ${names.size} names of artifacts; one name each and at most ${mostRuns} are accepted`
    );
  }
  const client = await createArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  const downloads = [];
  for (const pair of pairs) {
    const nameOf = (attempt) => buildRunArtifactName(pair, attempt);
    downloads.push({
      ...pair,
      download: await downloadNewest(client, artifacts, { ...target, rule: runRule, nameOf })
    });
  }
  return downloads;
}
async function downloadNewest(client, artifacts, { folder, attempt: newest, rule, nameOf }) {
  for (let attempt = newest; attempt >= 1; attempt -= 1) {
    const name = nameOf(attempt);
    const artifact = artifacts.find((candidate) => candidate.name === name);
    if (artifact === void 0) continue;
    try {
      return { kind: "found", folder: await fetchArtifact(client, artifact, folder, rule), attempt, id: artifact.id };
    } catch (thrown) {
      return { kind: "refused", reason: `artifact ${name}: ${messageOf(thrown)}` };
    }
  }
  return { kind: "missing" };
}
async function createArtifactClient() {
  const { DefaultArtifactClient } = await import("./artifact-ZC7WCHSS.js");
  return new DefaultArtifactClient();
}

export {
  uploadFolder,
  downloadPlan,
  downloadRuns
};
