import type { SourcePlace } from '../source-place.js';
import type { TraceBudget } from '../trace-budget.js';
import { DwarfReader } from './dwarf-reader.js';
import { FileTable } from './file-table.js';
import { findRows } from './find-rows.js';
import { readLineHeader, type LineSections } from './line-header.js';

const ESCAPE = 0xffffff00;

/**
 * Finds the source of the code at each address, counted from the start of the code section's contents, in the line tables of a
 * module (DWARF 2 to 5, section 6.2): one pass for all of them. Malformed tables, and those that cost more than the rest of the
 * budget, yield the entries up to there.
 */
export function findLines(
  sections: LineSections,
  addresses: readonly number[],
  budget: TraceBudget,
): ReadonlyMap<number, SourcePlace> {
  const places = new Map<number, SourcePlace>();
  const missing = new Set(addresses);
  const reader = new DwarfReader(sections.line);
  try {
    while (!reader.done && missing.size > 0) {
      const length = reader.fixed(4);
      // 64-bit DWARF: WebAssembly has none.
      if (length >= ESCAPE) break;
      const start = reader.position;
      reader.skip(length);
      const unit = new DwarfReader(sections.line, { start, end: reader.position });
      for (const [address, place] of findInUnit(unit, sections, { addresses: missing, budget })) {
        places.set(address, place);
        missing.delete(address);
      }
    }
  } catch {
    return places;
  }
  return places;
}

function* findInUnit(
  unit: DwarfReader,
  sections: LineSections,
  { addresses, budget }: { addresses: ReadonlySet<number>; budget: TraceBudget },
): Generator<[number, SourcePlace]> {
  const header = readLineHeader(unit, budget);
  if (header === undefined) return;
  const table = new FileTable(unit, { header, sections, budget });
  for (const [address, { file: index, line, column }] of findRows(unit, header, { addresses, budget })) {
    const file = line < 1 ? undefined : table.path(index);
    if (file !== undefined) yield [address, { file, line, ...(column > 0 && { column }) }];
  }
}
