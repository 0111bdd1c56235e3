/** Versions 0.1.x are compatible with each other. */
const COMPATIBLE = '@0.1.';

/**
 * Returns an interface of `wasm-plugin:abi` among the imports of a host, given without a version or under a compatible one;
 * `undefined` if the host does not give it.
 * @param name e.g. `log`
 */
export function givenInterface(imports: Readonly<Record<string, unknown>>, name: string): unknown {
  const full = `wasm-plugin:abi/${name}`;
  const key = Object.keys(imports).find((each) => each === full || each.startsWith(full + COMPATIBLE));
  return key === undefined ? undefined : imports[key];
}
