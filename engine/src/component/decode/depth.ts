import type { ByteReader } from '../../binary/index.js';

/** The most levels of components, component types and instance types in each other, as in wasmparser. */
const MAX_DEPTH = 100;

/**
 * Returns the depth of something nested at `depth`.
 * @throws {ModuleError} WP_MODULE_LIMIT if that is too deep
 */
export function deeper(depth: number, reader: ByteReader): number {
  if (depth + 1 >= MAX_DEPTH) throw reader.limit(`more than ${MAX_DEPTH} levels of nesting`);
  return depth + 1;
}
