import { InterfaceNames } from '@wasm-plugin/engine/component';
import { createSandbox } from '@wasm-plugin/engine/sandbox';

/** The interfaces of every sandbox, which `wasm-plugin run` and every host of plugins can provide. */
export const OF_HOST: readonly string[] = Object.keys(createSandbox({ permissions: [], grants: [] }).imports);

/** Makes a function that finds an import among given names, by the rule of hosts. */
export function finder(names: readonly string[]): (name: string) => boolean {
  const given = new InterfaceNames(names);
  return (name) => given.findGiven(name) !== undefined;
}
