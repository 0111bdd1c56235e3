import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../dist/runtimes/program.js', import.meta.url));

/** Commands of the runtimes; `.ci/run` installs Deno and Bun, which are too large for every checkout, and names them here. */
const RUNTIMES: [name: string, file: string | undefined, args: string[]][] = [
  ['Node.js', process.execPath, []],
  ['Deno', process.env['WASM_PLUGIN_DENO'], ['run', '--allow-all']],
  ['Bun', process.env['WASM_PLUGIN_BUN'], ['run']],
];

describe.each(RUNTIMES)('%s', (name, file, args) => {
  const reason = file === undefined ? ` (skipped: WASM_PLUGIN_${name.toUpperCase()} names no program)` : '';

  it.skipIf(file === undefined)(`loads, calls, limits and reloads a plugin${reason}`, async () => {
    const { stdout } = await promisify(execFile)(file as string, [...args, PROGRAM]);
    expect(JSON.parse(stdout)).toEqual({ before: ['40', 1], after: ['42', 2], fuel: 'WP_QUOTA_FUEL' });
  });
});
