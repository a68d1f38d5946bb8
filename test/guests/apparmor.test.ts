import { expect, it } from 'vitest';
import { findConfinement } from '../../src/guests/apparmor.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const local = createLocalMachine();
const find = (enabled: string | null, exitCode: number) =>
  findConfinement({
    ...local,
    readFile: async () => enabled,
    run: async () => ({ exitCode, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 }),
  });

it('leaves containers to Docker except where its profile cannot be loaded', async () => {
  expect(await find('Y\n', 127)).toEqual(['--security-opt', 'apparmor=unconfined']);
  expect(await find('Y\n', 0)).toEqual([]);
  expect(await find('N\n', 127)).toEqual([]);
  expect(await find(null, 127)).toEqual([]);
});
