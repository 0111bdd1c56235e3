import { DwarfReader } from './dwarf-reader.js';

/** The sections that line tables are kept in. */
export interface LineSections {
  readonly line: Uint8Array;
  readonly lineStrings: Uint8Array | undefined;
  readonly strings: Uint8Array | undefined;
}

/** What a line program needs to run. */
export interface LineHeader {
  readonly instructionLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  /** How many operands each standard opcode has. */
  readonly operands: readonly number[];
  /** Gives a file by its number. */
  fileAt(index: number): string | undefined;
}

interface FileEntry {
  readonly path: string;
  readonly directory: number;
}

const LEAST_VERSION = 2;
const NEWEST_VERSION = 5;

/** Reads the header of a line program (DWARF 5, section 6.2.4), up to where the program starts; `undefined` for one of a version that is not known. */
export function readLineHeader(reader: DwarfReader, sections: LineSections): LineHeader | undefined {
  const version = reader.fixed(2);
  if (version < LEAST_VERSION || version > NEWEST_VERSION) return undefined;
  if (version >= 5) reader.take(2);
  const length = reader.fixed(4);
  const program = reader.position + length;
  const instructionLength = reader.byte();
  if (version >= 4) reader.byte();
  reader.byte();
  const lineBase = reader.signedByte();
  const lineRange = reader.byte();
  if (lineRange === 0 || program > reader.end) return undefined;
  const operands = Array.from({ length: Math.max(0, reader.byte() - 1) }, () => reader.byte());
  const { directories, files } = version >= 5 ? readTables(reader, sections) : readOldTables(reader);
  reader.position = program;
  const firstFile = version >= 5 ? 0 : 1;
  const fileAt = (index: number): string | undefined => {
    const file = files[index - firstFile];
    if (file === undefined) return undefined;
    return joined(version < 5 && file.directory === 0 ? undefined : directories[file.directory], file.path);
  };
  return { instructionLength, lineBase, lineRange, operands, fileAt };
}

function joined(directory: string | undefined, path: string): string {
  return directory === undefined || directory === '' || path.startsWith('/') ? path : `${directory}/${path}`;
}

/** Before version 5: lists that end in an empty text, numbered from 1. */
function readOldTables(reader: DwarfReader): { directories: string[]; files: FileEntry[] } {
  const directories = [''];
  for (let text = reader.text(); text !== ''; text = reader.text()) directories.push(text);
  const files: FileEntry[] = [];
  for (let path = reader.text(); path !== ''; path = reader.text()) {
    const directory = reader.u32();
    reader.u64();
    reader.u64();
    files.push({ path, directory });
  }
  return { directories, files };
}

function readTables(
  reader: DwarfReader,
  sections: LineSections,
): { directories: string[]; files: FileEntry[] } {
  const directories = readEntries(reader, sections).map(({ path }) => path);
  return { directories, files: readEntries(reader, sections) };
}

const PATH = 1;
const DIRECTORY = 2;

function readEntries(reader: DwarfReader, sections: LineSections): FileEntry[] {
  const formats = Array.from({ length: reader.byte() }, () => [reader.u32(), reader.u32()] as const);
  if (formats.length === 0) {
    reader.u32();
    return [];
  }
  return reader.vector(() => {
    let path = '';
    let directory = 0;
    for (const [content, form] of formats) {
      const value = readForm(reader, form, sections);
      if (content === PATH) path = String(value);
      else if (content === DIRECTORY) directory = Number(value);
    }
    return { path, directory };
  });
}

/** Reads an attribute (DWARF 5, section 7.5.6), of the forms that line tables may use. */
function readForm(reader: DwarfReader, form: number, sections: LineSections): string | number {
  switch (form) {
    case 0x08:
      return reader.text();
    case 0x1f:
      return textAt(sections.lineStrings, reader.fixed(4));
    case 0x0e:
      return textAt(sections.strings, reader.fixed(4));
    case 0x0f:
      return reader.u32();
    case 0x0b:
      return reader.byte();
    case 0x05:
      return reader.fixed(2);
    case 0x06:
      return reader.fixed(4);
    case 0x07:
      return reader.fixed(8);
    case 0x1e:
      return reader.take(16).length;
    case 0x09:
      return reader.take(reader.u32()).length;
    default:
      throw reader.unsupported(`the form ${form} of DWARF`);
  }
}

function textAt(section: Uint8Array | undefined, offset: number): string {
  if (section === undefined || offset >= section.length) return '';
  return new DwarfReader(section.subarray(offset)).text();
}
