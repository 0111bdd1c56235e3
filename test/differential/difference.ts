/**
 * Finds the first difference of two values; `undefined` if there is none. Everything that a program can see counts: `-0`,
 * `NaN`, the order of keys, missing against `undefined`, prototypes. The bits of a `NaN` do not: a value type has one `NaN`.
 */
export function difference(a: unknown, b: unknown, path = 'value'): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${path}: ${show(a)} against ${show(b)}`;
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) {
    return `${path}: a ${nameOf(a)} against a ${nameOf(b)}`;
  }
  if (a instanceof Map) return difference([...a], [...(b as Map<unknown, unknown>)], `${path} (a map)`);
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.join() !== others.join()) return `${path}: keys ${keys.join()} against ${others.join()}`;
  for (const key of keys) {
    const found = difference(a[key as never], b[key as never], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(value: object): string {
  return (value.constructor as { name?: string } | undefined)?.name ?? 'value without a prototype';
}

function show(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
