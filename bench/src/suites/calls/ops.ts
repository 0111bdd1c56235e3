/** Exports of the guest `types`, in the form that every variant but `core` has. See `plugins-rust/types/wit/types.wit`. */
export interface Ops {
  add(a: number, b: number): number;
  echo(text: string): string;
  process(samples: Float32Array): Float32Array;
  record8(record: RecordEight): RecordEight;
  items(count: number): Item[];
  callHost(times: number): number;
  Counter: new (start: number) => Counter;
}

export interface RecordEight {
  id: number;
  active: boolean;
  small: number;
  offset: number;
  big: bigint;
  ratio: number;
  score: number;
  name: string;
}

export interface Item {
  id: number;
  name: string;
  score: number;
}

export interface Counter {
  increment(by: number): number;
  value(): number;
}

/** The import of the guest `types`. */
export const HOST = { hostAdd: (a: number, b: number): number => (a + b) >>> 0 };

/** Names of the import and the export of the guest `types`. */
export const HOST_NAME = 'wasm-plugin:types/host';
export const OPS_NAME = 'wasm-plugin:types/ops@0.1.0';
