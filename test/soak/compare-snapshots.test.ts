import { expect, it } from 'vitest';
import { compareSnapshots } from './compare-snapshots.ts';

it('compareSnapshots names what came, what went, and nothing else', () => {
  const before = { links: ['lo', 'eth0'], mounts: ['/'] };
  expect(compareSnapshots(before, before)).toEqual([]);
  expect(compareSnapshots(before, { links: ['lo', 'tgw0'], mounts: ['/'], rules: ['-A'] })).toEqual([
    '+ links: tgw0',
    '- links: eth0',
    '+ rules: -A',
  ]);
});
