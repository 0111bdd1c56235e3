import { leb, readLeb } from './leb.js';

/** A section of a binary, core or component. */
export interface Section {
  id: number;
  bytes: Uint8Array;
}

const PREAMBLE_BYTES = 8;

/** Splits a well-formed binary into its preamble and sections. */
export function splitSections(bytes: Uint8Array): { preamble: Uint8Array; sections: Section[] } {
  const sections: Section[] = [];
  let at = PREAMBLE_BYTES;
  while (at < bytes.length) {
    const id = bytes[at] as number;
    const { value, end } = readLeb(bytes, at + 1);
    sections.push({ id, bytes: bytes.subarray(end, end + value) });
    at = end + value;
  }
  return { preamble: bytes.subarray(0, PREAMBLE_BYTES), sections };
}

/** Puts a binary together; `sizeOf` may lie about the size of a section. */
export function joinSections(
  preamble: Uint8Array,
  sections: readonly Section[],
  sizeOf: (section: Section) => number[] = (section) => leb(section.bytes.length),
): Uint8Array {
  const parts = sections.flatMap((section) => [[section.id], sizeOf(section), section.bytes]);
  const whole = new Uint8Array(preamble.length + parts.reduce((sum, part) => sum + part.length, 0));
  whole.set(preamble);
  let at = preamble.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
