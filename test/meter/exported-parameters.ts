import { decodeModule } from '@wasm-plugin/engine/module';
import { functionTypeAt, indexModule, type ValueType } from '#internals';

/** Returns the parameter types of every exported function. */
export function exportedParameters(binary: Uint8Array): ReadonlyMap<string, readonly ValueType[]> {
  const module = decodeModule(binary);
  const index = indexModule(module);
  const parameters = new Map<string, readonly ValueType[]>();
  for (const entry of module.exports) {
    if (entry.kind !== 'func') continue;
    const type = functionTypeAt(index, index.functionTypes[entry.index] as number);
    if (type !== undefined) parameters.set(entry.name, type.params);
  }
  return parameters;
}
