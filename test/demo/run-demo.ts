import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../cli/run-cli.js';

const MAIN = fileURLToPath(new URL('../../bench/dist/demo/main.js', import.meta.url));

/** Runs the demo as `npm run demo` does, in a folder. */
export function runDemo(args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    cwd,
    env: plainEnvironment(),
  });
  return { code: status, stdout, stderr };
}
