import { expectDetectableChange } from './learn.ts';
import type { RecordedNights } from './night-store.ts';
import { findStalls } from './stalls.ts';
import { buildTracks, lastStretch } from './stretches.ts';

export interface PlannedComparison {
  readonly hosts: readonly string[];
  /** As its nights are called. */
  readonly comparison: string;
  /** Primary cells. */
  readonly cellIds: readonly string[];
  /** Fresh starts a side. */
  readonly deployments: number;
}

/**
 * The relative change that a comparison is expected to find, from the nights of its hosts: the largest of theirs, since
 * a change has to be found on each. A profile that is being changed counts with the nights it has had so far: what
 * differs between fresh starts is mostly the host's.
 *
 * @returns null when no host has enough nights of the comparison; see `expectDetectableChange`
 */
export function expectFromNights(recorded: RecordedNights, planned: PlannedComparison): number | null {
  const { hosts, comparison, cellIds, deployments } = planned;
  const changes = buildTracks(recorded.nights)
    .filter((track) => hosts.includes(track.host) && track.comparison === comparison)
    .flatMap((track) => expectDetectableChange(lastStretch(track).nights, cellIds, deployments) ?? []);
  return changes.length === 0 ? null : Math.max(...changes);
}

/** Sentences about nights that should have come and did not, for whoever runs next; needs names of files only. */
export function noteStalls(
  { places }: Pick<RecordedNights, 'places'>,
  options: { readonly now: Date; readonly periodSeconds?: number },
): readonly string[] {
  return findStalls(places, options).map(({ sentence }) => sentence);
}
