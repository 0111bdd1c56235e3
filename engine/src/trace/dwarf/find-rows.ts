import type { TraceBudget } from '../trace-budget.js';
import type { DwarfReader } from './dwarf-reader.js';
import type { LineHeader } from './line-header.js';

/** A row of a line table: it holds from its address to that of the next one. */
export interface Row {
  readonly address: number;
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

const FIRST: Row = { address: 0, file: 1, line: 1, column: 0 };

/**
 * Runs a line program (DWARF 5, section 6.2.5) until a row covers each of the addresses, or the program ends.
 * @param reader - stands at the start of the program, and ends where it ends
 */
export function findRows(
  reader: DwarfReader,
  header: LineHeader,
  { addresses, budget }: { addresses: ReadonlySet<number>; budget: TraceBudget },
): ReadonlyMap<number, Row> {
  const { instructionLength, lineBase, lineRange, operands } = header;
  const opcodeBase = operands.length + 1;
  const [least, most] = [Math.min(...addresses), Math.max(...addresses)];
  const found = new Map<number, Row>();
  let { address, file, line, column } = FIRST;
  let before: Row = FIRST;
  let hasBefore = false;
  let dead = true;
  const emit = (): void => {
    if (!dead && hasBefore && before.address <= most && least < address) {
      budget.spend(addresses.size);
      for (const wanted of addresses) {
        if (before.address <= wanted && wanted < address && !found.has(wanted)) found.set(wanted, before);
      }
    }
    before = { address, file, line, column };
    hasBefore = true;
  };
  while (!reader.done && found.size < addresses.size) {
    budget.spend();
    const opcode = reader.byte();
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase;
      address += Math.floor(adjusted / lineRange) * instructionLength;
      line += lineBase + (adjusted % lineRange);
      emit();
      continue;
    }
    switch (opcode) {
      case 0: {
        const length = reader.u32();
        const end = reader.position + length;
        const kind = length === 0 ? 0 : reader.byte();
        if (kind === 2) {
          budget.spend(Math.min(length, 8));
          address = reader.fixed(length - 1);
          // A linker that leaves a function out puts it at 0, or beyond every module.
          dead = address === 0;
        } else if (kind === 1) {
          emit();
          ({ address, file, line, column } = FIRST);
          hasBefore = false;
        }
        reader.position = end;
        // Moves nowhere, and throws if the end lies outside of the program.
        reader.skip(0);
        break;
      }
      case 1:
        emit();
        break;
      case 2:
        address += reader.u32() * instructionLength;
        break;
      case 3:
        line += reader.signed();
        break;
      case 4:
        file = reader.u32();
        break;
      case 5:
        column = reader.u32();
        break;
      case 8:
        address += Math.floor((255 - opcodeBase) / lineRange) * instructionLength;
        break;
      case 9:
        address += reader.fixed(2);
        break;
      default:
        for (let left = operands[opcode - 1] ?? 0; left > 0; left--) budget.spend(reader.skipNumber());
    }
  }
  return found;
}
