import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedValue } from '@wasm-plugin/engine/component';
import { fileError } from '../component/index.js';
import type { ExportedFunction } from '../run/index.js';
import { formatJson } from '../terminal/index.js';
import { jsonFrom, valueFrom } from '../values/index.js';
import { isResource, type FuzzArgument, type FuzzCall } from './fuzz-call.js';

/** The folder of a plugin that failing inputs are kept in. */
export const KEPT_FOLDER = 'test/fuzz';

/** A call as a file has it. A resource among the arguments is a call of its constructor. */
interface KeptCall {
  call: string;
  args: readonly unknown[];
}

/** Writes a failing input into the folder of a plugin. Returns its path there. */
export function keepInput(
  folder: string,
  { calls, found }: { calls: readonly FuzzCall[]; found: string },
): string {
  const kept = calls.map(keptFrom);
  const hash = createHash('sha256').update(formatJson(kept)).digest('hex').slice(0, 12);
  const path = `${KEPT_FOLDER}/${hash}.json`;
  try {
    mkdirSync(join(folder, KEPT_FOLDER), { recursive: true });
    writeFileSync(join(folder, path), `${formatJson({ found, calls: kept })}\n`);
  } catch (error) {
    throw fileError('write', join(folder, path), error);
  }
  return path;
}

/** Lists the inputs that are kept in the folder of a plugin: their paths there. */
export function keptInputs(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, KEPT_FOLDER)).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => `${KEPT_FOLDER}/${name}`);
  } catch {
    return [];
  }
}

/**
 * Reads an input that is kept.
 * @param functions those that the component exports
 * @throws {Error} it is no such file, or does not fit the component
 */
export function readInputCalls(path: string, functions: readonly ExportedFunction[]): FuzzCall[] {
  const { calls } = JSON.parse(readFileSync(path, 'utf8')) as { calls?: unknown };
  if (!Array.isArray(calls) || calls.length === 0) throw new Error('it has no "calls"');
  return calls.map((call) => callFrom(call as KeptCall, functions));
}

function keptFrom({ func, args }: FuzzCall): KeptCall {
  return {
    call: func.label,
    args: args.map((argument, index) =>
      'made' in argument
        ? keptFrom(argument.made)
        : jsonFrom(argument.value, func.type.params[index]?.type as ResolvedValue),
    ),
  };
}

function callFrom({ call, args }: KeptCall, functions: readonly ExportedFunction[]): FuzzCall {
  const func = functions.find(({ label }) => label === call);
  if (func === undefined) throw new Error(`it calls "${call}", which the component does not export`);
  const { params } = func.type;
  if (!Array.isArray(args) || args.length !== params.length)
    throw new Error(`it calls "${call}", which takes ${params.length} arguments`);
  return {
    func,
    args: params.map(({ name, type }, index): FuzzArgument => {
      const given = (args as readonly unknown[])[index];
      return isResource(type)
        ? { made: callFrom(given as KeptCall, functions) }
        : { value: valueFrom(given, type, `argument "${name}" of "${call}"`) };
    }),
  };
}
