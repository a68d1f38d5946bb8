import { messageOf } from '../../src/errors.ts';
import { createBranchStore } from '../../src/github/branch-files.ts';
import { nightsToLearnFrom } from '../../src/history/learn.ts';
import { readNights } from '../../src/history/night-store.ts';
import { expectFromNights, noteStalls } from '../../src/history/plan-knowledge.ts';
import type { ExpectChange } from '../../src/plans/plan-comparison.ts';
import type { Room } from './gathered.ts';

/** What the nights on the history branch tell beforehand. */
export interface Knowledge {
  readonly expectChange: ExpectChange;
  /** Nights that should have come and did not; files that are no nights. */
  readonly notes: readonly string[];
}

/** No plan fails for want of a history: where there is none nothing is expected, and where it cannot be read a note says so. */
export async function readKnowledge({ client, environment, inputs }: Room, now: Date): Promise<Knowledge> {
  const { hosts, historyBranch: branch } = inputs;
  const store = createBranchStore({ github: client, repository: environment.repository, branch });
  try {
    const recorded = await readNights(store, {
      limit: nightsToLearnFrom,
      isWanted: ({ host }) => hosts.includes(host),
    });
    return {
      expectChange: (planned) => expectFromNights(recorded, { hosts, ...planned }),
      notes: [...noteStalls(recorded, { now }), ...recorded.warnings],
    };
  } catch (thrown) {
    return { expectChange: () => null, notes: [`The history on ${branch} could not be read: ${messageOf(thrown)}`] };
  }
}
