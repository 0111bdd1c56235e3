/** A place in a WIT file. Line and column count from 1. */
export interface WitPlace {
  file: string;
  line: number;
  column: number;
  /** The text of the line. */
  lineText: string;
}

/** A WIT file as read. */
export interface WitFile {
  path: string;
  text: string;
}

/** Returns the place of an offset of a file. */
export function placeIn(file: WitFile, offset: number): WitPlace {
  const before = file.text.slice(0, offset);
  const line = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  const lineText = /^[^\r\n]*/.exec(file.text.slice(start))?.[0] ?? '';
  return { file: file.path, line, column: before.length - start + 1, lineText };
}

/** Longest line that is shown. */
const MOST_COLUMNS = 120;

/** Shows the line of a place with its word underlined, as the compiler of AssemblyScript does. */
export function placePicture({ line, column, lineText }: WitPlace): string {
  const from = Math.max(0, column - MOST_COLUMNS / 2);
  const shown = lineText.slice(from, from + MOST_COLUMNS).replaceAll('\t', ' ');
  const at = column - 1 - from;
  const word = /^%?[\w-]+/.exec(shown.slice(at))?.[0].length ?? 1;
  const number = String(line);
  return ` ${number} │ ${shown}\n ${' '.repeat(number.length)} │ ${' '.repeat(at)}${'~'.repeat(word)}`;
}

/** Writes a place as compilers do. */
export function placeText({ file, line, column }: WitPlace): string {
  return `${file}:${line}:${column}`;
}

/** One text made of several files, that still knows where each line came from. */
export class WitText {
  #text = '';
  /** Offset in the text where each piece starts, and the place in its file. */
  readonly #pieces: { start: number; file: WitFile | undefined; offset: number }[] = [];

  get text(): string {
    return this.#text;
  }

  /** Adds text that stands for a place of a file, or for none. */
  add(text: string, file?: WitFile, offset = 0): this {
    this.#pieces.push({ start: this.#text.length, file, offset });
    this.#text += text;
    return this;
  }

  /** Returns where an offset of the text came from. */
  placeAt(offset: number): WitPlace | undefined {
    const piece = this.#pieces.findLast(({ start }) => start <= offset);
    if (piece?.file === undefined) return undefined;
    return placeIn(piece.file, piece.offset + offset - piece.start);
  }
}
