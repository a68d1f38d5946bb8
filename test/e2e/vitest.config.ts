import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What measures for real has the machine for itself, one file at a time; the others make their runs up. */
const measuring = [
  'cancelled',
  'killed-runner',
  'lab',
  'main-path',
  'regression',
  'strangers-workflow',
  'two-pull-requests',
].map((name) => `test/e2e/${name}.test.ts`);

const times = { testTimeout: 600_000, hookTimeout: 120_000 };

// Workflows as GitHub would run them.
export default defineConfig({
  test: {
    globalSetup: './test/temporary-folder.ts',
    reporters: ['./test/reporter.ts'],
    projects: [
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: measuring,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
          ...times,
        },
      },
      {
        test: {
          name: 'e2e-measuring',
          include: measuring,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...times,
        },
      },
    ],
  },
});
