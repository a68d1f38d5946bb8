import { defineConfig } from 'vitest/config';

// What needs the emulated hosts: `npx --no-install vitest run --config test/lab/vitest.config.ts`. The lab is brought up
// once for all files and taken down at the end, unless it was up before.
export default defineConfig({
  test: {
    globalSetup: ['./test/temporary-folder.ts', './test/lab/bring-up.ts'],
    reporters: ['./test/reporter.ts'],
    include: ['test/lab/*.test.ts'],
    // They share the hosts.
    fileParallelism: false,
    // A boot takes half a minute on a quiet machine, and this may be none.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
