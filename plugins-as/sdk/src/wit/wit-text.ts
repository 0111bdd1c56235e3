/** A place in a WIT file. Line and column count from 1. */
export interface WitPlace {
  file: string;
  line: number;
  column: number;
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
  return { file: file.path, line, column: before.length - before.lastIndexOf('\n') };
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
