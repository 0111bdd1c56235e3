import type { ByteReader } from '../../binary/index.js';

/** How deep components, component types and instance types may nest in each other. */
const MAX_DEPTH = 100;

/**
 * How many definitions and declarations a file may have. Each is an object in memory, made of as little as one byte, so
 * a count of them bounds what a file costs.
 */
const MAX_DEFINITIONS = 1_000_000;

/** Where a decoder stands: how deep, and how much the whole file has defined so far. */
export interface Scope {
  readonly depth: number;
  readonly tally: { definitions: number };
}

/** Returns the scope of a whole file. */
export function fileScope(): Scope {
  return { depth: 0, tally: { definitions: 0 } };
}

/**
 * Returns the scope of something nested in `scope`.
 * @throws {ModuleError} WP_MODULE_LIMIT if that is too deep
 */
export function nestedScope(scope: Scope, reader: ByteReader): Scope {
  if (scope.depth + 1 >= MAX_DEPTH) throw reader.limit(`more than ${MAX_DEPTH} levels of nesting`);
  return { depth: scope.depth + 1, tally: scope.tally };
}

/**
 * Counts `count` more definitions.
 * @throws {ModuleError} WP_MODULE_LIMIT if those are too many
 */
export function countDefinitions(scope: Scope, count: number, reader: ByteReader): void {
  scope.tally.definitions += count;
  if (scope.tally.definitions > MAX_DEFINITIONS)
    throw reader.limit(`more than ${MAX_DEFINITIONS} definitions`);
}
