import { GuestError, QuotaError } from '@wasm-plugin/abi';
import type { HeldBytes } from '../held-bytes.js';

/** The error `header-error` of `wasi:http/types`. */
export type HeaderProblem = 'invalid-syntax' | 'forbidden' | 'immutable';

/** A name with a value, as `fields` holds them. */
export type FieldEntry = readonly [string, Uint8Array];

/** Most text in the headers of a message together, in characters and bytes. */
const MOST_TEXT_BYTES = 65_536;
/** Most headers of a message. */
export const MOST_FIELDS = 1000;
/** Cost of an entry beside its text: an array, a view and its buffer. */
const ENTRY_BYTES = 260;
/** Cost of the resource and its store. */
const OBJECT_BYTES = 300;

/** The entries of one or more `fields` resources that show the same headers. They are given back with the last of these. */
export class FieldStore {
  readonly held: HeldBytes;
  #entries: FieldEntry[] = [];
  #textBytes = 0;
  #heldBytes = OBJECT_BYTES;
  #holders = 1;

  /** @throws {QuotaError} WP_QUOTA_HOST */
  constructor(held: HeldBytes) {
    this.held = held;
    this.#demand(OBJECT_BYTES);
  }

  /** Returns a store of its own with the same entries. @throws {QuotaError} WP_QUOTA_HOST */
  copy(): FieldStore {
    const copy = new FieldStore(this.held);
    try {
      copy.#demand(this.#heldBytes - OBJECT_BYTES);
    } catch (error) {
      copy.release();
      throw error;
    }
    copy.#entries = [...this.#entries];
    copy.#textBytes = this.#textBytes;
    copy.#heldBytes = this.#heldBytes;
    return copy;
  }

  /** Reserves bytes, for operations without an error of their own. */
  #demand(bytes: number): void {
    const { held } = this;
    if (held.take(bytes)) return;
    const facts = { limit: 'heldBytes', unit: 'bytes', allowed: held.limit } as const;
    throw new QuotaError('WP_QUOTA_HOST', { ...facts, used: held.used + bytes });
  }

  get entries(): readonly FieldEntry[] {
    return this.#entries;
  }

  /** @throws {GuestError} `invalid-syntax` if that is too much */
  append(entry: FieldEntry): void {
    const textBytes = this.#textBytes + sizeOf(entry);
    if (textBytes > MOST_TEXT_BYTES || this.#entries.length >= MOST_FIELDS) throw problem('invalid-syntax');
    if (!this.held.take(ENTRY_BYTES + sizeOf(entry))) throw problem('invalid-syntax');
    this.#heldBytes += ENTRY_BYTES + sizeOf(entry);
    this.#textBytes = textBytes;
    this.#entries.push(entry);
  }

  /** Removes the fields of a name, in lower case. */
  delete(name: string): void {
    let freed = 0;
    this.#entries = this.#entries.filter((entry) => {
      if (entry[0].toLowerCase() !== name) return true;
      this.#textBytes -= sizeOf(entry);
      freed += ENTRY_BYTES + sizeOf(entry);
      return false;
    });
    this.#heldBytes -= freed;
    this.held.give(freed);
  }

  /** One more resource shows the entries. */
  share(): this {
    this.#holders++;
    return this;
  }

  /** One less does. */
  release(): void {
    if (--this.#holders > 0) return;
    this.held.give(this.#heldBytes);
    this.#heldBytes = 0;
    this.#entries = [];
  }
}

function sizeOf([name, value]: FieldEntry): number {
  return name.length + value.length;
}

export function problem(tag: HeaderProblem): GuestError {
  return new GuestError({ tag });
}
