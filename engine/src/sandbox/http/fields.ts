import { GuestError } from '@wasm-plugin/abi';

/** The error `header-error` of `wasi:http/types`. */
export type HeaderProblem = 'invalid-syntax' | 'forbidden' | 'immutable';

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
/** How much the headers of a message may have together. */
const MOST_BYTES = 65_536;

let freezeFields: (fields: Fields) => void;

/**
 * The resource `fields` of `wasi:http/types`. A name is a token and a value has no line end, so no header can bring another
 * one, or a body, with it.
 */
export class Fields {
  #entries: [string, Uint8Array][] = [];
  #bytes = 0;
  #immutable = false;

  static {
    freezeFields = (fields) => (fields.#immutable = true);
  }

  static fromList(entries: [string, Uint8Array][]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  get(name: string): Uint8Array[] {
    const wanted = name.toLowerCase();
    return this.#entries.flatMap(([each, value]) => (each.toLowerCase() === wanted ? [value] : []));
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
    const wanted = name.toLowerCase();
    this.#entries = this.#entries.filter(([each]) => each.toLowerCase() !== wanted);
  }

  append(name: string, value: Uint8Array): void {
    if (this.#immutable) throw problem('immutable');
    refuseBad(name, value);
    this.#bytes += name.length + value.length;
    if (this.#bytes > MOST_BYTES) throw problem('invalid-syntax');
    this.#entries.push([name, value.slice()]);
  }

  entries(): [string, Uint8Array][] {
    return this.#entries.map(([name, value]) => [name, value]);
  }

  clone(): Fields {
    const fields = new Fields();
    fields.#entries = [...this.#entries];
    fields.#bytes = this.#bytes;
    return fields;
  }
}

/** Gives a copy that refuses to be changed. */
export function immutableFields(fields: Fields): Fields {
  const copy = fields.clone();
  freezeFields(copy);
  return copy;
}

/** Takes over what a server sent; what does not fit is left out. */
export function fieldsFromServer(headers: readonly (readonly [string, string])[]): Fields {
  const fields = new Fields();
  for (const [name, value] of headers) {
    try {
      fields.append(
        name,
        Uint8Array.from(value, (char) => char.charCodeAt(0)),
      );
    } catch {
      continue;
    }
  }
  return immutableFields(fields);
}

function refuseBad(name: unknown, value: unknown): void {
  if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw problem('invalid-syntax');
  if (!(value instanceof Uint8Array)) throw problem('invalid-syntax');
  for (const byte of value) {
    if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) throw problem('invalid-syntax');
  }
  if (FORBIDDEN.has(name.toLowerCase())) throw problem('forbidden');
}

function problem(tag: HeaderProblem): GuestError {
  return new GuestError({ tag });
}
