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

/** What units of other benchmarks (`sec/op`, `B/s`) count, before the stroke. */
const foreignScales: Readonly<Record<string, readonly Scale[]>> = {
  s: scales.s,
  sec: scales.s,
  B: [
    { factor: 1e9, label: 'GB' },
    { factor: 1e6, label: 'MB' },
    { factor: 1e3, label: 'kB' },
    { factor: 1, label: 'B' },
  ],
};

/**
 * The scale in which a value is best printed; several values of one row share the scale of one of them.
 * A unit that nothing is known of is printed as it is, with a power of ten where the value is far from 1.
 */
export function chooseScale(value: number, unit: string): Scale {
  const known = scales[unit as Unit];
  if (known !== undefined) return selectScale(value, known);
  const [, base = '', rest = ''] = /^(sec|s|B)(\/.*)?$/.exec(unit) ?? [];
  const foreign = foreignScales[base];
  if (foreign === undefined) return scaleByPower(value, unit);
  const { factor, label } = selectScale(value, foreign);
  return { factor, label: label + rest };
}

function selectScale(value: number, known: readonly Scale[]): Scale {
  const magnitude = Math.abs(value);
  return known.find((scale) => magnitude >= scale.factor) ?? (known[known.length - 1] as Scale);
}

/** Three digits and the zeros before or behind them are read at a glance up to here. */
const plainRange = { smallest: 1e-4, largest: 1e9 };

function scaleByPower(value: number, unit: string): Scale {
  const magnitude = Math.abs(value);
  const isPlain = magnitude >= plainRange.smallest && magnitude < plainRange.largest;
  if (value === 0 || isPlain || !Number.isFinite(value)) return { factor: 1, label: unit };
  const power = 3 * Math.floor(Math.log10(magnitude) / 3);
  const digits = String(power).replace(/./g, (sign) => superscripts[sign] ?? sign);
  return { factor: 10 ** power, label: `× 10${digits} ${unit}`.trimEnd() };
}

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-0123456789'].map((sign, index) => [sign, [...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'][index] ?? sign]),
);

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
