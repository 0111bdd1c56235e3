import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';

/** The variable that gives the password of a secret key if nobody can be asked. */
export const PASSWORD_VARIABLE = 'WASM_PLUGIN_KEY_PASSWORD';

/**
 * Returns the password of a secret key: from the environment, else from the person at the terminal.
 * @throws {CliError} there is neither
 */
export async function askPassword(message: string, io: Io): Promise<string> {
  const given = process.env[PASSWORD_VARIABLE];
  if (given !== undefined) return given;
  if (io.terminal === undefined || process.stdin.isTTY !== true)
    throw new CliError('Cannot ask for the password of the key: this is no terminal', {
      exitCode: 2,
      hint: `Put it into ${PASSWORD_VARIABLE}`,
    });
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message });
  if (isCancel(answer)) throw new CliError('Nothing was done');
  return answer ?? '';
}
