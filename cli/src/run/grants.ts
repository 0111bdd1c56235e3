import { parseCapability, PluginError, type Capability } from '@wasm-plugin/abi';
import { Option } from 'commander';
import { CliError } from '../cli-error.js';

/** Makes the option `--grant`, which may be repeated. */
export function grantOption(what = 'what the component may reach'): Option {
  const kinds = 'clock, random, stdio, fs:PATH[:ro], http:HOST[:PORT], env:NAME, log, config';
  return new Option('-g, --grant <capability>', `${what}; may be repeated: ${kinds}`).argParser(
    (value: string, previous: string[] = []) => [...previous, value],
  );
}

/**
 * Reads the values of `--grant`.
 * @throws {CliError} WP_CAPABILITY, exit code 2: there is no such capability
 */
export function grantsFrom(texts: readonly string[]): Capability[] {
  return texts.map((text) => {
    try {
      return parseCapability(text);
    } catch (error) {
      if (!PluginError.is(error)) throw error;
      throw new CliError(`Cannot use --grant ${JSON.stringify(text)}: ${error.reason}`, {
        exitCode: 2,
        code: error.code,
      });
    }
  });
}
