import { ByteReader, ByteWriter } from '@wasm-plugin/engine/module';

const CUSTOM = 0;
const CORE_MODULE = 1;
const PREAMBLE_BYTES = 8;

/**
 * Returns a component of equal behaviour and other bytes: each core module gets a custom section that contains `nonce`. So
 * neither the engine's cache nor that of V8, which goes by the bytes of a core module, contains it.
 */
export function varyComponent(component: Uint8Array, nonce: number): Uint8Array<ArrayBuffer> {
  const reader = new ByteReader(component);
  const writer = new ByteWriter(component.length + 1024);
  writer.copyFrom(reader.take(PREAMBLE_BYTES));
  const addition = customSection(`nonce ${nonce}`);
  while (!reader.done) {
    const id = reader.byte();
    const content = reader.take(reader.u32());
    writer.byte(id);
    if (id !== CORE_MODULE) {
      writer.sized(content);
      continue;
    }
    writer.u32(content.length + addition.length);
    writer.copyFrom(content);
    writer.copyFrom(addition);
  }
  return writer.copy();
}

function customSection(name: string): Uint8Array {
  const content = new ByteWriter();
  content.name(name);
  const section = new ByteWriter();
  section.byte(CUSTOM);
  section.sized(content.view());
  return section.copy();
}
