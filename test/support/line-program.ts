import { ByteWriter } from '@wasm-plugin/engine/module';
import type { Random } from './random.js';

/** A row of a line table. The last row of a sequence is its end. */
export interface Row {
  address: number;
  line: number;
  /** Index of the file, the first of which has the number 1. */
  file: number;
  column: number;
}

/** As `lineUnit` and `oldLineUnit` have it. */
const [LINE_BASE, LINE_RANGE, OPCODE_BASE] = [-5, 14, 13];

/** Writes a sequence of a line program (DWARF 5, section 6.2.5), by opcodes that are chosen at random. */
export function lineProgram(rows: readonly Row[], random: Random): Uint8Array {
  const writer = new ByteWriter(64);
  let state = { address: 0, line: 1, file: 0, column: 0 };
  for (const [at, row] of rows.entries()) {
    if (at === 0 || random.chance(0.1)) setAddress(writer, row.address);
    else writeAdvance(writer, row.address - state.address, random);
    if (row.file !== state.file) number(writer, 4, row.file + 1);
    if (row.column !== state.column) number(writer, 5, row.column);
    const special = row.line - state.line - LINE_BASE;
    if (at === rows.length - 1) {
      // The end of a sequence makes a row by itself.
      for (const byte of [0, 1, 1]) writer.byte(byte);
    } else if (special >= 0 && special < LINE_RANGE && random.chance(0.7)) {
      writer.byte(OPCODE_BASE + special);
    } else {
      writer.byte(3);
      signed(writer, row.line - state.line);
      writer.byte(1);
    }
    state = row;
  }
  return writer.copy();
}

function writeAdvance(writer: ByteWriter, by: number, random: Random): void {
  const constant = Math.floor((255 - OPCODE_BASE) / LINE_RANGE);
  if (by >= constant && random.chance(0.3)) {
    writer.byte(8);
    number(writer, 2, by - constant);
  } else if (by < 0x10000 && random.chance(0.3)) {
    for (const byte of [9, by & 255, by >> 8]) writer.byte(byte);
  } else number(writer, 2, by);
}

function setAddress(writer: ByteWriter, address: number): void {
  for (const byte of [0, 5, 2, address & 255, (address >> 8) & 255, (address >> 16) & 255, address >>> 24])
    writer.byte(byte);
}

function number(writer: ByteWriter, opcode: number, value: number): void {
  writer.byte(opcode);
  writer.u32(value);
}

function signed(writer: ByteWriter, value: number): void {
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    writer.byte(isLast ? byte : byte | 0x80);
    if (isLast) return;
  }
}
