import { hostOnly, type HOST_ONLY } from '../host-only.js';
import type { DirectoryEntry } from './filesystem-types.js';

/** Lists the entries of a folder. */
export interface EntrySource {
  next(): DirectoryEntry | undefined;
  close(): void;
}

/** The resource `directory-entry-stream` of `wasi:filesystem/types`. */
export class DirectoryEntryStream {
  readonly #source: EntrySource;

  constructor(key: typeof HOST_ONLY, source: EntrySource) {
    hostOnly(key);
    this.#source = source;
  }

  readDirectoryEntry(): DirectoryEntry | undefined {
    return this.#source.next();
  }

  [Symbol.dispose](): void {
    this.#source.close();
  }
}
