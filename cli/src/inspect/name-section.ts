import { ByteReader } from '@wasm-plugin/engine/module';

/**
 * Reads the name of a module or component from its name section, where it is the first part, numbered 0. The section
 * says nothing about what a component does: one that is malformed counts as absent, as the specification wants it.
 */
export function moduleName(section: Uint8Array | undefined): string | undefined {
  if (section === undefined) return undefined;
  try {
    const reader = new ByteReader(section);
    if (reader.done || reader.byte() !== 0) return undefined;
    reader.u32();
    return reader.name();
  } catch {
    return undefined;
  }
}
