import { PluginError, type GuestError } from '@wasm-plugin/abi';
import type { Instance } from '@wasm-plugin/engine';
import {
  camelCase,
  memberKey,
  parseFunctionName,
  pascalCase,
  type ResolvedValue,
} from '@wasm-plugin/engine/component';
import { jsonFrom } from '../values/index.js';
import type { ExportedFunction } from './find-export.js';

/** Result of a call, as JSON. `err` is the error case of a WIT `result`. */
export type CallOutcome = { kind: 'ok' | 'err'; json: unknown };

/**
 * Calls an exported function, and waits for its result if it is async.
 * @throws {PluginError} any error of the engine, except for the error case of a `result`
 */
export async function callExport(
  instance: Pick<Instance, 'exports'>,
  { found, args }: { found: ExportedFunction; args: readonly unknown[] },
): Promise<CallOutcome> {
  const { result } = found.type;
  const payloadType = result?.kind === 'result' ? result.ok : result;
  try {
    const value = await functionOf(instance, found)(...args);
    return { kind: 'ok', json: toJson(value, payloadType) };
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST' || result?.kind !== 'result') throw error;
    return { kind: 'err', json: toJson((error as GuestError).payload, result.err) };
  }
}

function toJson(value: unknown, type: ResolvedValue | undefined): unknown {
  return type === undefined ? null : jsonFrom(value, type);
}

/** An exported function in JavaScript. */
export type Callable = (...args: readonly unknown[]) => unknown;

/** Finds an exported function among the exports of an instance. Of a resource, a method takes its object first. */
export function functionOf(instance: Pick<Instance, 'exports'>, { owner, name }: ExportedFunction): Callable {
  const parsed = parseFunctionName(name);
  const exports =
    owner === undefined
      ? instance.exports
      : (instance.exports[owner.includes(':') ? owner : camelCase(owner)] as Record<string, unknown>);
  const key = memberKey(parsed.name, parsed.kind);
  if (parsed.kind === 'function') return exports[key] as Callable;
  const resource = exports[pascalCase(parsed.resource)] as Record<string, Callable> & Constructor;
  if (parsed.kind === 'constructor') return (...args) => new resource(...args);
  if (parsed.kind === 'static') return resource[key] as Callable;
  return (self, ...args) => (self as Record<string, Callable>)[key]?.(...args);
}

type Constructor = new (...args: readonly unknown[]) => object;
