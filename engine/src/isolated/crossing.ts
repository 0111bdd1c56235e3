/**
 * Checks that a value can cross to another thread and mean the same there: numbers, texts, typed arrays, and plain objects
 * and arrays of such. Resources cannot: they live where they were made.
 * @throws {TypeError}
 */
export function checkCrossing(value: unknown, what: string): void {
  if (typeof value === 'function' || typeof value === 'symbol') throw refusal(what, `a ${typeof value}`);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) checkCrossing(item, what);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refusal(what, 'a resource');
  for (const item of Object.values(value)) checkCrossing(item, what);
}

function refusal(what: string, found: string): TypeError {
  return new TypeError(`Cannot pass ${what} to another thread: it holds ${found}`);
}
