import {
  codecOf,
  FlatReader,
  type CanonicalContext,
  type Codec,
  type FlatValue,
  type ValueType,
} from '../canonical/index.js';
import { layoutOf, recordLayout, type Layout } from '../component/index.js';

/** Moves the parameters of a function, or its result, in core values if they are few, or else through memory. */
export class Values {
  readonly #codecs: readonly Codec[];
  readonly #layout: Layout;
  /** True if they go through memory. */
  readonly isSpilled: boolean;
  /** Number of core values. */
  readonly count: number;

  /** @param most - core values from which on they go through memory */
  constructor(types: readonly ValueType[], most: number) {
    this.#codecs = types.map(codecOf);
    this.#layout = recordLayout(types.map(layoutOf));
    const { flat } = this.#layout;
    this.isSpilled = flat === undefined || flat.length > most;
    this.count = this.isSpilled ? 1 : (flat as readonly unknown[]).length;
  }

  /** Writes values as core values; the memory for them is allocated if they need any. */
  lower(cx: CanonicalContext, values: readonly unknown[]): FlatValue[] {
    const flats: FlatValue[] = [];
    if (this.isSpilled) {
      const { align, size } = this.#layout;
      const pointer = cx.allocate(0, 0, align, size);
      this.#store(cx, values, pointer);
      flats.push(pointer);
    } else this.#codecs.forEach((codec, index) => codec.lower(cx, values[index], flats));
    return flats;
  }

  /** Writes values to memory that the guest has named. */
  store(cx: CanonicalContext, values: readonly unknown[], pointer: number): void {
    renew(cx);
    cx.check(pointer, this.#layout.size, this.#layout.align);
    this.#store(cx, values, pointer);
  }

  /** Reads values. */
  lift(cx: CanonicalContext, flats: readonly FlatValue[]): unknown[] {
    const { root } = cx.instance;
    root.crossing = root.bytes;
    renew(cx);
    if (!this.isSpilled) {
      const source = new FlatReader(flats);
      return this.#codecs.map((codec) => codec.lift(cx, source));
    }
    const pointer = (flats[0] as number) >>> 0;
    cx.check(pointer, this.#layout.size, this.#layout.align);
    return this.#codecs.map((codec, index) =>
      codec.load(cx, pointer + (this.#layout.offsets[index] as number)),
    );
  }

  #store(cx: CanonicalContext, values: readonly unknown[], pointer: number): void {
    this.#codecs.forEach((codec, index) =>
      codec.store(cx, values[index], pointer + (this.#layout.offsets[index] as number)),
    );
  }
}

function renew({ memory }: CanonicalContext): void {
  // The views of a function without memory are not there.
  if ((memory as typeof memory | undefined)?.u8.length === 0) memory.renew();
}
