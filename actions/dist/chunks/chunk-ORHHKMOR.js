import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// src/github/artifact-names.ts
function buildRunArtifactName({ host, comparison }, attempt) {
  return `tunegate-run-${host}-${comparison}-${attempt}`;
}
function buildPlanArtifactName(attempt) {
  return `tunegate-plan-${attempt}`;
}
function buildReportArtifactName(attempt) {
  return `tunegate-report-${attempt}`;
}

export {
  buildRunArtifactName,
  buildPlanArtifactName,
  buildReportArtifactName
};
