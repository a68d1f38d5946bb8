import { describe, expect, it } from 'vitest';
import { parseSoakOptions } from './soak-options.ts';
import { drawInterruptions } from './switch.ts';

const parse = (...args: readonly string[]) => parseSoakOptions(args, ['churn', 'switch'], ['delay', 'loss']);

describe('parseSoakOptions', () => {
  it('has a default for everything but the name', () => {
    expect(parse('switch')).toEqual({
      ...{ name: 'switch', count: 10, seed: 1, kills: 0, kind: 'delay', machine: 'stock', problem: null },
      inventory: '/var/lib/tunegate-lab/inventory.yaml',
    });
  });

  it('takes what is said', () => {
    const said = ['--count', '20', '--kills', '5', '--seed', '7', '--machine', 'tuned', '--inventory', 'i.yaml'];
    expect(parse('switch', ...said)).toMatchObject({
      count: 20,
      kills: 5,
      seed: 7,
      machine: 'tuned',
      inventory: 'i.yaml',
    });
  });

  it.each([
    [[], 'found no name; accepted is one of churn, switch'],
    [['chrun'], 'found chrun; accepted is one of churn, switch'],
    [['churn', '--count', '-1'], /--count/],
    [['switch', '--kills', 'many'], '--kills is many; accepted is a whole number'],
    [['churn', '--kind', 'x'], '--kind is x; accepted is one of delay, loss'],
    [['churn', '--all'], /--all/],
  ])('%j is refused', (args, problem) => {
    expect(parse(...args).problem).toMatch(problem);
  });
});

describe('drawInterruptions', () => {
  it('takes kills and losses of power in turn, at moments from the first second to the end of a switch', () => {
    const drawn = drawInterruptions(40, 3, 100);
    expect(drawn.map(({ kind }) => kind).slice(0, 4)).toEqual(['kill', 'power', 'kill', 'power']);
    const moments = drawn.map(({ afterSeconds }) => afterSeconds);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...moments)).toBeLessThanOrEqual(100);
    expect(new Set(moments).size).toBeGreaterThan(20);
  });

  it('repeats itself with the same seed only', () => {
    expect(drawInterruptions(5, 3, 100)).toEqual(drawInterruptions(5, 3, 100));
    expect(drawInterruptions(5, 3, 100)).not.toEqual(drawInterruptions(5, 4, 100));
  });
});
