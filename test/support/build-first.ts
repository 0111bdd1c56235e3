import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const PLAN = `npm test takes about 5 minutes on two cores, npm run test:long about 10 more. One file: npm test -- test/meter/waits.test.ts
`;

/** Builds the packages before the tests, and in watch mode before each run, so that no test sees an old build. */
export default function buildFirst(project: TestProject): void {
  const isFilter = (word: string): boolean => !/^(?:run|watch)$|^-|\*/.test(word);
  if (!process.argv.slice(2).some(isFilter)) process.stdout.write(PLAN);
  build();
  project.onTestsRerun(build);
}

function build(): void {
  const { status } = spawnSync('npm', ['run', '-s', 'build'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('Cannot run tests: the build has failed, see above');
}
