import { CliError } from '../cli-error.js';

/** A setting of a plugin: the record `setting` of `wasm-plugin:abi/config`. */
export interface Setting {
  key: string;
  value: string;
}

/** Reads the values of `--config key=value`. The last one of a key counts. */
export function settingsFrom(pairs: readonly string[]): Setting[] {
  const settings = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new CliError(`Cannot use --config "${pair}": wanted key=value`, { exitCode: 2 });
    }
    settings.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return [...settings].map(([key, value]) => ({ key, value })).sort(byBytes);
}

/** Keys are told in ascending order of their bytes. */
function byBytes(a: Setting, b: Setting): number {
  return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
}
