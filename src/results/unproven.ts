import type { Check } from './journal.schema.ts';

/** Whether a parameter that was asked for is not known to be in force: then no figure of its guest or host counts. */
export function isUnproven({ result }: Pick<Check, 'result'>): boolean {
  return result === 'mismatch' || result === 'unprobed';
}
