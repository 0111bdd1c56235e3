import { existsSync } from 'node:fs';
import { PluginError } from '@wasm-plugin/abi';
import { parsePublicKey } from '@wasm-plugin/abi/trust';
import { Option } from 'commander';
import { readInput } from '../component/index.js';
import { repeated } from '../repeated.js';

const WANTED = 'wanted a file with a public key of minisign, a line of 56 characters that begins with "RW"';

/** `--trusted-key`: whose plugins are taken. */
export function trustedKeyOption(): Option {
  return new Option(
    '-t, --trusted-key <key>',
    'take only what this public key signed: the key, or a file with it; may be repeated',
  ).argParser(repeated);
}

/** `--lock-file`: accepts the plugins in a lock file, and no others. */
export function lockFileOption(): Option {
  return new Option(
    '--lock-file <file>',
    'take only what this lock file names, in that version and with those bytes',
  );
}

/**
 * Reads the keys of `--trusted-key`.
 * @returns their text; `undefined` if none was given
 * @throws {PluginError} WP_SIGNATURE
 */
export function readTrustedKeys(given: readonly string[] | undefined): string[] | undefined {
  return given?.map((each) => {
    const isKey = /^RW[A-Za-z0-9+/=]{54}$/.test(each) && !existsSync(each);
    const text = isKey ? each : new TextDecoder().decode(readInput(each));
    try {
      parsePublicKey(text);
    } catch (error) {
      if (isKey || !PluginError.is(error)) throw error;
      throw new PluginError(error.code, `Cannot read the key "${each}": ${WANTED}`, { cause: error });
    }
    return text;
  });
}
