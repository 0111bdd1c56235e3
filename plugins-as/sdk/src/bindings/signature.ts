import type { WitFunction, WitType } from '../world/index.js';
import { flatten, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, type Flat } from './layout.js';

/** Core signature of a function at the boundary. */
export interface Signature {
  /** Core types of its parameters; one address if there are too many. */
  params: Flat[];
  spillsParams: boolean;
  /** Core type of its result, if it is not written to memory. */
  result: Flat | undefined;
  spillsResult: boolean;
}

export function signatureOf({ params, result }: WitFunction): Signature {
  const flats = params.flatMap(({ type }) => flatten(type));
  const results = result ? flatten(result) : [];
  const spillsParams = flats.length > MAX_FLAT_PARAMS;
  const spillsResult = results.length > MAX_FLAT_RESULTS;
  return {
    params: spillsParams ? ['i32'] : flats,
    spillsParams,
    result: spillsResult ? undefined : results[0],
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

/** Returns true if a value of a type holds a borrowed handle. */
export function hasBorrow(type: WitType): boolean {
  if (type.kind === 'borrow') return true;
  if (type.kind === 'list') return hasBorrow(type.element);
  if (type.kind === 'map') return hasBorrow(type.value);
  if (type.kind === 'option') return hasBorrow(type.some);
  if (type.kind === 'tuple') return type.elements.some(hasBorrow);
  if (type.kind === 'record') return type.fields.some((field) => hasBorrow(field.type));
  const payloads = type.kind === 'variant' ? type.cases.map((item) => item.type) : [];
  if (type.kind === 'result') payloads.push(type.ok, type.err);
  return payloads.some((payload) => payload !== undefined && hasBorrow(payload));
}
