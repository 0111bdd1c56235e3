import type { Address, Block, Ffi } from './ffi.js';
import { StructView, type Struct } from './struct.js';

const encoder = new TextEncoder();

/** Native memory that lives for one call, or for one instance: freed as a whole. */
export class Arena {
  readonly #ffi: Ffi;
  readonly #blocks: Block[] = [];

  constructor(ffi: Ffi) {
    this.#ffi = ffi;
  }

  bytes(content: Uint8Array): Address {
    const block = this.block(Math.max(1, content.length));
    new Uint8Array(block.bytes).set(content);
    return block.address;
  }

  /** Writes a text with a zero byte behind it. A zero byte inside ends it early. */
  text(text: string): Address {
    return this.bytes(encoder.encode(`${text}\0`));
  }

  struct<Name extends string>(
    struct: Struct<Name>,
    values?: Readonly<Partial<Record<Name, number>>>,
  ): { address: Address; view: StructView<Name> } {
    const block = this.block(struct.size);
    const view = new StructView(struct, block.bytes);
    for (const [name, value] of Object.entries<number | undefined>(values ?? {}))
      if (value !== undefined) view.set(name as Name, value);
    return { address: block.address, view };
  }

  /** Writes an array of addresses. */
  pointers(addresses: readonly Address[]): Address {
    const words = new DataView(new ArrayBuffer(Math.max(1, addresses.length) * 8));
    for (const [index, address] of addresses.entries()) words.setBigUint64(index * 8, BigInt(address), true);
    return this.bytes(new Uint8Array(words.buffer));
  }

  block(bytes: number): Block {
    const block = this.#ffi.allocate(bytes);
    this.#blocks.push(block);
    return block;
  }

  free(): void {
    for (const block of this.#blocks.splice(0)) block.free();
  }
}
