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

/** One text made of several files, that still knows where each line came from. */
export class WitText {
  #text = '';
  /** Offset in the text where each piece starts, and the place in its file. */
  readonly #pieces: { start: number; file: WitFile | undefined; offset: number }[] = [];

  get text(): string {
    return this.#text;
  }

  /** Adds a part of a file, or text that is in none. */
  add(text: string, file?: WitFile, offset = 0): this {
    this.#pieces.push({ start: this.#text.length, file, offset });
    this.#text += text;
    return this;
  }

  /** Tells where an offset of the text came from. */
  placeAt(offset: number): WitPlace | undefined {
    const piece = this.#pieces.findLast(({ start }) => start <= offset);
    if (piece?.file === undefined) return undefined;
    const before = piece.file.text.slice(0, piece.offset + offset - piece.start);
    const line = before.split('\n').length;
    return { file: piece.file.path, line, column: before.length - before.lastIndexOf('\n') };
  }
}
