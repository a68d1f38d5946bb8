import { expect, it } from 'vitest';
import { readMachineId } from '../../src/hosts/machine-id.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const read = (text: string | null) => readMachineId({ ...createLocalMachine(), readFile: async () => text });

it('is a digest of the machine id, and nothing where there is none', async () => {
  const digest = await read('0123456789abcdef0123456789abcdef\n');
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect('0123456789abcdef0123456789abcdef').not.toContain(digest);
  expect(await read('1123456789abcdef0123456789abcdef\n')).not.toBe(digest);
  expect(await read('uninitialized\n')).toBeNull();
  expect(await read(null)).toBeNull();
});
