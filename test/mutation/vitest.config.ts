import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const order = (process.env['WASM_PLUGIN_MUTATION_TESTS'] ?? '').split(':');
const isolate = process.env['WASM_PLUGIN_MUTATION_ISOLATE'] === '1';

/** Runs the files in the order in which they are given: those that most likely notice come first. */
class GivenOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => order.indexOf(moduleId);
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}

/** For test runs in the copy that `npm run mutate` makes, which is built already. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.long.test.ts'],
    setupFiles: ['test/mutation/note-test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    isolate,
    sequence: { sequencer: GivenOrder },
    server: { deps: { external: [/\/dist\//] } },
  },
});
