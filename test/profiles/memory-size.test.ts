import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { formatMemorySize, parseMemorySize } from '../../src/profiles/memory-size.ts';

describe('parseMemorySize', () => {
  it.each([
    ['6MiB', 6_291_456],
    ['256 MiB', 268_435_456],
    ['1GiB', 1_073_741_824],
  ])('%s', (text, bytes) => {
    expect(parseMemorySize(text)).toBe(bytes);
  });

  it.each(['256MB', '256m', '256', '1.5GiB', '-1MiB', 'MiB', '', '256KiB', '9999999999MiB'])('refuses %j', (text) => {
    expect(() => parseMemorySize(text)).toThrow(ConfigurationError);
  });
});

describe('formatMemorySize', () => {
  it.each([
    [1_073_741_824, '1GiB'],
    [1_610_612_736, '1536MiB'],
    [268_435_456, '256MiB'],
    [268_435_457, '268435457 bytes'],
    [4096, '4096 bytes'],
    [0, '0 bytes'],
  ])('%d is %s', (bytes, text) => {
    expect(formatMemorySize(bytes)).toBe(text);
  });
});
