import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { parseCLI } from 'vitest/node';

/** Folders whose test files share one process a core: to start one for each file takes longer than most of the files. */
const SHARED = (
  'abi audio bench canonical cli component differential fuzz golden host link meter module plugins-as reload runtime ' +
  'sandbox trace wast world'
).split(' ');

const OTHERS = readdirSync(new URL('test', import.meta.url), { withFileTypes: true })
  .filter((each) => each.isDirectory() && !SHARED.includes(each.name))
  .map((each) => each.name);

/** Files in those folders that change or measure their process: each has one of its own, as all others have. */
const ALONE = [
  'test/**/*.long.test.ts',
  'test/audio/host-lane.test.ts',
  'test/canonical/asked-once.test.ts',
  'test/canonical/kept-templates.test.ts',
  'test/canonical/lying-guest.test.ts',
  'test/link/abandoned-handles.test.ts',
  'test/link/host-imports.test.ts',
  'test/meter/bombs.test.ts',
  'test/meter/whole-programs.test.ts',
  'test/reload/watch/content.test.ts',
  'test/runtime/load-turns.test.ts',
  'test/sandbox/http/incoming-body.test.ts',
];

// Vitest itself leaves --exclude out of projects.
const { options } = parseCLI(['vitest', ...process.argv.slice(2)], { allowUnknownOptions: true });
const NEVER = [
  '**/node_modules/**',
  '**/dist/**',
  ...[(options.exclude as string[] | undefined) ?? []].flat(),
];

const COMMON = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Built packages are loaded by Node as users load them; to transform it again takes a tenth of the time.
  server: { deps: { external: [/\/dist\//] } },
};

export default defineConfig({
  test: {
    // Tests import the packages as they are built.
    globalSetup: ['test/support/build-first.ts'],
    // By default one core stays idle, which on a machine with two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...COMMON,
          name: 'shared',
          include: SHARED.map((folder) => `test/${folder}/**/*.test.ts`),
          exclude: [...NEVER, ...ALONE],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...COMMON,
          name: 'alone',
          include: ['test/*.test.ts', ...OTHERS.map((folder) => `test/${folder}/**/*.test.ts`), ...ALONE],
          exclude: NEVER,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
