import { describe, expect, it } from 'vitest';
import { examineMachine } from '../../../src/hosts/examine-machine.ts';
import { readLimits } from '../../../src/hosts/read-limits.ts';
import { readHostLimits } from '../../../src/hosts/treatment/read-host-limits.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

describe('readHostLimits', () => {
  it('finds in two calls what an examination finds', async () => {
    const local = createLocalMachine();
    const slowly = await readLimits(local, await examineMachine(local));
    let calls = 0;
    const { availableBytes, network, takenAddresses, ...quickly } = await readHostLimits({
      ...local,
      run: (...args) => {
        calls += 1;
        return local.run(...args);
      },
    });
    expect(calls).toBe(2);
    // Memory comes and goes between two looks.
    expect(Math.abs(availableBytes / slowly.availableBytes - 1)).toBeLessThan(0.5);
    const byBytes = (pages: typeof slowly.hugePages) => pages.toSorted((a, b) => a.pageBytes - b.pageBytes);
    expect({ ...quickly, hugePages: byBytes(quickly.hugePages) }).toEqual({
      ...quickly,
      ...slowly,
      availableBytes: undefined,
      hugePages: byBytes(slowly.hugePages),
    });
    expect(quickly.memoryBytes).toBeGreaterThan(2 ** 28);
  });
});
