import { describe, expect, it } from 'vitest';
import { removeLeftovers } from '../../src/hosts/leftovers.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { idleMachine } from '../machines/idle-machine.ts';

const pages = '/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages';

/** A machine on which a run has died that had made huge pages: 133 where there had been 5. */
function createMachine(found: string, bootId = 'this-boot') {
  const written: string[] = [];
  const state = {
    ...{ schema: 'tunegate.state/1', run: 'r', bootId, netnsMountExisted: true, namespaces: {}, processes: [] },
    settings: { [pages]: { former: '5', written: '133' } },
  };
  const files: Readonly<Record<string, string>> = {
    '/state/state.json': JSON.stringify(state),
    '/proc/sys/kernel/random/boot_id': 'this-boot\n',
    [pages]: `${found}\n`,
  };
  const machine: Machine = {
    ...idleMachine,
    name: 'fake',
    run: async ({ program, args }) => {
      if (program === 'sh') written.push(args.slice(2).join(' '));
      return { exitCode: 0, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };
    },
    readFile: async (path) => files[path] ?? null,
  };
  return { machine, written };
}

describe('removeLeftovers', () => {
  it('gives huge pages of a run that died back, and says so', async () => {
    const { machine, written } = createMachine('133');
    expect(await removeLeftovers(machine, '/state')).toEqual([`setting ${pages} 133`]);
    expect(written).toEqual([`${pages} 5`]);
  });

  it.each([
    ['that somebody has changed since', '200', 'this-boot'],
    ['of an earlier boot', '133', 'earlier-boot'],
  ])('leaves a setting alone %s', async (_, found, bootId) => {
    const { machine, written } = createMachine(found, bootId);
    expect(await removeLeftovers(machine, '/state')).toEqual([]);
    expect(written).toEqual([]);
  });
});
