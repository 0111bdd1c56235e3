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

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

type Draft = { -readonly [Key in keyof CoreModule]: CoreModule[Key] };

/**
 * Reads a core module. Everything but the instructions of the function bodies is read in full; those are read by whoever
 * walks them. Nothing is skipped: an unknown section, flag, type or kind throws. The result holds views of `bytes`.
 *
 * @throws {ModuleError} WP_MODULE_MALFORMED or WP_MODULE_UNSUPPORTED, with the offset and the section
 */
export function decodeModule(bytes: Uint8Array): CoreModule {
  const reader = new ByteReader(bytes, { section: 'header' });
  for (const byte of MAGIC_AND_VERSION) {
    if (reader.byte() !== byte) throw reader.malformed('not a WebAssembly core module', reader.position - 1);
  }
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
    if (reader.section === undefined) throw reader.unsupported(`the section with id ${id}`, at);
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
