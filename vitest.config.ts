import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** System tests that have namespaces and processes of their own, and mostly wait: they need not have the machine. */
const besides = ['test/system/ssh.test.ts'];

/** Left alone, one CPU is kept free of work; here one is always waiting. */
const maxWorkers = availableParallelism() + 1;

export default defineConfig({
  test: {
    globalSetup: './test/temporary-folder.ts',
    reporters: ['./test/reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/system/**', 'test/e2e/**', 'test/lab/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'beside',
          include: besides,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          // They share the machine, so one file at a time, and none beside the unit tests.
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          exclude: besides,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
