import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  journalLineSchema
} from "./chunk-4P3W6BXG.js";
import {
  describeFound,
  describeIssue
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/results/read-journal.ts
import { readFile } from "node:fs/promises";

// src/results/whole-lines.ts
function parseLine(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}

// src/results/read-journal.ts
var journalSchemaName = "tunegate.run/1";
var schemaByKind = new Map(journalLineSchema.options.map((schema) => [schema.shape.kind.value, schema]));
async function readRun(folder) {
  const file = `${folder.replace(/\/+$/, "")}/run.jsonl`;
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch (thrown) {
    throw new ConfigurationError(
      `${folder} is no run folder: ${file} cannot be read (${messageOf(thrown).split(",")[0]}); a folder with the run.jsonl of \`tunegate measure\` is accepted`,
      { cause: thrown }
    );
  }
  return parseJournal(text, file);
}
function parseJournal(text, name) {
  const warnings = [];
  const lines = readLines(text, name, warnings);
  const [first, ...rest] = lines;
  if (first === void 0 || first.line.kind !== "run") {
    const found = first === void 0 ? "no complete line" : `a line of kind "${first.line.kind}"`;
    throw new ConfigurationError(`${name}:1: a journal begins with a line of kind "run", found ${found}`);
  }
  return { ...sortLines(first.line, rest, name), warnings };
}
function readLines(text, name, warnings) {
  const pieces = text.split("\n");
  const remainder = pieces.pop() ?? "";
  if (remainder !== "") pieces.push(remainder);
  return pieces.flatMap((piece, index) => {
    const number = index + 1;
    const isLast = number === pieces.length;
    const data = parseLine(piece);
    if (data === void 0 && isLast) {
      warnings.push(`${name}:${number}: the last line was half written and is left out.`);
      return [];
    }
    if (isLast && remainder !== "")
      warnings.push(`${name}:${number}: the last line has no newline; it is complete and counts.`);
    if (data === void 0)
      throw new ConfigurationError(`${name}:${number}: expected one JSON object, found ${describeFound(piece)}`);
    return [{ number, line: checkLine(data, `${name}:${number}`) }];
  });
}
function checkLine(data, place) {
  const kind = typeof data === "object" && data !== null ? Reflect.get(data, "kind") : void 0;
  const schema = schemaByKind.get(String(kind));
  if (schema === void 0) {
    const kinds = [...schemaByKind.keys()].join(", ");
    throw new ConfigurationError(`${place}: kind must be one of ${kinds}, found ${describeFound(kind)}`);
  }
  refuseOtherVersions(data, kind, place);
  const outcome = schema.safeParse(data);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const finding = issue === void 0 ? "the line does not fit its schema" : describeIssue(issue, schema, data);
  throw new ConfigurationError(`${place}: ${finding} (line of kind "${String(kind)}")`);
}
function refuseOtherVersions(data, kind, place) {
  const schema = kind === "run" ? Reflect.get(data, "schema") : journalSchemaName;
  if (schema === journalSchemaName) return;
  throw new ConfigurationError(`${place}: schema must be "${journalSchemaName}", found ${describeFound(schema)}`);
}
function sortLines(header, rest, name) {
  const known = /* @__PURE__ */ new Set();
  const run = {
    header,
    deployments: [],
    samples: [],
    deploymentEnds: [],
    resumedAfter: [],
    end: null
  };
  for (const { number, line } of rest) {
    const fail = (finding) => new ConfigurationError(`${name}:${number}: ${finding}`);
    const requireKnown = (deployment) => {
      if (!known.has(deployment))
        throw fail(`deployment must be one that an earlier line names, found "${deployment}"`);
    };
    switch (line.kind) {
      case "run":
        throw fail('a second line of kind "run", one is accepted');
      case "deployment":
        if (known.has(line.id)) throw fail(`deployment "${line.id}" appears twice, once is accepted`);
        known.add(line.id);
        run.deployments.push(line);
        break;
      case "sample":
        requireKnown(line.deployment);
        run.samples.push(line);
        break;
      case "deployment-end":
        requireKnown(line.id);
        run.deploymentEnds.push(line);
        break;
      case "resume":
        run.resumedAfter.push(run.deployments.length);
        run.end = null;
        break;
      case "run-end":
        if (run.end !== null) throw fail('a second line of kind "run-end", accepted only after one of kind "resume"');
        run.end = line;
        break;
    }
  }
  return run;
}

export {
  readRun
};
