import { number, readNumber, sectionsOf, sized, text } from './sections.js';

const HEADER_BYTES = 8;
const EXPORT_SECTION = 7;

/**
 * Renames the exports of a core module. An export may get several names; one without a new name is dropped, except for the
 * memory. All other bytes stay.
 * @throws {Error} the module lacks a requested export
 */
export function renameExports(
  module: Uint8Array,
  names: readonly { name: string; local: string }[],
): Uint8Array<ArrayBuffer> {
  const sections = sectionsOf(module).map(({ id, content, bytes }) =>
    id === EXPORT_SECTION ? exportSection(readExports(content), names) : bytes,
  );
  return new Uint8Array(Buffer.concat([module.subarray(0, HEADER_BYTES), ...sections]));
}

/** Exports by name: the byte of the kind and the index, as they are in the binary. */
type Exported = Map<string, { kind: number; index: number }>;

function readExports(content: Uint8Array): Exported {
  const found: Exported = new Map();
  const reader = { bytes: content, at: 0 };
  for (let count = readNumber(reader); count > 0; count--) {
    const length = readNumber(reader);
    const name = Buffer.from(content.subarray(reader.at, reader.at + length)).toString('utf8');
    reader.at += length;
    const kind = content[reader.at++]!;
    found.set(name, { kind, index: readNumber(reader) });
  }
  return found;
}

function exportSection(exported: Exported, names: readonly { name: string; local: string }[]): Uint8Array {
  const entries = [{ name: 'memory', local: 'memory' }, ...names].map(({ name, local }) => {
    const item = exported.get(local);
    if (item === undefined) throw new Error(`Cannot rename exports: the module has no export "${local}"`);
    return Buffer.concat([text(name), Uint8Array.of(item.kind), number(item.index)]);
  });
  return Buffer.concat([
    Uint8Array.of(EXPORT_SECTION),
    sized(Buffer.concat([number(entries.length), ...entries])),
  ]);
}
