import { GuestError } from '@wasm-plugin/abi';

/** Counts a plugin's open files, and closes them when the plugin ends. */
export class OpenFiles {
  readonly #most: number;
  readonly #open = new Set<OpenFile>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Opens something that the plugin then holds once.
   * @throws {GuestError} the error code `quota` if it holds too much already
   */
  hold<T>(open: () => T, close: (held: T) => void): OpenFile<T> {
    if (this.#open.size >= this.#most) throw new GuestError('quota');
    const held = open();
    const file: OpenFile<T> = new OpenFile(held, () => {
      this.#open.delete(file as OpenFile);
      close(held);
    });
    this.#open.add(file as OpenFile);
    return file;
  }

  close(): void {
    for (const file of this.#open) file.end();
  }
}

/** A file that stays open until all its holders have released it. */
export class OpenFile<T = unknown> {
  readonly #held: T;
  readonly #close: () => void;
  #holders = 1;

  constructor(held: T, close: () => void) {
    this.#held = held;
    this.#close = close;
  }

  /** @throws {GuestError} the error code `bad-descriptor` once it is closed */
  get it(): T {
    if (this.#holders <= 0) throw new GuestError('bad-descriptor');
    return this.#held;
  }

  hold(): void {
    this.#holders++;
  }

  release(): void {
    if (--this.#holders === 0) this.#close();
  }

  /** Closes it for all holders. */
  end(): void {
    if (this.#holders <= 0) return;
    this.#holders = -1;
    this.#close();
  }
}
