import type { FuncType, ValueType } from './types.js';

/**
 * Returns true if a promise from a host function could pass for a value of its result type. A call does not wait: the value of
 * the promise would be lost, and its rejection unhandled. For other types a promise is no value, and is refused anyway.
 */
export function takesPromises({ result }: FuncType): boolean {
  return takesPromise(result?.kind === 'result' ? result.ok : result);
}

function takesPromise(type: ValueType | undefined): boolean {
  switch (type?.kind) {
    case undefined:
    case 'record':
    case 'flags':
    case 'stream':
    case 'future':
    case 'own':
    case 'borrow':
      return true;
    case 'option':
      return takesPromise(type.some);
    default:
      return false;
  }
}

/** Finds a promise in the result of a host function, with or without the mark of a `result`'s `ok`. */
export function promiseIn(value: unknown): Promise<unknown> | undefined {
  const inner = typeof value === 'object' && value !== null && 'val' in value ? value.val : undefined;
  return [value, inner].find((each) => each instanceof Promise);
}
