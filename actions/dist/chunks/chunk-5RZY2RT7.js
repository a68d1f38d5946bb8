import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// src/errors.ts
var ConfigurationError = class extends Error {
  name = "ConfigurationError";
};
var MeasurementError = class extends Error {
  name = "MeasurementError";
};
var InterruptionError = class extends Error {
  name = "InterruptionError";
  constructor(signalName) {
    super(`interrupted by ${signalName}`);
  }
};
var CommandError = class extends Error {
  name = "CommandError";
  failure;
  constructor(failure, options) {
    super(describeFailure(failure), options);
    this.failure = failure;
  }
};
function describeFailure(failure) {
  const ending = failure.connectionLost ? "was cut off, the connection to the machine is lost" : failure.timedOut ? "ran into its deadline" : failure.signal !== null ? `was ended by ${failure.signal}` : failure.exitCode === null ? "could not be started" : `ended with exit code ${failure.exitCode}`;
  const said = lastLines(failure.stderr.trim() === "" ? failure.stdout : failure.stderr, 3);
  return `\`${[failure.program, ...failure.args].map(shortenScript).join(" ")}\` on ${failure.machine} ${ending}${said === "" ? "" : `: ${said}`}`;
}
function shortenScript(word) {
  return word.split("\n").length > 3 ? "..." : word;
}
function lastLines(text, count) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "").slice(-count).join(" / ");
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
function hasCode(thrown, code) {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}

export {
  ConfigurationError,
  MeasurementError,
  InterruptionError,
  CommandError,
  messageOf,
  hasCode
};
