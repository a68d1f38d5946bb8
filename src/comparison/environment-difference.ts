import type { Facts } from '../results/journal.schema.ts';
import type { EnvironmentDifference } from './comparison.schema.ts';
import type { DeploymentData } from './deployment-data.ts';
import { placementKey, type SidePair } from './side-data.ts';

export const factScopes = ['host', 'guest', 'client'] as const;

/** What the sides differ in, apart from the figures. */
export interface Environment {
  /** By scope and key, each once. */
  readonly differences: readonly EnvironmentDifference[];
  /** Placement (see `placementKey`) to its undeclared differences that make its cells invalid. */
  readonly invalidating: ReadonlyMap<string, readonly EnvironmentDifference[]>;
}

/** Facts of which a difference between the sides explains away any difference of the figures. */
const decisiveFact = /^kernel(\.|$)|congestion|(^|\.)(qdisc|mtu|offload|governor|mitigation)/;

export function isDecisiveFact(key: string): boolean {
  return decisiveFact.test(key);
}

/**
 * Compares the sets of values that each fact took on the two sides, guest and attachment by guest and attachment:
 * kinds of guests have different facts, and one kind may be missing on a side.
 *
 * @param declared facts, as `scope.key`, that the treatment is known to change; `.*` at the end stands for all below
 */
export function compareEnvironments(sides: SidePair, declared: ReadonlySet<string>): Environment {
  const byPlacement = Map.groupBy(
    [...sides.baseline.deployments, ...sides.candidate.deployments].filter(({ line }) => line.facts !== null),
    ({ line }) => placementKey(line),
  );
  const found = [...byPlacement].map(([placement, deployments]) => {
    const ofSide = (side: string) => deployments.filter(({ line }) => line.side === side);
    return { placement, differences: compareFacts(ofSide('baseline'), ofSide('candidate'), declared) };
  });
  return {
    differences: mergeDifferences(found.flatMap(({ differences }) => differences)),
    invalidating: new Map(
      found.map(({ placement, differences }) => [
        placement,
        differences.filter(({ declared, key }) => !declared && isDecisiveFact(key)).map(showValues),
      ]),
    ),
  };
}

/** A fact as text; null is what the machine does not say. */
export function formatFact(value: Facts[string] | undefined): string {
  if (value === undefined) return 'absent';
  return value === null ? 'unknown' : String(value);
}

interface FactDifference extends Omit<EnvironmentDifference, 'baseline' | 'candidate'> {
  readonly baseline: ReadonlySet<string>;
  readonly candidate: ReadonlySet<string>;
}

function compareFacts(
  baseline: readonly DeploymentData[],
  candidate: readonly DeploymentData[],
  declared: ReadonlySet<string>,
): FactDifference[] {
  if (baseline.length === 0 || candidate.length === 0) return [];
  return factScopes.flatMap((scope) => {
    const facts = (deployments: readonly DeploymentData[]) => deployments.map(({ line }) => line.facts?.[scope] ?? {});
    const [left, right] = [facts(baseline), facts(candidate)];
    const keys = [...new Set([...left, ...right].flatMap((entry) => Object.keys(entry)))];
    const values = (side: readonly Facts[], key: string) => new Set(side.map((entry) => formatFact(entry[key])));
    return keys
      .map((key) => ({ scope, key, baseline: values(left, key), candidate: values(right, key) }))
      .filter((difference) => !isSameSet(difference.baseline, difference.candidate))
      .map((difference) => ({ ...difference, declared: isDeclared(`${scope}.${difference.key}`, declared) }));
  });
}

function isDeclared(fact: string, declared: ReadonlySet<string>): boolean {
  if (declared.has(fact)) return true;
  return [...declared].some((entry) => entry.endsWith('.*') && fact.startsWith(entry.slice(0, -1)));
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((value) => right.has(value));
}

/** The same fact of several placements becomes one entry with all its values. */
function mergeDifferences(differences: readonly FactDifference[]): EnvironmentDifference[] {
  const merged = new Map<string, FactDifference>();
  for (const difference of differences) {
    const id = `${difference.scope}.${difference.key}`;
    const known = merged.get(id) ?? difference;
    merged.set(id, {
      ...difference,
      baseline: new Set([...known.baseline, ...difference.baseline]),
      candidate: new Set([...known.candidate, ...difference.candidate]),
    });
  }
  return [...merged.values()].map(showValues).sort(compareFactNames);
}

function showValues(difference: FactDifference): EnvironmentDifference {
  const show = (values: ReadonlySet<string>) => [...values].sort().join(', ');
  return { ...difference, baseline: show(difference.baseline), candidate: show(difference.candidate) };
}

function compareFactNames(left: EnvironmentDifference, right: EnvironmentDifference): number {
  const order = factScopes.indexOf(left.scope) - factScopes.indexOf(right.scope);
  return order !== 0 ? order : left.key < right.key ? -1 : 1;
}
