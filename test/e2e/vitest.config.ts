import { defineConfig } from 'vitest/config';

// Workflows as GitHub would run them. Each takes the whole machine, so one file at a time.
export default defineConfig({
  test: {
    name: 'e2e',
    globalSetup: './test/temporary-folder.ts',
    reporters: ['./test/reporter.ts'],
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
