import { PluginError } from './errors.js';

const DEEPEST = 8;

/** Makes JSON of an event or answer of a host: of an error its message and code, of bytes their number; packages are left out. */
export function plainJson(value: unknown, depth = 0): unknown {
  if (value instanceof Error) {
    const { message } = value;
    return PluginError.is(value) ? { message, code: value.code } : { message };
  }
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return { bytes: value.length };
  if (Array.isArray(value)) return value.map((item) => plainJson(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return undefined;
  const entries = Object.entries(value).filter(
    ([key, item]) => key !== 'package' && typeof item !== 'function',
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, plainJson(item, depth + 1)]));
}
