/**
 * A plugin's state as bytes, for `serialize` and `restore`: values one after the other, behind a number that says how they are
 * laid out.
 */

/** Takes values in the order in which a `StateReader` of the same schema gets them. */
export class StateWriter {
  private bytes: StaticArray<u8> = new StaticArray<u8>(64);
  private used: i32 = 0;

  /** @param schema a number of the plugin's own: another one for each layout */
  constructor(schema: u32) {
    this.put<u32>(schema);
  }

  /** Adds a number, a bool, a string, or a list of numbers, bools or strings. */
  put<T>(value: T): this {
    if (isString<T>()) {
      const text = changetype<string>(changetype<usize>(value));
      this.put<u32>(<u32>text.length);
      const at = this.reserve(text.length << 1);
      memory.copy(at, changetype<usize>(text), (<usize>text.length) << 1);
    } else if (isArrayLike<T>()) {
      // @ts-ignore: has a length and elements
      const length = value.length;
      this.put<u32>(<u32>length);
      // @ts-ignore: has a length and elements
      for (let i = 0; i < length; i++) this.put(value[i]);
    } else if (isReference<T>()) {
      ERROR('a state holds numbers, bools, strings, and lists of them');
    } else {
      store<T>(this.reserve(sizeof<T>()), value);
    }
    return this;
  }

  /** The bytes written so far. */
  get state(): StaticArray<u8> {
    return StaticArray.slice<u8>(this.bytes, 0, this.used);
  }

  private reserve(count: i32): usize {
    const used = this.used;
    const bytes = this.bytes;
    this.used = used + count;
    if (this.used > bytes.length) {
      const larger = new StaticArray<u8>(max(this.used, bytes.length * 2));
      memory.copy(changetype<usize>(larger), changetype<usize>(bytes), used);
      this.bytes = larger;
    }
    return changetype<usize>(this.bytes) + used;
  }
}

/** Gets the values of a state. One that is too short, or of another layout, makes `isBroken` true and gives zeros. */
export class StateReader {
  /** The number that the writer was made with. */
  readonly schema: u32;
  /** True if more bytes were requested than there are. */
  isBroken: bool = false;
  private at: i32 = 0;

  constructor(private bytes: StaticArray<u8>) {
    this.schema = this.get<u32>();
  }

  /** The next value. */
  get<T>(): T {
    if (isString<T>()) {
      const units = this.count(2);
      const start = this.take(units << 1);
      // @ts-ignore: T is a string
      return units == 0 ? '' : String.UTF16.decodeUnsafe(start, (<usize>units) << 1);
    } else if (isArrayLike<T>()) {
      const length = this.count(1);
      const list = instantiate<T>(length);
      // @ts-ignore: has elements
      for (let i = 0; i < length; i++) list[i] = this.get<valueof<T>>();
      return list;
    } else if (isReference<T>()) {
      ERROR('a state holds numbers, bools, strings, and lists of them');
    }
    const start = this.take(sizeof<T>());
    return start == 0 ? <T>0 : load<T>(start);
  }

  /** Reads a number of items, of which the rest of the bytes has room for all. */
  private count(leastBytes: i32): i32 {
    const count = this.get<u32>();
    if (<u64>count * <u64>leastBytes <= <u64>(this.bytes.length - this.at)) return <i32>count;
    this.isBroken = true;
    return 0;
  }

  private take(count: i32): usize {
    const at = this.at;
    if (count > this.bytes.length - at) {
      this.isBroken = true;
      return 0;
    }
    this.at = at + count;
    return changetype<usize>(this.bytes) + at;
  }
}
