import { defineConfig } from 'vitest/config';

// What crosses processes: the real window, a real hub, a real token. One file at a time: Electron is heavy.
export default defineConfig({
  cacheDir: `${process.env.VAN_THU_STATE ?? 'out'}/vitest`,
  test: {
    include: ['tests/delivery/**/*.test.ts'],
    environment: 'node',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
