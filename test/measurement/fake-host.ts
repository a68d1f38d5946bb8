import type { HostSteps, PreparedStage, SessionBoot } from '../../src/measurement/host-steps.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { Check } from '../../src/results/journal.schema.ts';

export interface FakeHost {
  readonly steps: HostSteps;
  /** What was done to the host, in order: `boot baseline`, `apply candidate`, `prepare candidate`, `take down`. */
  readonly happened: string[];
  /** Boots the host behind the back of the run. */
  reboot(): void;
}

export interface FakeHostOptions {
  /** Number of the attempt, from 1, and what was asked for; throws to let the host stay away. */
  readonly boot?: (attempt: number, into: string) => Partial<SessionBoot>;
  readonly fail?: (step: string) => void;
  readonly checks?: (side: string) => readonly Check[];
}

/** A host made of air that keeps count of its boots, and of what must not happen in the wrong order. */
export function createFakeHost({ boot, fail, checks }: FakeHostOptions = {}): FakeHost {
  const happened: string[] = [];
  let boots = 0;
  let attempts = 0;
  let isUp = false;
  let isApplied = false;
  const step = (text: string) => {
    happened.push(text);
    fail?.(text);
  };
  const refuse = (wrong: boolean, text: string) => {
    if (wrong) throw new Error(`out of order: ${text}`);
  };
  const steps: HostSteps = {
    readBootId: async () => `boot-${boots}`,
    boot: async (into) => {
      refuse(isUp, 'booted while guests could run');
      attempts += 1;
      step(`boot ${into}`);
      const outcome = boot?.(attempts, into) ?? {};
      boots += 1;
      isApplied = false;
      return { entry: 'asked', bootId: `boot-${boots}`, seconds: 40, log: null, ...outcome };
    },
    apply: async (side) => {
      refuse(isUp || isApplied, `apply ${side} over what is in force`);
      step(`apply ${side}`);
      isApplied = true;
    },
    takeBack: async () => {
      refuse(isUp, 'settings put back while the network interface is elsewhere');
      if (isApplied) step('take back');
      isApplied = false;
    },
    prepare: async (side) => {
      refuse(isUp, `prepared twice for ${side}`);
      step(`prepare ${side}`);
      isUp = true;
      return createStage(() => {
        if (!isUp) return;
        isUp = false;
        step('take down');
      });
    },
    prove: async (side) => checks?.(side) ?? [],
  };
  return {
    steps,
    happened,
    reboot: () => {
      boots += 1;
      isApplied = false;
    },
  };
}

function createStage(restore: () => void): PreparedStage {
  const stage = { topology: embeddedTopology, drivers: new Map(), versions: { dockerd: '20.10.24' } };
  return { ...stage, restore: async () => restore() };
}
