import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  printPlainly
} from "./chunk-MTKFNDVM.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/github/action-entry.ts
async function runAction(body, log) {
  try {
    await body();
  } catch (error) {
    const { setFailed } = log ?? await import("./core-KPVMETJN.js");
    setFailed(oneLine(error));
    printStack(error);
  }
}
async function runPost(steps, log) {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      const { warning } = log ?? await import("./core-KPVMETJN.js");
      warning(oneLine(error));
      printStack(error);
    }
  }
}
function oneLine(thrown) {
  const text = messageOf(thrown).replace(/\s*\n\s*/g, " / ").trim();
  return text === "" ? "the action failed without a word" : text;
}
function printStack(thrown) {
  if (thrown instanceof ConfigurationError || !(thrown instanceof Error)) return;
  printPlainly(thrown.stack ?? thrown.message);
}

export {
  runAction,
  runPost
};
