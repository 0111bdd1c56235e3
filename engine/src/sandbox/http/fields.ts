import type { HeldBytes } from '../held-bytes.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import { FieldStore, problem } from './field-store.js';

/** Headers that decide about the connection: the host writes them. */
const FORBIDDEN = new Set([
  'connection',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The class `Fields` of one sandbox. */
export type FieldsClass = (new () => Fields) & { fromList(entries: [string, Uint8Array][]): Fields };

let viewOf: (fields: Fields) => Fields;
let freeze: (fields: Fields) => void;

/**
 * The resource `fields` of `wasi:http/types`. A name is a token and a value has no line end, so no header can bring another
 * one, or a body, with it.
 */
export class Fields {
  readonly #store: FieldStore;
  #immutable = false;
  #disposed = false;

  static {
    viewOf = (fields) => {
      const view = new (fields.#class())(HOST_ONLY, fields.#store.share());
      view.#immutable = true;
      return view;
    };
    freeze = (fields) => (fields.#immutable = true);
  }

  constructor(key: typeof HOST_ONLY, store: FieldStore) {
    hostOnly(key);
    this.#store = store;
  }

  get(name: string): Uint8Array[] {
    const wanted = String(name).toLowerCase();
    return this.#store.entries.flatMap(([each, value]) => (each.toLowerCase() === wanted ? [value] : []));
  }

  has(name: string): boolean {
    return this.get(name).length > 0;
  }

  set(name: string, values: Uint8Array[]): void {
    for (const value of values) refuseBad(name, value);
    this.delete(name);
    for (const value of values) this.append(name, value);
  }

  delete(name: string): void {
    if (this.#immutable) throw problem('immutable');
    refuseBad(name, new Uint8Array());
    this.#store.delete(name.toLowerCase());
  }

  append(name: string, value: Uint8Array): void {
    if (this.#immutable) throw problem('immutable');
    refuseBad(name, value);
    this.#store.append([name, value.slice()]);
  }

  entries(): [string, Uint8Array][] {
    return this.#store.entries.map(([name, value]) => [name, value]);
  }

  /** @throws {QuotaError} WP_QUOTA_HOST */
  clone(): Fields {
    return new (this.#class())(HOST_ONLY, this.#store.copy());
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#store.release();
  }

  #class(): new (key: typeof HOST_ONLY, store: FieldStore) => Fields {
    return this.constructor as new (key: typeof HOST_ONLY, store: FieldStore) => Fields;
  }
}

/** Makes the class of a sandbox: guests construct it without arguments, and the size of its objects is counted there. */
export function fieldsClass(held: HeldBytes): FieldsClass {
  return class SandboxFields extends Fields {
    constructor(key?: unknown, store?: FieldStore) {
      super(HOST_ONLY, key === HOST_ONLY && store !== undefined ? store : new FieldStore(held));
    }

    static fromList(entries: [string, Uint8Array][]): Fields {
      const fields = new SandboxFields();
      try {
        for (const [name, value] of entries) fields.append(name, value);
      } catch (error) {
        fields[Symbol.dispose]();
        throw error;
      }
      return fields;
    }
  };
}

/** Returns the same headers as a resource that refuses to change them. */
export function immutableFields(fields: Fields): Fields {
  return viewOf(fields);
}

/** Takes over the fields from a server; those that do not fit are left out. */
export function fieldsFromServer(
  Class: FieldsClass,
  headers: readonly (readonly [string, string])[],
): Fields {
  const fields = new Class();
  for (const [name, value] of headers) {
    try {
      fields.append(name, latin1Bytes(value));
    } catch {
      continue;
    }
  }
  freeze(fields);
  return fields;
}

/** Returns headers as they are sent. */
export function wireFields(fields: Fields): (readonly [string, string])[] {
  return fields.entries().map(([name, value]) => [name, latin1Text(value)] as const);
}

/** Characters made by one call, which takes one argument each. */
const PIECE_CHARS = 8192;

function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE_CHARS)
    // Not by spreading: that goes through an iterator for each byte.
    // oxlint-disable-next-line prefer-spread
    text += String.fromCharCode.apply(undefined, bytes.subarray(at, at + PIECE_CHARS) as unknown as number[]);
  return text;
}

function refuseBad(name: unknown, value: unknown): asserts name is string {
  if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw problem('invalid-syntax');
  if (!(value instanceof Uint8Array)) throw problem('invalid-syntax');
  for (const byte of value) {
    if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) throw problem('invalid-syntax');
  }
  if (FORBIDDEN.has(name.toLowerCase())) throw problem('forbidden');
}
