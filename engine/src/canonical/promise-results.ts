import type { FuncType, ValueType } from './types.js';

/**
 * Returns whether a promise that a host function returns would pass for its result. A call does not wait: what the promise
 * comes to would be lost, and its rejection nobody's. Of other types a promise is no value, which is found out anyway.
 */
export function takesPromises({ result }: FuncType): boolean {
  return takesPromise(result?.kind === 'result' ? result.ok : result);
}

function takesPromise(type: ValueType | undefined): boolean {
  switch (type?.kind) {
    case undefined:
    case 'record':
    case 'flags':
    case 'own':
    case 'borrow':
      return true;
    case 'option':
      return takesPromise(type.some);
    default:
      return false;
  }
}

/** Finds a promise in what a host function returned, with whatever marks it as the `ok` of a `result`. */
export function promiseIn(value: unknown): Promise<unknown> | undefined {
  const inner = typeof value === 'object' && value !== null && 'val' in value ? value.val : undefined;
  return [value, inner].find((each) => each instanceof Promise);
}
