/** The parts of a core module's binary form that renaming its exports needs. */
const HEADER_BYTES = 8;
const EXPORT_SECTION = 7;

/**
 * Gives the exports of a core module other names. An export may get several; one that is not named is dropped,
 * save for the memory. Everything else stays byte for byte.
 *
 * @throws {Error} the module has no export of a name that is asked for
 */
export function renameExports(
  module: Uint8Array,
  names: readonly { name: string; local: string }[],
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [module.subarray(0, HEADER_BYTES)];
  const reader = { bytes: module, at: HEADER_BYTES };
  while (reader.at < module.length) {
    const start = reader.at;
    const id = module[reader.at++];
    const end = readNumber(reader) + reader.at;
    parts.push(
      id === EXPORT_SECTION ? exportSection(readExports(reader), names) : module.subarray(start, end),
    );
    reader.at = end;
  }
  return new Uint8Array(Buffer.concat(parts));
}

interface Reader {
  bytes: Uint8Array;
  at: number;
}

/** What an export is: the byte of its kind and its index, as they stand in the binary. */
type Exported = Map<string, { kind: number; index: number }>;

function readExports(reader: Reader): Exported {
  const found: Exported = new Map();
  for (let count = readNumber(reader); count > 0; count--) {
    const length = readNumber(reader);
    const name = Buffer.from(reader.bytes.subarray(reader.at, reader.at + length)).toString('utf8');
    reader.at += length;
    const kind = reader.bytes[reader.at++]!;
    found.set(name, { kind, index: readNumber(reader) });
  }
  return found;
}

function exportSection(exported: Exported, names: readonly { name: string; local: string }[]): Uint8Array {
  const entries = [{ name: 'memory', local: 'memory' }, ...names].map(({ name, local }) => {
    const item = exported.get(local);
    if (item === undefined) throw new Error(`Cannot rename exports: the module has no export "${local}"`);
    const text = Buffer.from(name, 'utf8');
    return Buffer.concat([number(text.length), text, Uint8Array.of(item.kind), number(item.index)]);
  });
  const body = Buffer.concat([number(entries.length), ...entries]);
  return Buffer.concat([Uint8Array.of(EXPORT_SECTION), number(body.length), body]);
}

function readNumber(reader: Reader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.bytes[reader.at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function number(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
