/** Cached views of a memory, made again when it has grown. */
export class Memory {
  readonly #memory: WebAssembly.Memory;
  u8!: Uint8Array;
  u16!: Uint16Array;
  s16!: Int16Array;
  u32!: Uint32Array;
  f32!: Float32Array;
  f64!: Float64Array;
  u64!: BigUint64Array;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.refresh();
  }

  /** To be called after anything that may have grown the memory. */
  refresh(): void {
    const { buffer } = this.#memory;
    if (this.u8?.buffer === buffer) return;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.s16 = new Int16Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
  }
}
