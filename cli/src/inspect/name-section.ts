import { ByteReader } from '@wasm-plugin/engine/module';

/**
 * Reads the name of a module or component from its name section, if the name is the first part, numbered 0. The section does
 * not affect a component's behaviour: a malformed one counts as absent, as in the specification.
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
