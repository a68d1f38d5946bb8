import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { formatCpuList, parseCpuList } from '../../src/profiles/cpu-list.ts';

describe('parseCpuList', () => {
  it.each([
    ['1', [1]],
    ['0-3,5', [0, 1, 2, 3, 5]],
    ['5,0-3', [0, 1, 2, 3, 5]],
    ['0-2,1-3,2', [0, 1, 2, 3]],
    ['2, 4 ', [2, 4]],
    ['7-7', [7]],
    ['8191', [8191]],
  ])('%s', (text, cpus) => {
    expect(parseCpuList(text)).toEqual(cpus);
  });

  it.each([
    ['', '"" is no CPU number and no range such as 0-3'],
    ['0,', '"" is no CPU number and no range such as 0-3'],
    ['0-', '"0-" is no CPU number and no range such as 0-3'],
    ['-1', '"-1" is no CPU number and no range such as 0-3'],
    ['1.5', '"1.5" is no CPU number and no range such as 0-3'],
    ['0x1', '"0x1" is no CPU number and no range such as 0-3'],
    ['all', '"all" is no CPU number and no range such as 0-3'],
    ['0-10:2/4', '"0-10:2/4" is no CPU number and no range such as 0-3'],
    ['3-1', 'the range 3-1 runs backwards, 1-3 is accepted'],
    ['8192', 'CPU 8192 is too high, at most 8191 is accepted'],
    ['0-999999999', 'CPU 999999999 is too high, at most 8191 is accepted'],
    ['0-9999999999', '"0-9999999999" is no CPU number and no range such as 0-3'],
    ['0-8191,'.repeat(1000), 'the list has 7000 characters, at most 4096 are accepted'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCpuList(text)).toThrow(new ConfigurationError(message));
  });

  it('throws nothing but its own error, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-0-9, :/]{0,20}$/)), (text) => {
        try {
          parseCpuList(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });
});

describe('formatCpuList', () => {
  it.each([
    [[], ''],
    [[1], '1'],
    [[0, 1], '0-1'],
    [[5, 3, 0, 2, 1, 1], '0-3,5'],
    [[10, 9, 2], '2,9-10'],
  ])('%j', (cpus, text) => {
    expect(formatCpuList(cpus)).toBe(text);
  });

  it('is undone by parsing', () => {
    const cpus = fc.uniqueArray(fc.integer({ min: 0, max: 8191 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(cpus, (numbers) => {
        const sorted = numbers.toSorted((left, right) => left - right);
        expect(parseCpuList(formatCpuList(numbers))).toEqual(sorted);
      }),
    );
  });
});
