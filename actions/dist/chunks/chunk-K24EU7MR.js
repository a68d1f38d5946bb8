import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  computeKnownErrorShift,
  computeMedian,
  findPoint,
  listSpreads,
  meanLog
} from "./chunk-OD3JG4E4.js";

// src/history/learn.ts
var nightsToLearnFrom = 60;
var fewestDegrees = 10;
var power = 0.8;
var familyLevel = 0.05;
function learnHistory(nights) {
  const history = {};
  for (const [id, cells] of groupCells(nights.slice(-nightsToLearnFrom))) {
    const deviations = cells.flatMap(({ cell }) => [cell.baseline, cell.candidate].flatMap(listDeviations));
    const centre = computeMedian(cells.map(({ cell }) => meanLog(cell.baseline.medians)));
    const deployments = deviations.map((deviation) => Math.exp(centre + deviation));
    const ratios = cells.flatMap(({ cell, night }) => isSameTwice(night) && cell.ratio !== null ? [cell.ratio] : []);
    const spreads = cells.flatMap(({ cell }) => [cell.baseline, cell.candidate].flatMap(listSpreads));
    history[id] = { deployments, ratios, spreads };
  }
  return history;
}
function expectDetectableChange(nights, cellIds, deployments) {
  const changes = listDetectableChanges(nights, cellIds, deployments);
  return changes.size === 0 ? null : computeMedian([...changes.values()]);
}
function listDetectableChanges(nights, cellIds, deployments) {
  const changes = /* @__PURE__ */ new Map();
  const degreesOfFreedom = 2 * (deployments - 1);
  if (degreesOfFreedom < 1 || cellIds.length === 0) return changes;
  const level = familyLevel / cellIds.length;
  const known = groupCells(nights.slice(-nightsToLearnFrom));
  for (const id of cellIds) {
    const sigma = pool((known.get(id) ?? []).flatMap(({ cell }) => [cell.baseline, cell.candidate]));
    if (sigma === null || sigma === 0) continue;
    const standardError = sigma * Math.sqrt(2 / deployments);
    changes.set(id, Math.expm1(computeKnownErrorShift({ standardError, degreesOfFreedom, level, power })));
  }
  return changes;
}
function pool(sides) {
  const groups = sides.map(({ medians }) => medians).filter((medians) => medians.length > 1);
  const degrees = groups.reduce((sum, medians) => sum + medians.length - 1, 0);
  if (degrees < fewestDegrees) return null;
  const squares = groups.reduce((sum, medians) => {
    const centre = meanLog(medians);
    return sum + medians.reduce((inner, median) => inner + (Math.log(median) - centre) ** 2, 0);
  }, 0);
  return Math.sqrt(squares / degrees);
}
function listDeviations({ medians }) {
  if (medians.length < 2) return [];
  const centre = meanLog(medians);
  const enlarge = Math.sqrt(medians.length / (medians.length - 1));
  return medians.map((median) => (Math.log(median) - centre) * enlarge);
}
function groupCells(nights) {
  const entries = nights.flatMap(
    (night) => night.cells.filter((cell) => findPoint(night, cell, "effect") !== null).map((cell) => ({ cell, night }))
  );
  return Map.groupBy(entries, ({ cell }) => cell.id);
}
function isSameTwice({ baseline, candidate }) {
  return baseline.sha256 === candidate.sha256;
}

export {
  nightsToLearnFrom,
  learnHistory,
  expectDetectableChange,
  isSameTwice
};
