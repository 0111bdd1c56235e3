import { createMeter, meterModule, type MeterPlan } from '@wasm-plugin/engine/meter';

/** A call of an export as it was recorded: see test/golden/fuel/record-sqlite.mjs. */
export interface TapedCall {
  readonly call: string;
  readonly arguments: readonly TapedValue[];
  readonly writes: readonly Write[];
  readonly imports: readonly TapedImport[];
  readonly result?: TapedValue;
  /** Fuel that wasmtime burns. */
  readonly fuel: number;
  /** The least fuel with which the call returns in wasmtime. */
  readonly minimum?: number;
}

interface TapedImport {
  readonly import: string;
  readonly arguments: readonly TapedValue[];
  readonly writes: readonly Write[];
  readonly result?: TapedValue;
}

/** An i64 is a text that ends in `n`. */
type TapedValue = number | string;
type Write = readonly [address: number, base64: string];

/** A recorded run. */
export interface Tape {
  readonly sha256: string;
  readonly calls: readonly TapedCall[];
}

/** A metered instance whose host is a tape. */
export class Replay {
  readonly #instance: WebAssembly.Instance;
  readonly #meter = createMeter({});
  readonly #memory: WebAssembly.Memory;
  #asked: TapedImport[] = [];

  constructor(binary: Uint8Array, plan: MeterPlan) {
    const metered = meterModule(binary, plan);
    const module = new WebAssembly.Module(metered.bytes);
    const imports: WebAssembly.Imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      const functions = (imports[from] ??= {}) as Record<string, WebAssembly.ImportValue>;
      functions[name] = (...values: unknown[]) => this.#answer(name, values);
    }
    this.#instance = new WebAssembly.Instance(module, imports);
    this.#meter.attach(metered, this.#instance);
    const exported = Object.values(this.#instance.exports);
    this.#memory = exported.find((value) => value instanceof WebAssembly.Memory) as WebAssembly.Memory;
  }

  /** Replays a call with so much fuel. Returns the fuel used; `undefined` if that was too little. */
  call(taped: TapedCall, fuel = 1e12): number | undefined {
    this.#write(taped.writes);
    this.#asked = [...taped.imports];
    this.#meter.arm({ fuel });
    const target = this.#meter.entry(this.#instance, taped.call) as (...values: unknown[]) => unknown;
    let result: unknown;
    try {
      result = target(...taped.arguments.map(valueOf));
    } catch (error) {
      if (this.#meter.verdict?.quota === 'fuel') return undefined;
      throw error;
    }
    const wanted = taped.result === undefined ? undefined : valueOf(taped.result);
    if (result !== wanted || this.#asked.length > 0) {
      throw new Error(`${taped.call} returned ${String(result)} in place of ${String(wanted)}`);
    }
    return this.#meter.usage().fuel;
  }

  #answer(name: string, values: readonly unknown[]): unknown {
    const asked = this.#asked.shift();
    if (asked?.import !== name || String(asked.arguments.map(valueOf)) !== String(values)) {
      throw new Error(`the tape has ${JSON.stringify(asked)}, asked is ${name}(${values.join(', ')})`);
    }
    this.#write(asked.writes);
    return asked.result === undefined ? undefined : valueOf(asked.result);
  }

  #write(writes: readonly Write[]): void {
    const bytes = new Uint8Array(this.#memory.buffer);
    for (const [at, text] of writes) bytes.set(Buffer.from(text, 'base64'), at);
  }
}

function valueOf(taped: TapedValue): number | bigint {
  return typeof taped === 'string' ? BigInt(taped.slice(0, -1)) : taped;
}
