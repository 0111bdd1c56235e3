import { InterfaceNames } from '../../component/index.js';

/** A function of an interface, as carriers give it: its result, or a promise of it. */
export type InterfaceFunction = (...args: unknown[]) => unknown;

type Exports = Readonly<Record<string, unknown>>;
type Interface = Readonly<Record<string, InterfaceFunction>>;

/** The names of what was looked through before. What an instance exports does not change. */
const known = new WeakMap<Exports, InterfaceNames>();

/** Finds an interface among exports by its name, with its version or without, as `InterfaceNames` has it. */
export function findInterface(exports: Exports, name: string): Interface | undefined {
  const key = interfaceNames(exports).find(name);
  return key === undefined ? undefined : (exports[key] as Interface);
}

/** The names of the interfaces among exports. */
export function interfaceNames(exports: Exports): InterfaceNames {
  let names = known.get(exports);
  if (names === undefined) {
    names = new InterfaceNames(Object.keys(exports).filter((key) => key.includes(':')));
    known.set(exports, names);
  }
  return names;
}
