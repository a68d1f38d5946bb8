import { describe, expect, it } from 'vitest';
import {
  chooseScale,
  formatChange,
  formatDuration,
  formatNumber,
  formatPercent,
  formatQuantity,
} from '../src/units.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [31.44, '31.4'],
    [5280.4, '5280'],
    [0.012345, '0.0123'],
    [9.9999, '10.0'],
    [-0.5, '-0.500'],
    [1, '1.00'],
  ])('%d has three significant digits', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [31.4e-6, 's', '31.4 µs'],
    [0.0012, 's', '1.20 ms'],
    [9.4e9, 'bit/s', '9.40 Gbit/s'],
    [0.02, '1', '2.00 %'],
    [1200, 'count', '1200'],
    [15_600, '1/s', '15.6 k/s'],
    [3, 'ns/op', '3.00 ns/op'],
    [0, 's', '0 ns'],
    [2402e-9, 'sec/op', '2.40 µs/op'],
    [3.1e-9, 'sec/op', '3.10 ns/op'],
    [426.3e6, 'B/s', '426 MB/s'],
    [64, 'B/op', '64.0 B/op'],
    [4.2e-8, 'J', '42.0 × 10⁻⁹ J'],
    [2.5e12, '', '2.50 × 10¹²'],
    [0.0004, 'J', '0.000400 J'],
    [0, 'J', '0 J'],
  ])('%d %s is scaled', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  it('shares the scale of a row', () => {
    expect(formatQuantity(9.9e8, 'bit/s', chooseScale(4.9e9, 'bit/s'))).toBe('0.990 Gbit/s');
  });

  it.each([
    [1.0215, '+2.15 %'],
    [0.7, '−30.0 %'],
    [1, '0.00 %'],
    [0.99999, '0.00 %'],
    [1.0004, '+0.04 %'],
    [3.78, '+278 %'],
  ])('a ratio of %d is a change', (ratio, text) => {
    expect(formatChange(ratio)).toBe(text);
    expect(`${formatPercent(ratio)} %`).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [3900, '1 h 5 min'],
    [-3, '0 s'],
  ])('%d s is a duration', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
