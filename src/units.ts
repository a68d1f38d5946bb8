/**
 * Base units inside, scaled units only on paper.
 *
 * `1` is a plain ratio from 0 to 1 (loss), `count` a number of things (retransmits).
 */
export const units = ['s', 'bit/s', '1/s', '1', 'count'] as const;
export type Unit = (typeof units)[number];

interface Scale {
  readonly factor: number;
  readonly label: string;
}

/** Largest first; the first scale that is not larger than the value is taken, else the last. */
const scales: Record<Unit, readonly Scale[]> = {
  s: [
    { factor: 1, label: 's' },
    { factor: 1e-3, label: 'ms' },
    { factor: 1e-6, label: 'µs' },
    { factor: 1e-9, label: 'ns' },
  ],
  'bit/s': [
    { factor: 1e9, label: 'Gbit/s' },
    { factor: 1e6, label: 'Mbit/s' },
    { factor: 1e3, label: 'kbit/s' },
    { factor: 1, label: 'bit/s' },
  ],
  '1/s': [
    { factor: 1e3, label: 'k/s' },
    { factor: 1, label: '/s' },
  ],
  '1': [{ factor: 0.01, label: '%' }],
  count: [{ factor: 1, label: '' }],
};

/**
 * The scale in which a value is best printed; several values of one row share the scale of one of them.
 * A unit the table does not know is printed as it is.
 */
export function chooseScale(value: number, unit: string): Scale {
  const known = scales[unit as Unit];
  if (known === undefined) return { factor: 1, label: unit };
  const magnitude = Math.abs(value);
  return known.find((scale) => magnitude >= scale.factor) ?? (known[known.length - 1] as Scale);
}

/** Three significant digits, no exponent, no thousands separator, independent of the locale: 31.4, 5280, 0.0123. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  // Rounded before its size is looked at: 9.9999 is 10.0, not 10.00.
  const rounded = Math.abs(Number(value.toPrecision(3)));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(rounded)));
  return value.toFixed(Math.min(digits, 12));
}

/** A value in base units as people read it: `formatQuantity(31.4e-6, 's')` is `31.4 µs`. */
export function formatQuantity(value: number, unit: string, scale = chooseScale(value, unit)): string {
  return `${formatNumber(value / scale.factor)} ${scale.label}`.trimEnd();
}

/** A relative change as a signed per cent: `formatChange(1.0215)` is `+2.15 %`. */
export function formatChange(ratio: number): string {
  return `${formatPercent(ratio)} %`;
}

/** The same without the sign of per cent, for lists of them; at most two decimals: a hundredth is below any margin. */
export function formatPercent(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent) < 1 ? percent.toFixed(2) : formatNumber(percent);
  if (Number(text) === 0) return '0.00';
  return `${percent > 0 ? '+' : ''}${text.replace('-', '−')}`;
}

/** Seconds as a person says them: 42 s, 3 min 20 s, 1 h 5 min. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
