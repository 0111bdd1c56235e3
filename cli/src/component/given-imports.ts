import { CompatibleNames } from '@wasm-plugin/engine/component';
import { createSandbox } from '@wasm-plugin/engine/sandbox';

/** The interfaces that every sandbox has: what `wasm-plugin run` and every host of plugins can give. */
export const OF_HOST: readonly string[] = Object.keys(createSandbox({ permissions: [], grants: [] }).imports);

/** Makes a function that tells whether a name, or a compatible version of it, is among some. */
export function finder(names: readonly string[]): (name: string) => boolean {
  const compatible = new CompatibleNames();
  for (const name of names) compatible.add(name);
  const exact = new Set(names);
  // A host may leave the version out, as it does for its own interfaces.
  return (name) =>
    exact.has(name) || exact.has(name.replace(/@.*$/, '')) || compatible.find(name) !== undefined;
}
