import { ByteReader } from '../binary/index.js';

/** The part of a name section that names the module. */
export const MODULE_NAME = 0;

/** Reads the name of a module from its name section. A malformed one counts as absent, as the specification wants it. */
export function moduleName(section: Uint8Array | undefined): string | undefined {
  if (section === undefined) return undefined;
  try {
    const reader = new ByteReader(section);
    if (reader.done || reader.byte() !== MODULE_NAME) return undefined;
    return reader.part(reader.u32()).name();
  } catch {
    return undefined;
  }
}
