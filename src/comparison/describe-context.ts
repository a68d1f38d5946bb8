import { computeMedian } from '../statistics/quantile.ts';
import { attachments, guestKinds } from '../vocabulary.ts';
import type { Context } from './comparison.schema.ts';
import type { DeploymentData } from './deployment-data.ts';
import { factScopes, formatFact } from './environment-difference.ts';
import { hasMeasured } from './group-tries.ts';
import type { SideData, SidePair } from './side-data.ts';

/** Of two runs, the status of the one that came less far. */
const statusesFromWorst: readonly Context['status'][] = ['killed', 'interrupted', 'partial', 'complete'];

/** What was compared. Of two runs the plan is the first's; `listRunWarnings` says where the second's differs. */
export function describeContext(sides: SidePair): Context {
  const { baseline, candidate, interleaved } = sides;
  const runs = interleaved ? [baseline.run] : [baseline.run, candidate.run];
  const deployments = [...baseline.deployments, ...candidate.deployments];
  return {
    runs: runs.map(({ header }) => header.id),
    plan: baseline.run.header.plan,
    topology: baseline.run.header.topology,
    baseline: nameSide(baseline),
    candidate: nameSide(candidate),
    interleaved,
    ...(baseline.run.header.plan.regime === 'boot'
      ? { boots: { baseline: countBoots(baseline), candidate: countBoots(candidate) } }
      : {}),
    status:
      statusesFromWorst.find((status) => runs.some(({ end }) => (end?.status ?? 'killed') === status)) ?? 'killed',
    versions: mergeVersions(baseline.run.header.versions, candidate.run.header.versions),
    facts: listCommonFacts(deployments),
    load: summarizeLoad(deployments),
    readySeconds: summarizeReadySeconds(deployments),
  };
}

function nameSide({ side, run }: SideData): Context['baseline'] {
  const { profile, sha256, revision } = run.header[side];
  return { profile, sha256, revision };
}

function countBoots({ deployments }: SideData): number {
  return new Set(deployments.filter(hasMeasured).map(({ line }) => line.bootId)).size;
}

/** Versions that differ between two runs are both shown, baseline first. */
function mergeVersions(baseline: Context['versions'], candidate: Context['versions']): Context['versions'] {
  const names = [...new Set([...Object.keys(baseline), ...Object.keys(candidate)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [left = 'absent', right = 'absent'] = [baseline[name], candidate[name]];
      return [name, left === right ? left : `${left} / ${right}`];
    }),
  );
}

/** Facts with one value wherever they were read; a kind of guest that does not have the fact does not count. */
function listCommonFacts(deployments: readonly DeploymentData[]): Context['facts'] {
  const values = new Map<string, Set<string>>();
  for (const { line } of deployments) {
    for (const scope of factScopes) {
      for (const [key, value] of Object.entries(line.facts?.[scope] ?? {})) {
        const name = `${scope}.${key}`;
        values.set(name, (values.get(name) ?? new Set()).add(formatFact(value)));
      }
    }
  }
  const common = [...values].filter(([, found]) => found.size === 1).map(([name, found]) => [name, [...found].join()]);
  return Object.fromEntries(common.sort(([left = ''], [right = '']) => (left < right ? -1 : 1)));
}

function summarizeLoad(deployments: readonly DeploymentData[]): Context['load'] {
  const loads = deployments
    .flatMap(({ samples }) => samples)
    .filter(({ phase }) => phase === 'measure')
    .map(({ diagnostics }) => diagnostics['load.1m'])
    .filter((load) => typeof load === 'number');
  return loads.length === 0 ? null : { median: computeMedian(loads), maximum: loads.reduce((a, b) => Math.max(a, b)) };
}

function summarizeReadySeconds(deployments: readonly DeploymentData[]): Context['readySeconds'] {
  return guestKinds.flatMap((guest) =>
    attachments.flatMap((attachment) => {
      const seconds = deployments
        .filter(({ line }) => line.guest === guest && line.attachment === attachment)
        .flatMap(({ line }) => (line.readySeconds === null ? [] : [line.readySeconds]));
      return seconds.length === 0 ? [] : [{ guest, attachment, median: computeMedian(seconds) }];
    }),
  );
}
