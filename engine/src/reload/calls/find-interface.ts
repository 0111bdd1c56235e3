import { InterfaceNames } from '../../component/index.js';

/** A function of an interface, as carriers give it: its result, or a promise of it. */
export type InterfaceFunction = (...args: unknown[]) => unknown;

type Exports = Readonly<Record<string, unknown>>;

/** Functions by name. */
export type Interface = Readonly<Record<string, InterfaceFunction>>;

/** Sets of names that are kept: the instances of a plugin have the same, and the versions of a plugin nearly so. */
const MOST_SETS = 64;
const MOST_CHARACTERS = 10_000;
const sets = new Map<string, InterfaceNames>();

/** Finds an interface among exports by its name, with its version or without, as `InterfaceNames` has it. */
export function findInterface(exports: Exports, name: string): Interface | undefined {
  const key = interfaceNames(Object.keys(exports).filter(isInterface)).find(name);
  return key === undefined ? undefined : (exports[key] as Interface);
}

/** Returns the names for look-ups. Equal names share them: they keep no instance, and no instance keeps them. */
export function interfaceNames(names: readonly string[]): InterfaceNames {
  const text = names.join(' ');
  const known = sets.get(text);
  if (known !== undefined) return known;
  const interfaces = new InterfaceNames(names);
  if (sets.size >= MOST_SETS) sets.clear();
  if (text.length <= MOST_CHARACTERS) sets.set(text, interfaces);
  return interfaces;
}

/** Returns whether the name of an export is that of an interface. */
export function isInterface(name: string): boolean {
  return name.includes(':');
}
