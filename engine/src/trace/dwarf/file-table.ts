import type { TraceBudget } from '../trace-budget.js';
import { DwarfReader, textAt } from './dwarf-reader.js';
import type { LineHeader, LineSections } from './line-header.js';

/** An attribute where it stands: a text is not decoded before somebody wants it. */
interface Value {
  readonly number: number;
  readonly text?: { readonly section: Uint8Array | undefined; readonly offset: number };
}

interface Entry {
  readonly path: string;
  readonly directory: number;
}

const PATH = 1;
const DIRECTORY = 2;
/** Bytes skipped in the time of a step. */
const BYTES_A_STEP = 32;
/** The steps of a look-up beside those of the entries it walks over. */
const STEPS_A_LOOKUP = 20;

/**
 * The names of files and folders of one line program. A table is walked for each name that is asked for, and only that name
 * is decoded: entries may all refer to one long text.
 */
export class FileTable {
  readonly #unit: DwarfReader;
  readonly #header: LineHeader;
  readonly #sections: LineSections;
  readonly #budget: TraceBudget;

  constructor(
    unit: DwarfReader,
    { header, sections, budget }: { header: LineHeader; sections: LineSections; budget: TraceBudget },
  ) {
    this.#unit = unit;
    this.#header = header;
    this.#sections = sections;
    this.#budget = budget;
  }

  /** Finds a file by its number. */
  path(index: number): string | undefined {
    this.#budget.spend(STEPS_A_LOOKUP);
    const { tables, program, version } = this.#header;
    const reader = new DwarfReader(this.#unit.bytes, { start: tables, end: program });
    return version >= 5 ? this.#newPath(reader, index) : this.#oldPath(reader, index);
  }

  #newPath(reader: DwarfReader, index: number): string | undefined {
    const start = reader.position;
    this.#entry(reader, undefined);
    const file = this.#entry(reader, index);
    if (file === undefined) return undefined;
    reader.position = start;
    return joined(this.#entry(reader, file.directory)?.path, file.path);
  }

  /** Walks over a table of version 5, and gives one of its entries. */
  #entry(reader: DwarfReader, wanted: number | undefined): Entry | undefined {
    const formatCount = reader.byte();
    this.#budget.spend(formatCount);
    const formats = Array.from({ length: formatCount }, () => [reader.u32(), reader.u32()] as const);
    const count = reader.u32();
    if (formatCount === 0) return undefined;
    let found: Entry | undefined;
    for (let at = 0; at < count; at++) {
      const values = new Map<number, Value>();
      for (const [content, form] of formats) {
        const value = this.#value(reader, form);
        if (at === wanted) values.set(content, value);
      }
      if (at !== wanted) continue;
      const text = values.get(PATH)?.text;
      const path = text === undefined ? undefined : textAt(text.section, text.offset);
      found = { path: path ?? '', directory: values.get(DIRECTORY)?.number ?? 0 };
    }
    return found;
  }

  /** Reads an attribute (DWARF 5, section 7.5.6), of the forms that line tables may use. */
  #value(reader: DwarfReader, form: number): Value {
    this.#budget.spend();
    const offset = reader.position;
    switch (form) {
      case 0x08:
        this.#budget.spend(Math.ceil(reader.skipText() / BYTES_A_STEP));
        return { number: 0, text: { section: reader.bytes, offset } };
      case 0x1f:
        return { number: 0, text: { section: this.#sections.lineStrings, offset: reader.fixed(4) } };
      case 0x0e:
        return { number: 0, text: { section: this.#sections.strings, offset: reader.fixed(4) } };
      case 0x0f:
        return { number: reader.u32() };
      case 0x0b:
        return { number: reader.byte() };
      case 0x05:
        return { number: reader.fixed(2) };
      case 0x06:
        return { number: reader.fixed(4) };
      case 0x07:
        return { number: reader.fixed(8) };
      case 0x1e:
        reader.skip(16);
        return { number: 0 };
      case 0x09:
        reader.skip(reader.u32());
        return { number: 0 };
      default:
        throw reader.unsupported(`the form ${form} of DWARF`);
    }
  }

  /** Before version 5: lists that end in an empty text, numbered from 1. */
  #oldPath(reader: DwarfReader, index: number): string | undefined {
    const start = reader.position;
    while (this.#skipText(reader) !== 0);
    for (let at = 1; ; at++) {
      const offset = reader.position;
      if (this.#skipText(reader) === 0) return undefined;
      const directory = reader.u32();
      this.#budget.spend(reader.skipNumber() + reader.skipNumber());
      if (at !== index) continue;
      const path = textAt(reader.bytes, offset) ?? '';
      reader.position = start;
      return joined(this.#oldDirectory(reader, directory), path);
    }
  }

  #oldDirectory(reader: DwarfReader, index: number): string | undefined {
    if (index === 0) return undefined;
    for (let at = 1; ; at++) {
      const offset = reader.position;
      if (this.#skipText(reader) === 0) return undefined;
      if (at === index) return textAt(reader.bytes, offset);
    }
  }

  #skipText(reader: DwarfReader): number {
    const length = reader.skipText();
    this.#budget.spend(1 + Math.ceil(length / BYTES_A_STEP));
    return length;
  }
}

function joined(directory: string | undefined, path: string): string {
  return directory === undefined || directory === '' || path.startsWith('/') ? path : `${directory}/${path}`;
}
