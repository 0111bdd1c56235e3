import type { SourcePlace } from '../source-place.js';
import { DwarfReader } from './dwarf-reader.js';
import { readLineHeader, type LineHeader, type LineSections } from './line-header.js';

/** Line tables that are larger are not looked into: a trace must not take long. */
const MOST_BYTES = 16 * 2 ** 20;
const ESCAPE = 0xffffff00;

interface Row {
  address: number;
  file: number;
  line: number;
  column: number;
}

/**
 * Finds the source of the code at an address, counted from the start of the code section's contents, in the line tables of
 * a module (DWARF 2 to 5, section 6.2). Malformed tables tell nothing.
 */
export function findLine(sections: LineSections, address: number): SourcePlace | undefined {
  if (sections.line.length > MOST_BYTES) return undefined;
  const reader = new DwarfReader(sections.line);
  try {
    while (!reader.done) {
      const length = reader.fixed(4);
      // 64-bit DWARF: WebAssembly has none.
      if (length >= ESCAPE || length > reader.remaining) return undefined;
      const end = reader.position + length;
      const unit = new DwarfReader(sections.line, { start: reader.position, end });
      const found = findInUnit(unit, sections, address);
      if (found !== undefined) return found;
      reader.position = end;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

function findInUnit(reader: DwarfReader, sections: LineSections, address: number): SourcePlace | undefined {
  const header = readLineHeader(reader, sections);
  if (header === undefined) return undefined;
  const row = findRow(reader, header, address);
  const file = row && header.fileAt(row.file);
  if (row === undefined || row.line === 0 || file === undefined) return undefined;
  return { file, line: row.line, ...(row.column > 0 && { column: row.column }) };
}

/** Runs a line program until a row covers the address: from its own to that of the next one. */
function findRow(reader: DwarfReader, header: LineHeader, wanted: number): Row | undefined {
  const { instructionLength, lineBase, lineRange, operands } = header;
  const opcodeBase = operands.length + 1;
  const state: Row = { address: 0, file: 1, line: 1, column: 0 };
  let before: Row | undefined;
  let found: Row | undefined;
  let dead = true;
  const advance = (by: number): void => void (state.address += by * instructionLength);
  const emit = (): void => {
    if (!dead && before !== undefined && before.address <= wanted && wanted < state.address) found = before;
    before = { ...state };
  };
  while (!reader.done) {
    if (found !== undefined) break;
    const opcode = reader.byte();
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase;
      advance(Math.floor(adjusted / lineRange));
      state.line += lineBase + (adjusted % lineRange);
      emit();
      continue;
    }
    switch (opcode) {
      case 0: {
        const extended = new DwarfReader(reader.take(reader.u32()));
        const kind = extended.done ? 0 : extended.byte();
        if (kind === 2) {
          state.address = extended.fixed(extended.remaining);
          // A linker that leaves a function out puts it at 0, or beyond every module.
          dead = state.address === 0;
        } else if (kind === 1) {
          emit();
          Object.assign(state, { address: 0, file: 1, line: 1, column: 0 });
          before = undefined;
        }
        break;
      }
      case 1:
        emit();
        break;
      case 2:
        advance(reader.u32());
        break;
      case 3:
        state.line += reader.signed();
        break;
      case 4:
        state.file = reader.u32();
        break;
      case 5:
        state.column = reader.u32();
        break;
      case 8:
        advance(Math.floor((255 - opcodeBase) / lineRange));
        break;
      case 9:
        state.address += reader.fixed(2);
        break;
      default:
        for (let left = operands[opcode - 1] ?? 0; left > 0; left--) reader.u64();
    }
  }
  return found;
}
