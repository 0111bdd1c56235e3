import { interfaceNames, isInterface } from './find-interface.js';
import type { Exports } from '../subject.js';

/** A function of an instance. */
export type ExportedFunction = (...args: unknown[]) => unknown;

/** Path of a function among the exports: `['a:b/c@1.0.0', 'f']`, or `['f']`. */
export type ExportPath = readonly string[];

/**
 * Makes exports whose functions are wrapped. An interface under two names stays one object. Classes are left as they are: calls
 * through a resource are not seen.
 */
export function wrapExports(
  exports: Exports,
  wrap: (target: ExportedFunction, path: ExportPath) => ExportedFunction,
): Exports {
  const seen = new Map<unknown, Exports>();
  const wrapGroup = (group: Exports, path: ExportPath): Exports => {
    const wrapped: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(group)) {
      if (typeof value === 'function' && !isClass(value)) {
        const wrapper = wrap(value as ExportedFunction, [...path, name]);
        // Forwarders read the length.
        Object.defineProperty(wrapper, 'length', { value: value.length });
        wrapped[name] = wrapper;
      } else if (typeof value === 'object' && value !== null) {
        let inner = seen.get(value);
        if (inner === undefined) seen.set(value, (inner = wrapGroup(value as Exports, [...path, name])));
        wrapped[name] = inner;
      } else wrapped[name] = value;
    }
    return wrapped;
  };
  return wrapGroup(exports, []);
}

/** Returns the path of the first resource class among exports, e.g. `a:b/c@1.0.0#thing`; `undefined` if there is none. */
export function resourceIn(exports: Exports): string | undefined {
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function' && isClass(value)) return name;
    const inner = typeof value === 'object' && value !== null ? resourceIn(value as Exports) : undefined;
    if (inner !== undefined) return `${name}#${inner}`;
  }
  return undefined;
}

/** Finds a function by its path; an interface also in another version that is compatible. */
export function functionAt(exports: Exports, path: ExportPath): ExportedFunction | undefined {
  let found: unknown = exports;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    const group = found as Exports;
    const key = Object.hasOwn(group, name)
      ? name
      : interfaceNames(Object.keys(group).filter(isInterface)).find(name);
    found = key === undefined ? undefined : group[key];
  }
  return typeof found === 'function' ? (found as ExportedFunction) : undefined;
}

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
