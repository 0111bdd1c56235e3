import { wrap } from './wrap.js';

const CLEAR = '\r\u001b[2K';

/** Destination of the lines: the needed part of `Io`. */
export interface Screen {
  out(text: string): void;
  style(style: 'inverse', text: string): string;
  readonly terminal: { readonly columns: number } | undefined;
  readonly columns: number | undefined;
}

/** Lines that stay, and below them, on a terminal, one that is written over and over. */
export class StatusLine {
  readonly #io: Screen;
  #shown = '';

  constructor(io: Screen) {
    this.#io = io;
  }

  /** Writes lines that stay. */
  print(text: string): void {
    const shown = this.#shown;
    const lines = wrap(text, this.#io.columns, { hanging: 4 });
    this.#io.out(shown === '' ? `${lines}\n` : `${CLEAR}${lines}\n${shown}`);
  }

  /** Shows a text in the last line, cut to its width; an empty one removes the line. Only on a terminal. */
  show(text: string): void {
    const { terminal } = this.#io;
    if (terminal === undefined) return;
    // A terminal that does not know how wide it is says 0.
    const line = this.#io.style('inverse', text.slice(0, (terminal.columns || 80) - 1));
    const shown = text === '' ? '' : line;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#io.out(`${CLEAR}${shown}`);
  }
}
