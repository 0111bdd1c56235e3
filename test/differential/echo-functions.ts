import { decodeComponent, validateComponent, type ResolvedFunc } from '@wasm-plugin/engine/component';

/** A function that a component exports from an interface. */
export interface EchoFunction {
  name: string;
  type: ResolvedFunc;
}

/** Lists the functions of an exported interface, with their types. */
export function echoFunctions(bytes: Uint8Array, interfaceName: string): EchoFunction[] {
  const found = validateComponent(decodeComponent(bytes)).exports.get(interfaceName);
  if (found?.kind !== 'instance') throw new Error(`the component exports no instance "${interfaceName}"`);
  return [...found.type.exports].flatMap(([name, item]) =>
    item.kind === 'func' ? [{ name, type: item.type }] : [],
  );
}
