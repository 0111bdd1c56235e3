/** A function of an interface, as carriers give it: its result, or a promise of it. */
export type InterfaceFunction = (...args: unknown[]) => unknown;

/** Finds an interface among exports by its name, with its version or without: `wasm-plugin:abi/lifecycle`. */
export function findInterface(
  exports: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, InterfaceFunction>> | undefined {
  const key = Object.keys(exports).find((each) => each === name || each.startsWith(`${name}@`));
  return key === undefined ? undefined : (exports[key] as Readonly<Record<string, InterfaceFunction>>);
}
