import pc from 'picocolors';
import { renderTerminal } from '../reports/terminal.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import type { Surroundings } from './surroundings.ts';

/** The comparison as the terminal at hand shows it best; colour only where there is one, and never against `NO_COLOR`. */
export function renderForPeople(comparison: Comparison, { columns }: Surroundings): string {
  return renderTerminal(comparison, { columns, color: columns !== null && pc.isColorSupported });
}
