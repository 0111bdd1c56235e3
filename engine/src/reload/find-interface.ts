/** A function of an interface, as carriers give it: its result, or a promise of it. */
export type InterfaceFunction = (...args: unknown[]) => unknown;

type Exports = Readonly<Record<string, unknown>>;
type Interface = Readonly<Record<string, InterfaceFunction>>;

/** What was found before. What an instance exports does not change. */
const known = new WeakMap<Exports, Map<string, Interface | undefined>>();

/** Finds an interface among exports by its name, with its version or without: `wasm-plugin:abi/lifecycle`. */
export function findInterface(exports: Exports, name: string): Interface | undefined {
  let found = known.get(exports);
  if (found === undefined) known.set(exports, (found = new Map()));
  if (!found.has(name)) {
    const key = Object.keys(exports).find((each) => each === name || each.startsWith(`${name}@`));
    found.set(name, key === undefined ? undefined : (exports[key] as Interface));
  }
  return found.get(name);
}
