import { defineConfig } from 'vitest/config';

// Packages installed, started and updated as on a clerk’s machine. One file at a time: they install the same package.
export default defineConfig({
  cacheDir: `${process.env.VAN_THU_STATE ?? 'out'}/vitest`,
  test: {
    include: ['tests/delivery/**/*.test.ts'],
    environment: 'node',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
    // Each file is one story: after a step that failed the next ones would only wait for what does not come.
    bail: 1,
  },
});
