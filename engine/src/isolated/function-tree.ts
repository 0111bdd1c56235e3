import type { FunctionTree, Path } from './protocol.js';

const MOST_DEPTH = 3;

/** Lists the functions that an object holds, also inherited ones, and those of objects in it. */
export function functionTree(object: object, depth = 0): FunctionTree {
  const tree: FunctionTree = {};
  for (
    let at: object | null = object;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    for (const key of Object.getOwnPropertyNames(at)) {
      if (key === 'constructor' || Object.hasOwn(tree, key)) continue;
      const value = (object as Record<string, unknown>)[key];
      if (typeof value === 'function') tree[key] = true;
      else if (typeof value === 'object' && value !== null && depth < MOST_DEPTH)
        tree[key] = functionTree(value, depth + 1);
    }
  }
  return tree;
}

/** Makes an object with a function for each that a tree lists. */
export function objectFrom<T>(
  tree: FunctionTree,
  make: (path: Path) => T,
  path: Path = [],
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(tree)) {
    object[key] = inner === true ? make([...path, key]) : objectFrom(inner, make, [...path, key]);
  }
  return object;
}

/** Finds the value at a path, with the object that holds it. */
export function followPath(object: unknown, path: Path): { holder: unknown; value: unknown } {
  let holder: unknown = object;
  let value: unknown = object;
  for (const key of path) {
    holder = value;
    value = (holder as Record<string, unknown>)[key];
  }
  return { holder, value };
}
