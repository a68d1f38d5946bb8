import { type Outcome, select } from '../parts/outcome.ts';
import type { PowerOutcome } from '../parts/power-part.ts';
import { findScenario } from '../simulation/scenarios.ts';
import { formatShare, type Mark } from './mark.ts';
import { computeWilsonLimits } from './wilson.ts';

/** The best peer of a scenario among those that keep their error rate in it. */
export interface BestPeer {
  readonly name: string;
  readonly power: number;
}

/** Whether a rule's rate of false findings is one that the marks would let pass. */
export function isCalibrated(count: number, repetitions: number): boolean {
  return count / repetitions <= 0.06 || computeWilsonLimits(count, repetitions)[0] <= 0.05;
}

/** null where no peer is calibrated. */
export function findBestPeer(outcome: PowerOutcome, outcomes: readonly Outcome[]): BestPeer | null {
  const quiet = select(outcomes, 'null').find(({ scenario }) => scenario === outcome.scenario);
  const calibrated = Object.entries(outcome.found)
    .filter(([name]) => name !== 'Tunegate')
    .filter(([name]) => quiet !== undefined && isCalibrated(quiet.found[name] ?? 0, quiet.repetitions))
    .map(([name, count]) => ({ name, power: count / outcome.repetitions }));
  return calibrated.sort((left, right) => right.power - left.power)[0] ?? null;
}

/** Power against the best calibrated peer. */
export function judgePeers(outcomes: readonly Outcome[]): readonly Mark[] {
  const all = select(outcomes, 'power');
  const isPlain = ({ scenario }: PowerOutcome) => {
    const { isIndependent, observation } = findScenario(scenario);
    return isIndependent && observation !== 'deployment';
  };
  return [
    judgeAgainstBest(
      {
        id: 'power-independent',
        title: 'Power against the best peer, independent samples',
        limit: 'not lower by more than 3 points',
      },
      { outcomes, asked: all.filter(isPlain), slack: 0.03 },
    ),
    judgeAgainstBest(
      {
        id: 'power-dependent',
        title: 'Power against the best calibrated peer, with drift, autocorrelation or clustering',
        limit: 'higher',
      },
      { outcomes, asked: all.filter((outcome) => !isPlain(outcome) && !isUnclustered(outcome)), slack: 0 },
    ),
  ];
}

/** Starts that are alike: independent samples, though measured in deployments. */
function isUnclustered({ scenario }: PowerOutcome): boolean {
  const { isIndependent, start } = findScenario(scenario);
  return isIndependent && start.size === 0;
}

function judgeAgainstBest(
  head: Pick<Mark, 'id' | 'title' | 'limit'>,
  question: { readonly outcomes: readonly Outcome[]; readonly asked: readonly PowerOutcome[]; readonly slack: number },
): Mark {
  const { outcomes, asked, slack } = question;
  const lags = asked.map((outcome) => {
    const best = findBestPeer(outcome, outcomes);
    const ours = (outcome.found.Tunegate ?? 0) / outcome.repetitions;
    const lag = (best?.power ?? 0) - ours - slack;
    const text = `${outcome.scenario}: ${formatShare(ours)} against ${best === null ? 'none' : `${formatShare(best.power)} of ${best.name}`}`;
    // Two shares of the same data; two standard errors of a difference of independent ones are more than enough.
    const chance =
      2 * Math.sqrt((ours * (1 - ours) + (best?.power ?? 0) * (1 - (best?.power ?? 0))) / outcome.repetitions);
    return { lag, text, isSure: outcome.repetitions >= 200 || lag > chance, isMiss: slack > 0 ? lag > 0 : lag >= 0 };
  });
  const misses = lags.filter(({ isMiss }) => isMiss);
  const [worst] = [...lags].sort((left, right) => right.lag - left.lag);
  const isSure = misses.some((found) => found.isSure);
  return {
    ...head,
    worst: worst?.text ?? 'not measured',
    cases: lags.length,
    misses: misses.map(({ text }) => text),
    result: lags.length === 0 ? 'open' : misses.length === 0 ? 'pass' : isSure ? 'miss' : 'open',
  };
}
