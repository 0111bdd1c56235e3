import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../../../cli/bin/wasm-plugin.js', import.meta.url));

/**
 * Runs the command line as an author does.
 * @returns `undefined` if a toolchain is missing on this machine
 * @throws {Error} it failed for another reason
 */
export async function commandLine(args: readonly string[], cwd: string): Promise<string | undefined> {
  try {
    return (await run(process.execPath, [PROGRAM, ...args], { cwd })).stdout;
  } catch (error) {
    const { stderr, stdout } = error as { stderr: string; stdout: string };
    if (/there is no (?:program )?"|is not installed|Node(?:\.js)? 22/.test(`${stderr}${stdout}`))
      return undefined;
    throw error;
  }
}
