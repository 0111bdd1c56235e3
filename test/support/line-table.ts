import { ByteWriter } from '@wasm-plugin/engine/module';

/** A unit of a line table as DWARF 5 has it: the entries of its folders and files, and its program. */
export interface LineUnit {
  /** The tables of folders and files. @default one file "a.c" */
  tables?: Uint8Array;
  program?: Uint8Array;
}

const LINE_STRING = 0x1f;
const INLINE_STRING = 0x08;

/** Writes a table whose every entry is a path at the offset 0 of `.debug_line_str`. */
export function sameTextTable(count: number): Uint8Array {
  const writer = new ByteWriter(count * 4 + 16);
  for (const byte of [1, 1, LINE_STRING]) writer.byte(byte);
  writer.u32(count);
  writer.copyFrom(new Uint8Array(count * 4));
  return writer.copy();
}

/** Writes a table of paths. */
export function pathTable(paths: readonly string[]): Uint8Array {
  const writer = new ByteWriter(64);
  for (const byte of [1, 1, INLINE_STRING]) writer.byte(byte);
  writer.u32(paths.length);
  for (const path of paths) {
    writer.copyFrom(new TextEncoder().encode(path));
    writer.byte(0);
  }
  return writer.copy();
}

/** Writes one unit of `.debug_line`; its standard opcodes are the twelve of DWARF 5. */
export function lineUnit({
  tables = joined(pathTable(['/']), pathTable(['a.c'])),
  program = new Uint8Array(),
}: LineUnit): Uint8Array {
  const head = Uint8Array.from([1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]);
  const header = joined(head, tables);
  const unit = joined(Uint8Array.from([5, 0, 4, 0]), fixed32(header.length), header, program);
  return joined(fixed32(unit.length), unit);
}

/** Writes the same as DWARF 4 has it: files are numbered from 1. */
export function oldLineUnit(paths: readonly string[], program: Uint8Array): Uint8Array {
  const head = Uint8Array.from([1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]);
  const files = new ByteWriter(64);
  files.byte(0);
  for (const path of paths) {
    files.copyFrom(new TextEncoder().encode(path));
    for (const byte of [0, 0, 0, 0]) files.byte(byte);
  }
  files.byte(0);
  const header = joined(head, files.copy());
  const unit = joined(Uint8Array.from([4, 0]), fixed32(header.length), header, program);
  return joined(fixed32(unit.length), unit);
}

/** The opcode that sets the address. */
export function setAddress(address: number): Uint8Array {
  return joined(Uint8Array.from([0, 5, 2]), fixed32(address));
}

export function fixed32(value: number): Uint8Array {
  return Uint8Array.from([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** `part`, `count` times. */
export function repeated(part: Uint8Array, count: number): Uint8Array {
  const result = new Uint8Array(part.length * count);
  for (let at = 0; at < count; at++) result.set(part, at * part.length);
  return result;
}
