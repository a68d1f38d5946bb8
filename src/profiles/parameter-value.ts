import type { ParameterValue } from './profile.schema.ts';

/** A value as tables and checks show it: lists joined by commas, booleans as `on` and `off`. */
export function formatParameterValue(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
