import type { Machine } from '../../src/machines/machine.ts';

/** What a machine of a unit test is not asked for: whoever asks all the same is told. */
export const idleMachine: Pick<Machine, 'start' | 'writeFile' | 'connect'> = {
  start: () => Promise.reject(new Error('nothing is started here')),
  writeFile: () => Promise.reject(new Error('nothing is written here')),
  connect: () => Promise.reject(new Error('nothing is connected to here')),
};
