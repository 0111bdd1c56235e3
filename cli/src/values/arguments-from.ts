import { camelCase, type ResolvedFunc } from '@wasm-plugin/engine/component';
import { CliError } from '../cli-error.js';
import { formatCount } from '../terminal/index.js';
import { memberOf } from './member-of.js';
import { valueFrom } from './value-from.js';

/**
 * Turns the text of `--args` into the arguments of a function: a JSON array of them, or an object with one entry a
 * parameter. Trailing options may be left out.
 * @throws {CliError} it is no JSON, or does not fit the parameters
 */
export function argumentsFrom(text: string, type: ResolvedFunc): unknown[] {
  const json = parseJson(text);
  const { params } = type;
  const given = Array.isArray(json) ? json : byName(json, type);
  if (given.length > params.length || params.slice(given.length).some(({ type }) => type.kind !== 'option')) {
    const names = params.map(({ name }) => name).join(', ');
    throw usage(
      `it holds ${formatCount(given.length, 'argument')}, the function takes ${params.length}${names && ` (${names})`}`,
    );
  }
  return params.map((param, index) => valueFrom(given[index], param.type, `argument "${param.name}"`));
}

function byName(json: unknown, { params }: ResolvedFunc): unknown[] {
  if (typeof json !== 'object' || json === null) {
    throw usage(
      `--args is ${JSON.stringify(json)}, wanted a JSON array of arguments`,
      `Put it into an array: --args '[${JSON.stringify(json)}]'`,
    );
  }
  const given = json as Record<string, unknown>;
  const known = params.flatMap(({ name }) => [name, camelCase(name)]);
  const other = Object.keys(given).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw usage(
      `--args has the key "${other}", which is no parameter of the function`,
      params.length === 1
        ? `For the one parameter, put the object into an array: --args '[{ … }]'`
        : `Its parameters are ${params.map(({ name }) => `"${name}"`).join(', ')}`,
    );
  }
  return params.map(({ name }) => memberOf(given, name));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usage(
      `it is no valid JSON: ${(error as Error).message}`,
      `Arguments are a JSON array, e.g. --args '[1, "two"]'; the quotes keep the shell away`,
    );
  }
}

function usage(reason: string, hint?: string): CliError {
  return new CliError(`Cannot use --args: ${reason}`, { exitCode: 2, hint, code: 'WP_VALUE' });
}
