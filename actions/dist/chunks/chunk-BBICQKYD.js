import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  readPullRequest
} from "./chunk-ZBHUR4UF.js";
import {
  isRefusal,
  parseAnswer,
  verdicts
} from "./chunk-RNIQMBIK.js";
import {
  array,
  int,
  object,
  string
} from "./chunk-QDEKYFEH.js";
import {
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/github/check-run.ts
var checkRunName = "tunegate";
var longestSummary = 65535;
var longestTitle = 255;
var cutNote = "\n\nThe rest is left out, because GitHub takes no longer text here.\n";
var textSchema = string().nullish();
var checkRunSchema = object({
  id: int(),
  html_url: textSchema,
  external_id: textSchema,
  output: object({ title: textSchema, summary: textSchema }).nullish()
});
var checkRunsSchema = object({ check_runs: array(checkRunSchema) });
async function writeCheckRun(order) {
  try {
    const found = await listOwn(order);
    let last;
    if (found.length === 0) last = await createCheckRun(order);
    for (const checkRun of found) last = await updateCheckRun(order, checkRun);
    return { kind: "written", url: last?.html_url ?? null };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const needed = "the job needs `permissions: checks: write` and a token that is not that of a fork";
    return {
      kind: "refused",
      reason: `GitHub does not let this job write a check run (${messageOf(thrown)}); ${needed}`
    };
  }
}
async function listOwn({ github, repository, headSha, run }) {
  const { data } = await github.rest.checks.listForRef({
    ...repository,
    ref: headSha,
    check_name: checkRunName,
    // Newest first: more than a hundred later ones on one commit there are not.
    filter: "all",
    per_page: 100
  });
  const { check_runs: found } = parseAnswer(checkRunsSchema, data, `the check runs of commit ${headSha}`);
  return found.filter(({ external_id }) => external_id === buildExternalId(run));
}
function buildExternalId({ runId, attempt }) {
  return `tunegate/${runId}/${attempt}`;
}
async function createCheckRun(order) {
  const { github, repository, headSha, run } = order;
  const { data } = await github.rest.checks.create({
    ...repository,
    name: checkRunName,
    head_sha: headSha,
    external_id: buildExternalId(run),
    ...describeState(order, null)
  });
  return parseAnswer(checkRunSchema, data, "the check run that was made");
}
async function updateCheckRun(order, { id, output }) {
  const { github, repository } = order;
  const before = output?.title && output.summary ? { title: output.title, summary: output.summary } : null;
  const parameters = { ...repository, check_run_id: id };
  const { data } = await github.rest.checks.update({ ...parameters, ...describeState(order, before) });
  return parseAnswer(checkRunSchema, data, "the check run that was changed");
}
function describeState({ detailsUrl, conclusion, describe }, before) {
  const { title, summary } = describe(before);
  const state = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  return {
    details_url: detailsUrl,
    ...state,
    output: { title: title.slice(0, longestTitle), summary: cutSummary(summary) }
  };
}
function cutSummary(summary) {
  if (summary.length <= longestSummary) return summary;
  const cut = summary.slice(0, longestSummary - cutNote.length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf("\n"), 0))}${cutNote}`;
}

// src/github/find-head.ts
function numberOf(event) {
  return "number" in event ? event.number : null;
}
function headOf(event) {
  return "headSha" in event ? event.headSha : null;
}
async function findHead(github, repository, { given, event }) {
  const known = given ?? headOf(event);
  const number = numberOf(event);
  if (known !== null || number === null) return known;
  return (await readPullRequest(github, repository, number)).headSha;
}

// src/github/judge-jobs.ts
function judgeJobs(needs) {
  const job = (name) => Object.hasOwn(needs, name) ? needs[name] : void 0;
  const plan = job("plan");
  if (plan === void 0 || plan.result !== "success") return fail("plan", describeEnd(plan));
  const others = Object.keys(needs).filter((name) => !knownJobs.has(name));
  for (const name of others) if (job(name)?.result !== "success") return fail(name, describeEnd(job(name)));
  const measuring = plan.outputs["should-measure"];
  if (measuring === "true") return judgeMeasured(job);
  if (measuring === "false") return judgeUnmeasured(job, plan.outputs.reason ?? "");
  return fail("plan", "did not say whether there is something to measure");
}
var knownJobs = /* @__PURE__ */ new Set(["plan", "announce", "measure", "report"]);
function judgeMeasured(job) {
  const announce = job("announce");
  const report = job("report");
  const said = report?.result === "success" ? oneLine(report.outputs["gate-sentence"] ?? "") : "";
  if (announce !== void 0 && announce.result !== "success") return fail("announce", describeEnd(announce), said);
  for (const name of ["measure", "report"]) {
    const found = job(name);
    if (found?.result !== "success") return fail(name, describeEnd(found), said);
  }
  return judgeReport(report?.outputs ?? {}, said);
}
var passing = /* @__PURE__ */ new Set(["improved", "unchanged", "inconclusive"]);
function judgeReport(outputs, said) {
  if (said === "") return fail("report", "gave no reason for what it says");
  const verdict = outputs.verdict ?? "";
  const gate = outputs["gate-result"] ?? "";
  const known = verdicts.some((word) => word === verdict);
  if (known && gate === "neutral") return { conclusion: "neutral", title: describeVerdict(verdict), sentence: said };
  if (gate === "failure") {
    return { conclusion: "failure", title: known ? describeVerdict(verdict) : "No verdict", sentence: said };
  }
  if (gate === "success" && passing.has(verdict)) {
    return { conclusion: "success", title: describeVerdict(verdict), sentence: said };
  }
  return fail("report", "gave no verdict that lets the change pass", said);
}
function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
function describeVerdict(verdict) {
  return `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`;
}
var unmeasured = /* @__PURE__ */ new Map([
  [
    "no-tuning-files",
    {
      conclusion: "success",
      title: "Nothing to measure",
      sentence: "No tuning profile or plan is changed, so nothing was measured."
    }
  ],
  [
    "nothing-to-compare",
    {
      conclusion: "success",
      title: "Nothing to measure",
      sentence: "There are no two profiles to compare that differ in a parameter which the plan reaches, so nothing was measured."
    }
  ],
  [
    "needs-approval",
    {
      conclusion: "failure",
      title: "Waiting for approval",
      sentence: "Somebody with write permission has to comment `/tunegate run` with the full SHA of the head commit, or set the label `tunegate:run`."
    }
  ],
  [
    "invalid-files",
    {
      conclusion: "failure",
      title: "The tuning files are not valid",
      sentence: "A profile or plan is not valid, so nothing was measured; the errors are in the comment and in the log of the plan job."
    }
  ]
]);
function judgeUnmeasured(job, reason) {
  const decision = unmeasured.get(reason);
  if (decision === void 0) return fail("plan", "did not say why there is nothing to measure");
  const announce = job("announce");
  const mayBeIdle = { announce, report: job("report") };
  for (const [name, found] of Object.entries(mayBeIdle)) {
    const left = name === "announce" && found === void 0;
    if (!left && found?.result !== "success" && found?.result !== "skipped") return fail(name, describeEnd(found));
  }
  const measure = job("measure");
  if (measure?.result !== "skipped")
    return fail("measure", `${describeEnd(measure)}, though there was nothing to measure`);
  return decision;
}
function describeEnd(job) {
  switch (job?.result) {
    case void 0:
      return "is not among what the gate needs";
    case "":
      return "came to no result";
    case "success":
      return "succeeded";
    case "failure":
      return "failed";
    case "cancelled":
      return "was cancelled";
    case "skipped":
      return "was skipped";
  }
}
function fail(name, what, said = "") {
  const more = said === "" ? "" : ` The report says: ${said}`;
  return { conclusion: "failure", title: `The job ${name} ${what}`, sentence: `The job ${name} ${what}.${more}` };
}

export {
  writeCheckRun,
  numberOf,
  findHead,
  judgeJobs
};
