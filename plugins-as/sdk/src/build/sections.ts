const HEADER_BYTES = 8;

/** Position of a reader in some bytes. */
export interface Reader {
  bytes: Uint8Array;
  at: number;
}

/** A section of a core module. */
export interface Section {
  id: number;
  content: Buffer;
  /** With its id and size. */
  bytes: Uint8Array;
}

/** Splits a core module that the compiler wrote into its sections. */
export function sectionsOf(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  const reader = { bytes: module, at: HEADER_BYTES };
  while (reader.at < module.length) {
    const start = reader.at;
    const id = module[reader.at++]!;
    const size = readNumber(reader);
    const content = Buffer.from(module.buffer, module.byteOffset + reader.at, size);
    reader.at += size;
    sections.push({ id, content, bytes: module.subarray(start, reader.at) });
  }
  return sections;
}

export function readNumber(reader: Reader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.bytes[reader.at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

export function number(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** Bytes with their length before them. */
export function sized(content: Uint8Array): Buffer {
  return Buffer.concat([number(content.length), content]);
}

export function text(value: string): Buffer {
  return sized(Buffer.from(value, 'utf8'));
}
