import { CliError } from '../cli-error.js';
import { describeValue, type ResolvedValue } from '@wasm-plugin/engine/component';

/** A place in the arguments, e.g. `argument "setup".channels`. */
export type Path = string;

const LONGEST = 60;

/** The error for JSON that does not fit a WIT type. */
export function valueError(
  path: Path,
  { found, wanted, hint }: { found: unknown; wanted: ResolvedValue | string; hint?: string },
): CliError {
  const type = typeof wanted === 'string' ? wanted : describeValue(wanted);
  return new CliError(`Cannot use ${path}: it is ${describeJson(found)}, wanted ${type}`, {
    exitCode: 2,
    hint,
    code: 'WP_VALUE',
  });
}

function describeJson(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  if (text.length <= LONGEST) return text;
  return Array.isArray(value) ? `an array of ${value.length}` : `${text.slice(0, LONGEST)}…`;
}
