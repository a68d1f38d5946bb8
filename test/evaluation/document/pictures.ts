import type { Outcome } from '../parts/outcome.ts';
import { buildNightlyPicture } from './nightly-picture.ts';
import { buildNullPicture } from './null-picture.ts';
import { buildPowerPicture } from './power-picture.ts';
import { buildVerdictPicture } from './verdict-picture.ts';

/** A Vega-Lite specification and the file it belongs in. */
export interface Picture {
  readonly name: string;
  readonly specification: object;
}

/** Pictures of what was measured; kinds of parts that did not run have none. */
export function buildPictures(outcomes: readonly Outcome[]): readonly Picture[] {
  const pictures = [
    { name: 'evaluation-null', specification: buildNullPicture(outcomes) },
    { name: 'evaluation-power', specification: buildPowerPicture(outcomes) },
    { name: 'evaluation-verdicts', specification: buildVerdictPicture(outcomes) },
    { name: 'evaluation-nightly', specification: buildNightlyPicture(outcomes) },
  ];
  return pictures.flatMap(({ name, specification }) => (specification === null ? [] : [{ name, specification }]));
}
