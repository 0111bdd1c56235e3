/** Typed views of one linear memory, made again when the memory has grown. */
export class MemoryViews {
  readonly memory: WebAssembly.Memory;
  u8!: Uint8Array<ArrayBuffer>;
  s8!: Int8Array<ArrayBuffer>;
  u16!: Uint16Array<ArrayBuffer>;
  s16!: Int16Array<ArrayBuffer>;
  u32!: Uint32Array<ArrayBuffer>;
  s32!: Int32Array<ArrayBuffer>;
  f32!: Float32Array<ArrayBuffer>;
  f64!: Float64Array<ArrayBuffer>;
  u64!: BigUint64Array<ArrayBuffer>;
  s64!: BigInt64Array<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.renew();
  }

  /** Makes every view anew. Needed once `u8.length` is 0: a grown memory has detached its old buffer. */
  renew(): void {
    const buffer = this.memory.buffer as ArrayBuffer;
    this.u8 = new Uint8Array(buffer);
    this.s8 = new Int8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.s16 = new Int16Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.s32 = new Int32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.s64 = new BigInt64Array(buffer);
  }
}
