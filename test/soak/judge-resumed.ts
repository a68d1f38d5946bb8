import { isDeepStrictEqual } from 'node:util';
import type { Run } from '../../src/results/journal.schema.ts';

/** What must not be in a run that was killed and gone on with, one sentence each. */
export function judgeResumed(killed: Run, resumed: Run): readonly string[] {
  const kept = isDeepStrictEqual(resumed.samples.slice(0, killed.samples.length), killed.samples);
  const ended = isDeepStrictEqual(resumed.deploymentEnds.slice(0, killed.deploymentEnds.length), killed.deploymentEnds);
  return [
    ...(resumed.end?.status === 'complete' ? [] : [`the run ended as ${resumed.end?.status ?? 'nothing'}`]),
    ...resumed.warnings,
    ...(kept && ended ? [] : ['what the journal had before the kill is not what it has now']),
    ...(resumed.samples.every(({ order }, index) => order === index + 1) ? [] : ['samples are not counted on']),
    ...listPlaces(resumed),
  ];
}

/** Places of the plan that have not exactly one whole deployment with exactly the planned samples. */
function listPlaces({ header, deployments, deploymentEnds, samples }: Run): readonly string[] {
  const { plan } = header;
  const whole = deployments.filter(({ id }) => deploymentEnds.some((end) => end.id === id && end.status === 'ok'));
  const places = Map.groupBy(whole, ({ side, guest, attachment }) => `${side} ${guest}/${attachment}`);
  const expected = plan.guests.length * plan.attachments.length * 2;
  return [
    ...(places.size === expected ? [] : [`${places.size} of ${expected} places were measured`]),
    ...[...places].flatMap(([place, { length }]) =>
      length === plan.deployments ? [] : [`${place} has ${length} whole deployments, not ${plan.deployments}`],
    ),
    ...whole.flatMap(({ id }) =>
      plan.tests.flatMap((test) => {
        const taken = samples.filter((sample) => sample.deployment === id && sample.test === test);
        const measured = taken.filter(({ phase, status }) => phase === 'measure' && status === 'ok').length;
        return measured === plan.samples ? [] : [`${id} has ${measured} samples of ${test}, not ${plan.samples}`];
      }),
    ),
  ];
}
