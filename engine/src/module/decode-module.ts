import { ByteReader } from '../binary/index.js';
import { decodeCodeSection } from './code-section.js';
import { decodeDataSection } from './data-section.js';
import { decodeElementSection } from './element-section.js';
import { decodeExportSection } from './export-section.js';
import { decodeFunctionSection } from './function-section.js';
import { decodeGlobalSection } from './global-section.js';
import { decodeImportSection } from './import-section.js';
import { decodeMemorySection } from './memory-section.js';
import type { CoreModule } from './model.js';
import { SECTION, SECTION_NAMES, SECTION_ORDER } from './sections.js';
import { decodeTableSection } from './table-section.js';
import { decodeTagSection } from './tag-section.js';
import { decodeTypeSection } from './type-section.js';

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const VERSION = [0x01, 0x00, 0x00, 0x00];

/** Items that a section may have: JavaScript engines allow as many types, imports, functions, exports. */
const MAX_ITEMS = 1_000_000;
/** The same for the elements of all segments: engines allow that many in a table. */
const MAX_ELEMENTS = 10_000_000;

type Draft = { -readonly [Key in keyof CoreModule]: CoreModule[Key] };

/**
 * Decodes a core module: all of it but the instructions of function bodies, which are left to `InstructionCursor`. Nothing is
 * skipped: an unknown section, flag, type or kind throws. The result holds views of `bytes`.
 *
 * Not checked: ranges of indices, types, and uniqueness of names. The JavaScript engine does that.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED for features beyond WebAssembly 3.0, WP_MODULE_LIMIT for a
 * section of more than a million items (ten million elements); with the offset and the section
 */
export function decodeModule(bytes: Uint8Array): CoreModule {
  const items = { left: 0 };
  const reader = new ByteReader(bytes, { section: 'header', items });
  expectBytes(reader, MAGIC, 'not a WebAssembly core module: magic header not detected');
  expectBytes(reader, VERSION, 'not a WebAssembly core module: expected a version header for a module');
  const customs: CoreModule['customs'][number][] = [];
  const draft: Draft = {
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memories: [],
    tags: [],
    globals: [],
    exports: [],
    start: undefined,
    elements: [],
    dataCount: undefined,
    code: { bytes, ranges: new Uint32Array(0) },
    data: { count: 0, bytes: new Uint8Array(0) },
    customs,
  };
  let rank = -1;
  let last = 0;
  while (!reader.done) {
    const at = reader.position;
    const id = reader.byte();
    reader.section = SECTION_NAMES[id];
    if (reader.section === undefined) throw reader.malformed(`malformed section id ${id}`, at);
    const part = reader.part(reader.u32(), reader.section);
    if (id === SECTION.CUSTOM) {
      const name = part.name();
      customs.push({ name, bytes: part.take(part.remaining), after: last });
      continue;
    }
    const order = SECTION_ORDER.indexOf(id);
    if (order <= rank) throw reader.malformed('unexpected content: section out of order', at);
    rank = order;
    last = id;
    items.left = id === SECTION.ELEMENT ? MAX_ELEMENTS : MAX_ITEMS;
    decodeSection(draft, id, part);
    part.finish();
  }
  if (draft.code.ranges.length !== draft.functions.length * 2) {
    throw reader.malformed('function and code section have inconsistent lengths');
  }
  if (draft.dataCount !== undefined && draft.dataCount !== draft.data.count) {
    throw reader.malformed('data count and data section have inconsistent lengths');
  }
  return draft;
}

function expectBytes(reader: ByteReader, expected: readonly number[], otherwise: string): void {
  const start = reader.position;
  for (const byte of expected) if (reader.byte() !== byte) throw reader.malformed(otherwise, start);
}

function decodeSection(draft: Draft, id: number, part: ByteReader): void {
  switch (id) {
    case SECTION.TYPE:
      draft.types = decodeTypeSection(part);
      break;
    case SECTION.IMPORT:
      draft.imports = decodeImportSection(part);
      break;
    case SECTION.FUNCTION:
      draft.functions = decodeFunctionSection(part);
      break;
    case SECTION.TABLE:
      draft.tables = decodeTableSection(part);
      break;
    case SECTION.MEMORY:
      draft.memories = decodeMemorySection(part);
      break;
    case SECTION.TAG:
      draft.tags = decodeTagSection(part);
      break;
    case SECTION.GLOBAL:
      draft.globals = decodeGlobalSection(part);
      break;
    case SECTION.EXPORT:
      draft.exports = decodeExportSection(part);
      break;
    case SECTION.START:
      draft.start = part.u32();
      break;
    case SECTION.ELEMENT:
      draft.elements = decodeElementSection(part);
      break;
    case SECTION.DATA_COUNT:
      draft.dataCount = part.u32();
      break;
    case SECTION.CODE:
      draft.code = decodeCodeSection(part);
      break;
    case SECTION.DATA:
      draft.data = decodeDataSection(part);
      break;
  }
}
