const LONGEST = 60;
const MOST_SHOWN = 20;

/** Shows a value in a message: JSON, cut if it is long; objects and arrays only by their kind. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === undefined) return 'missing';
  if (typeof value !== 'string') return String(value);
  const text = JSON.stringify(value.slice(0, LONGEST + 1));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** Adds a member to a JSON path: `$.a`, `$["b c"]`, `$[3]`. */
export function memberPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (key.length <= LONGEST && /^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}.${key}`;
  return `${path}[${JSON.stringify(key.length <= LONGEST ? key : `${key.slice(0, LONGEST)}…`)}]`;
}

/** `"a", "b" or "c"`; of many, the first 20. */
export function alternatives(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_SHOWN).map(describeValue);
  const more = values.length - shown.length;
  if (more > 0) shown.push(`one of ${more} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** `a, b, c`; of many, the first 20. */
export function listOf(names: readonly string[]): string {
  const more = names.length - MOST_SHOWN;
  return names.slice(0, MOST_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
