import { layoutOf, recordLayout, type FlatType } from '@wasm-plugin/engine/component';
import type { WitFunction } from '../world/index.js';

/** Core signature of a function at the boundary. */
export interface Signature {
  /** Core types of its parameters; one address if there are too many. */
  params: readonly FlatType[];
  spillsParams: boolean;
  /** Core type of its result, if it is not written to memory. */
  result: FlatType | undefined;
  spillsResult: boolean;
}

export function signatureOf({ params, result }: WitFunction): Signature {
  const { flat } = recordLayout(params.map(({ type }) => layoutOf(type)));
  const results = result && layoutOf(result).flat;
  const spillsResult = result !== undefined && (results === undefined || results.length > 1);
  return {
    params: flat ?? ['i32'],
    spillsParams: flat === undefined,
    result: spillsResult ? undefined : results?.[0],
    spillsResult,
  };
}

/** The name and role of a function of a resource, or of a plain one. */
export type Role =
  | { kind: 'function'; name: string }
  | { kind: 'constructor'; resource: string }
  | { kind: 'method' | 'static'; resource: string; name: string };

/** `[method]token.rename` → a method `rename` of `token`. */
export function roleOf({ name }: WitFunction): Role {
  const [, kind, resource, method] = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
  if (kind === undefined || resource === undefined) return { kind: 'function', name };
  if (kind === 'constructor') return { kind, resource };
  return { kind: kind as 'method' | 'static', resource, name: method! };
}

/** A constructor that gives a `result`: AssemblyScript has no such, so it is a static function. */
export function isFallibleConstructor(func: WitFunction): boolean {
  return roleOf(func).kind === 'constructor' && func.result?.kind === 'result';
}
