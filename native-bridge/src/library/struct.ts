/** The kinds of fields that the structs of `wasm_plugin.h` have. */
export type FieldKind = 'u32' | 'u64' | 'f64' | 'pointer';

const BYTES: Readonly<Record<FieldKind, number>> = { u32: 4, u64: 8, f64: 8, pointer: 8 };

/** A C struct on a 64-bit machine: where its fields are. */
export interface Struct<Name extends string = string> {
  readonly size: number;
  readonly fields: Readonly<Record<Name, { readonly kind: FieldKind; readonly offset: number }>>;
}

/** Lays a struct out with natural alignment. */
export function structOf<Name extends string>(fields: Readonly<Record<Name, FieldKind>>): Struct<Name> {
  let size = 0;
  let widest = 1;
  const placed = Object.entries<FieldKind>(fields).map(([name, kind]) => {
    const bytes = BYTES[kind];
    widest = Math.max(widest, bytes);
    const offset = Math.ceil(size / bytes) * bytes;
    size = offset + bytes;
    return [name, { kind, offset }];
  });
  return {
    size: Math.ceil(size / widest) * widest,
    fields: Object.fromEntries(placed) as Struct<Name>['fields'],
  };
}

/** Reads and writes one struct in memory. Pointers and 64-bit integers are numbers below 2^53. */
export class StructView<Name extends string> {
  readonly #view: DataView;
  readonly #struct: Struct<Name>;

  constructor(struct: Struct<Name>, memory: ArrayBuffer, offset = 0) {
    this.#struct = struct;
    this.#view = new DataView(memory, offset, struct.size);
  }

  /** The bytes of the struct, as they are. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset, this.#struct.size);
  }

  /** A field of 32 bits as an array of one, to be written on each block. */
  cell(name: Name): Uint32Array {
    return new Uint32Array(this.#view.buffer, this.#view.byteOffset + this.#struct.fields[name].offset, 1);
  }

  get(name: Name): number {
    const { kind, offset } = this.#struct.fields[name];
    if (kind === 'u32') return this.#view.getUint32(offset, true);
    if (kind === 'f64') return this.#view.getFloat64(offset, true);
    return this.#view.getUint32(offset, true) + this.#view.getUint32(offset + 4, true) * 2 ** 32;
  }

  set(name: Name, value: number): this {
    const { kind, offset } = this.#struct.fields[name];
    if (kind === 'u32') this.#view.setUint32(offset, value, true);
    else if (kind === 'f64') this.#view.setFloat64(offset, value, true);
    else {
      this.#view.setUint32(offset, value >>> 0, true);
      this.#view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true);
    }
    return this;
  }
}
