import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeAccepted, describeFound, formatPath } from '../src/schema-words.ts';

describe('describeAccepted', () => {
  it.each([
    [z.int().min(1).max(100), 'a whole number from 1 to 100'],
    [z.int(), 'a whole number'],
    [z.number().min(0.5), 'a number of at least 0.5'],
    [z.number().max(2), 'a number of at most 2'],
    [z.string(), 'text'],
    [z.string().min(1), 'text that is not empty'],
    [z.boolean(), 'true or false'],
    [z.enum(['docker', 'qemu', 'bare']), 'docker, qemu or bare'],
    [z.array(z.enum(['a', 'b'])).min(1), 'a list of one or more of a or b'],
    [z.array(z.number()), 'a list of a number'],
    [z.strictObject({ count: z.int(), seconds: z.number() }), 'a mapping with the keys count, seconds'],
    [z.record(z.string(), z.number()), 'a mapping'],
    [z.union([z.string(), z.number()]).nullable(), 'text, a number or nothing'],
    [z.literal('only'), 'only'],
    [z.string().transform(Number), 'text'],
  ])('%#: %s', (schema, words) => {
    expect(describeAccepted(schema)).toBe(words);
  });

  it('describes the part of a schema that a path leads to', () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ count: z.int().min(3) })) });
    expect(describeAccepted(schema, ['list', 4, 'count'])).toBe('a whole number of at least 3');
    expect(describeAccepted(schema, ['nowhere'])).toBe('a value');
  });
});

describe('describeFound', () => {
  it.each([
    ['four', '"four"'],
    ['4', '"4"'],
    [4.5, '4.5'],
    [Number.NaN, 'NaN'],
    [true, 'true'],
    [null, 'nothing'],
    [undefined, 'nothing'],
    [['docker', 2, ['x']], '[docker, 2, ...]'],
    [{ a: 1 }, 'a mapping'],
    ['a\nb', '"a\\nb"'],
  ])('shows %j as %s', (value, words) => {
    expect(describeFound(value)).toBe(words);
  });

  it('shortens long values', () => {
    expect(describeFound('x'.repeat(1000))).toHaveLength(60);
  });
});

describe('formatPath', () => {
  it('reads like the file', () => {
    expect(formatPath([])).toBe('the file');
    expect(formatPath(['ping', 'count'])).toBe('ping.count');
    expect(formatPath(['guests', 1])).toBe('guests[1]');
    expect(formatPath(['parameters', 'guest.docker.cpus'])).toBe('parameters["guest.docker.cpus"]');
  });
});
