import type { TraceBudget } from '../trace-budget.js';
import type { DwarfReader } from './dwarf-reader.js';

/** The sections that line tables are kept in. */
export interface LineSections {
  readonly line: Uint8Array;
  readonly lineStrings: Uint8Array | undefined;
  readonly strings: Uint8Array | undefined;
}

/** Facts that a line program needs to run. */
export interface LineHeader {
  readonly version: number;
  readonly instructionLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  /** Number of operands of each standard opcode. */
  readonly operands: readonly number[];
  /** Offset of the table of folders, which that of files follows. */
  readonly tables: number;
  /** Offset of the program, which ends both. */
  readonly program: number;
}

/** The steps that a unit takes beside its opcodes. */
const STEPS_A_UNIT = 100;

const LEAST_VERSION = 2;
const NEWEST_VERSION = 5;

/**
 * Reads the header of a line program (DWARF 5, section 6.2.4), but not the names in it, and moves to where the program
 * starts; `undefined` for one of a version that is not known.
 */
export function readLineHeader(reader: DwarfReader, budget: TraceBudget): LineHeader | undefined {
  budget.spend(STEPS_A_UNIT);
  const version = reader.fixed(2);
  if (version < LEAST_VERSION || version > NEWEST_VERSION) return undefined;
  if (version >= 5) reader.skip(2);
  const length = reader.fixed(4);
  const program = reader.position + length;
  const instructionLength = reader.byte();
  if (version >= 4) reader.byte();
  reader.byte();
  const lineBase = reader.signedByte();
  const lineRange = reader.byte();
  if (lineRange === 0 || program > reader.end) return undefined;
  const count = Math.max(0, reader.byte() - 1);
  budget.spend(count);
  const operands = Array.from({ length: count }, () => reader.byte());
  const tables = reader.position;
  reader.position = program;
  return { version, instructionLength, lineBase, lineRange, operands, tables, program };
}
