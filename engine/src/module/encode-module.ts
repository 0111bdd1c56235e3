import { ByteWriter } from '../binary/index.js';
import { encodeCodeSection } from './code-section.js';
import { encodeDataSection } from './data-section.js';
import { encodeElementSection } from './element-section.js';
import { encodeExportSection } from './export-section.js';
import { encodeFunctionSection } from './function-section.js';
import { encodeGlobalSection } from './global-section.js';
import { encodeImportSection } from './import-section.js';
import { encodeMemorySection } from './memory-section.js';
import type { CoreModule } from './model.js';
import { SECTION, SECTION_ORDER } from './sections.js';
import { encodeTableSection } from './table-section.js';
import { encodeTagSection } from './tag-section.js';
import { encodeTypeSection } from './type-section.js';

/** An encoded module. */
export interface EncodedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The offset in `bytes` where each function body starts. */
  readonly bodyOffsets: Uint32Array;
}

/** The bytes beside code, data and custom sections: enough for most modules, so that the buffer need not grow. */
function roomForSections({ functions, exports, imports, elements, types, globals }: CoreModule): number {
  const counts = functions.length * 2 + types.length * 12 + globals.length * 12;
  const named = (exports.length + imports.length) * 24;
  const referenced = elements.reduce((sum, { functions: listed = [] }) => sum + listed.length * 3 + 16, 0);
  return 1024 + counts + named + referenced;
}

/** Writes a core module. Integers but those of data segments are written in their shortest form; empty sections are left out. */
export function encodeModule(module: CoreModule): EncodedModule {
  const { ranges } = module.code;
  const codeBytes = (ranges.at(-1) ?? 0) - (ranges[0] ?? 0) + ranges.length * 3;
  const customBytes = module.customs.reduce((sum, { bytes }) => sum + bytes.length + 64, 0);
  const writer = new ByteWriter(codeBytes + module.data.bytes.length + customBytes + roomForSections(module));
  writer.copyFrom(new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]));
  let bodyOffsets: Uint32Array = new Uint32Array(0);
  writeCustoms(writer, module, SECTION.CUSTOM);
  for (const id of SECTION_ORDER) {
    if (isPresent(module, id)) {
      writer.byte(id);
      const offsets = writeSized(writer, () => encodeSection(writer, module, id));
      if (offsets !== undefined) bodyOffsets = offsets;
    }
    writeCustoms(writer, module, id);
  }
  return { bytes: writer.copy(), bodyOffsets };
}

function writeCustoms(writer: ByteWriter, module: CoreModule, after: number): void {
  for (const custom of module.customs) {
    if (custom.after !== after) continue;
    writer.byte(SECTION.CUSTOM);
    writeSized(writer, () => {
      writer.name(custom.name);
      writer.copyFrom(custom.bytes);
      return undefined;
    });
  }
}

/** Writes a section's contents behind its size. The contents are moved once the size, and so its length, is known. */
function writeSized(writer: ByteWriter, write: () => Uint32Array | undefined): Uint32Array | undefined {
  const start = writer.length;
  const offsets = write();
  const size = writer.length - start;
  const prefix = new ByteWriter();
  prefix.u32(size);
  writer.reserve(prefix.length);
  writer.bytes.copyWithin(start + prefix.length, start, start + size);
  writer.bytes.set(prefix.view(), start);
  writer.length += prefix.length;
  return offsets?.map((offset) => offset + prefix.length);
}

function isPresent(module: CoreModule, id: number): boolean {
  switch (id) {
    case SECTION.TYPE:
      return module.types.length > 0;
    case SECTION.IMPORT:
      return module.imports.length > 0;
    case SECTION.FUNCTION:
    case SECTION.CODE:
      return module.functions.length > 0;
    case SECTION.TABLE:
      return module.tables.length > 0;
    case SECTION.MEMORY:
      return module.memories.length > 0;
    case SECTION.TAG:
      return module.tags.length > 0;
    case SECTION.GLOBAL:
      return module.globals.length > 0;
    case SECTION.EXPORT:
      return module.exports.length > 0;
    case SECTION.START:
      return module.start !== undefined;
    case SECTION.ELEMENT:
      return module.elements.length > 0;
    case SECTION.DATA_COUNT:
      return module.dataCount !== undefined;
    default:
      return module.data.count > 0;
  }
}

function encodeSection(writer: ByteWriter, module: CoreModule, id: number): Uint32Array | undefined {
  switch (id) {
    case SECTION.TYPE:
      encodeTypeSection(writer, module.types);
      break;
    case SECTION.IMPORT:
      encodeImportSection(writer, module.imports);
      break;
    case SECTION.FUNCTION:
      encodeFunctionSection(writer, module.functions);
      break;
    case SECTION.TABLE:
      encodeTableSection(writer, module.tables);
      break;
    case SECTION.MEMORY:
      encodeMemorySection(writer, module.memories);
      break;
    case SECTION.TAG:
      encodeTagSection(writer, module.tags);
      break;
    case SECTION.GLOBAL:
      encodeGlobalSection(writer, module.globals);
      break;
    case SECTION.EXPORT:
      encodeExportSection(writer, module.exports);
      break;
    case SECTION.START:
      writer.u32(module.start as number);
      break;
    case SECTION.ELEMENT:
      encodeElementSection(writer, module.elements);
      break;
    case SECTION.DATA_COUNT:
      writer.u32(module.dataCount as number);
      break;
    case SECTION.CODE:
      return encodeCodeSection(writer, module.code);
    case SECTION.DATA:
      encodeDataSection(writer, module.data);
      break;
  }
  return undefined;
}
