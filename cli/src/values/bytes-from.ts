import { valueError, type Path } from './value-error.js';

const WANTED = 'list<u8>: an array of numbers, { "base64": "…" } or { "text": "…" }';

/** Turns `{ "base64": … }` or `{ "text": … }` into bytes. */
export function bytesFrom(json: unknown, path: Path): Uint8Array {
  const { base64, text } = (json ?? {}) as { base64?: unknown; text?: unknown };
  if (typeof text === 'string' && base64 === undefined) return new TextEncoder().encode(text);
  if (typeof base64 === 'string' && text === undefined && /^[A-Za-z0-9+/_-]*={0,2}$/.test(base64)) {
    return new Uint8Array(Buffer.from(base64, 'base64'));
  }
  throw valueError(path, { found: json, wanted: WANTED });
}
