import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ByteReader, ByteWriter } from '@wasm-plugin/engine/module';

const CORE_MODULE = 1;

/**
 * Makes a component whose only core module is `core`, byte for byte.
 * @param functions its exported functions, which the component exports, with their types: `{ run: '(param "a" s32)' }`
 */
export async function wrapModule(core: Uint8Array, functions: Record<string, string>): Promise<Uint8Array> {
  const lifts = Object.entries(functions).map(
    ([name, type]) => `(func (export "${name}") ${type} (canon lift (core func $i "${name}")))`,
  );
  const stubs = Object.entries(functions).map(([name, type]) => {
    const coreType = type.replaceAll(/"[^"]*"/g, '').replaceAll(/\b[us]32\b/g, 'i32');
    return `(func (export "${name}") ${coreType} unreachable)`;
  });
  const bytes = await parse(`(component
    (core module $m ${stubs.join(' ')})
    (core instance $i (instantiate $m))
    ${lifts.join('\n')})`);
  return replaceModule(bytes, core);
}

function replaceModule(bytes: Uint8Array, core: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  const writer = new ByteWriter(bytes.length + core.length);
  writer.copyFrom(reader.take(8));
  while (!reader.done) {
    const id = reader.byte();
    const section = reader.take(reader.u32());
    writer.byte(id);
    writer.sized(id === CORE_MODULE ? core : section);
  }
  return writer.copy();
}
