import type { Progress } from './progress.js';
import type { Extent } from './resolved.js';

/** The most nodes a type may have when written out, as in wasmparser. */
const MAX_SIZE = 1_000_000;

/** The most levels a type may nest, so that no walk over it overflows the stack. */
const MAX_DEPTH = 100;

/** The extent of a type without parts. */
export const LEAF: Extent = { size: 1, depth: 1 };

/**
 * Returns the extent of a type made of `parts`.
 * @throws {ModuleError} WP_MODULE_LIMIT if it is too large or nests too deep
 */
export function extentOf(parts: Iterable<Extent>, progress: Progress): Extent {
  let { size, depth } = LEAF;
  for (const part of parts) {
    size += part.size;
    depth = Math.max(depth, part.depth + 1);
  }
  return checkExtent({ size, depth }, progress);
}

/**
 * Returns the extent of a type with one more part.
 * @throws {ModuleError} WP_MODULE_LIMIT if it is too large or nests too deep
 */
export function growExtent(whole: Extent, part: Extent, progress: Progress): Extent {
  const size = whole.size + part.size;
  return checkExtent({ size, depth: Math.max(whole.depth, part.depth + 1) }, progress);
}

function checkExtent(extent: Extent, progress: Progress): Extent {
  const { size, depth } = extent;
  if (size > MAX_SIZE) throw progress.limit(`effective type size exceeds the limit of ${MAX_SIZE}`);
  if (depth > MAX_DEPTH) throw progress.limit(`type nesting is too deep: more than ${MAX_DEPTH} levels`);
  return extent;
}
