import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Tests import the packages as they are built.
    globalSetup: ['test/support/build-first.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By default one core stays idle, which on a machine with two is half of them.
    maxWorkers: '100%',
    // Built packages are loaded by Node as users load them; to transform it again takes a tenth of the time.
    server: { deps: { external: [/\/dist\//] } },
  },
});
