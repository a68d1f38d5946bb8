import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  findHead,
  judgeJobs,
  writeCheckRun
} from "./chunk-BBICQKYD.js";
import "./chunk-ZBHUR4UF.js";
import "./chunk-RNIQMBIK.js";
import {
  escapeMarkdown,
  stripControls
} from "./chunk-6EBT53JP.js";
import "./chunk-EB5MUFAI.js";
import "./chunk-4P3W6BXG.js";
import "./chunk-E4HQEAUX.js";
import "./chunk-QDEKYFEH.js";
import "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// actions/gate/run.ts
async function runGate({ needs, headSha }, world) {
  const decision = judgeJobs(needs);
  const sentence = stripControls(decision.sentence);
  world.setOutput("conclusion", decision.conclusion);
  world.setOutput("sentence", sentence);
  if (decision.conclusion === "failure") world.setFailed(sentence);
  else world.info(sentence);
  await conclude(decision, findGivenHead(needs, headSha), world);
}
function findGivenHead(needs, headSha) {
  const planned = Object.hasOwn(needs, "plan") ? needs.plan?.outputs["head-sha"] : void 0;
  return headSha ?? (/^[0-9a-f]{40}$/.test(planned ?? "") ? planned ?? null : null);
}
async function conclude(decision, given, world) {
  const { github, environment, event } = world;
  const { repository, runId, attempt, serverUrl } = environment;
  const headSha = await findHead(github, repository, { given, event });
  if (headSha === null) {
    world.info("The event is about no pull request, so there is no check to conclude.");
    return;
  }
  const outcome = await writeCheckRun({
    github,
    repository,
    headSha,
    run: { runId: String(runId), attempt },
    detailsUrl: `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`,
    conclusion: decision.conclusion,
    describe: (before) => describeConclusion(decision, before)
  });
  if (outcome.kind === "refused") world.warning(outcome.reason);
}
function describeConclusion({ title, sentence }, before) {
  const said = escapeMarkdown(stripControls(sentence));
  return {
    title: stripControls(title),
    summary: before === null || before.summary === "" ? said : `${said}

${before.summary}`
  };
}
export {
  runGate
};
