import {
  createMeter,
  meterModule,
  type MeteredModule,
  type MeterPlan,
  type Verdict,
} from '@wasm-plugin/engine/meter';

/** Result of a call, in the words of the golden files; `stack` if V8's own stack ended first. */
export type End = 'ok' | 'fuel' | 'trap' | 'stack';

/** Result of a metered call. */
export interface Outcome {
  readonly end: End;
  readonly fuel: number;
  readonly results: readonly unknown[];
  readonly verdict: Verdict | undefined;
}

/** Fuel of a start function. */
const START_FUEL = 10_000_000;

const compiled = new WeakMap<MeteredModule, WebAssembly.Module>();

/** Meters a module; the same plan makes the same module. Guests may use the engine's heap. */
export function metered(bytes: Uint8Array, plan?: MeterPlan): MeteredModule {
  return meterModule(bytes, { unboundedHeap: true, ...plan });
}

/** Calls an export of a fresh instance with so much fuel. */
export function runMetered(
  module: MeteredModule,
  call: { readonly name: string; readonly arguments: readonly unknown[]; readonly fuel: number },
  imports: WebAssembly.Imports = {},
): Outcome {
  let code = compiled.get(module);
  if (code === undefined) {
    code = new WebAssembly.Module(module.bytes);
    compiled.set(module, code);
  }
  const meter = createMeter({ fuel: START_FUEL });
  meter.admit(module);
  const instance = new WebAssembly.Instance(code, imports);
  meter.attach(module, instance);
  meter.start(module, instance);
  meter.arm({ fuel: call.fuel });
  const target = meter.entry(instance, call.name) as (...values: unknown[]) => unknown;
  let results: readonly unknown[] = [];
  let end: End = 'ok';
  try {
    const returned = target(...call.arguments);
    results = returned === undefined ? [] : Array.isArray(returned) ? returned : [returned];
  } catch (error) {
    end = meter.verdict !== undefined ? 'fuel' : error instanceof RangeError ? 'stack' : 'trap';
  }
  return { end, fuel: meter.usage().fuel, results, verdict: meter.verdict };
}
