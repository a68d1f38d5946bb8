import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { describeMachine } from './machine-contract.ts';

const folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));

describe('the local machine', () => {
  describeMachine(() => ({ machine: createLocalMachine(), folder }));
});
