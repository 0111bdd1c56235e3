import { createMeter, meterModule, type MeterLimits, type MeterPlan } from '@wasm-plugin/engine/meter';
import { moduleOf, section, unsigned, vector } from './wasm-builder.js';

const VOID = [0x60, 0, 0];

/** Parts of a small module. */
export interface Parts {
  readonly types?: readonly number[][];
  readonly imports?: readonly number[][];
  readonly functions: readonly number[];
  readonly rest?: readonly number[][];
  readonly exports: readonly number[][];
  readonly start?: number;
  readonly bodies: readonly (readonly number[])[];
}

/** A module of functions without locals. `rest` holds the sections between functions and exports. */
export function build(parts: Parts): Uint8Array<ArrayBuffer> {
  const bodies = parts.bodies.map((code) => [...unsigned(code.length + 2), 0, ...code, 0x0b]);
  return moduleOf(
    section(1, vector(parts.types ?? [VOID])),
    ...(parts.imports === undefined ? [] : [section(2, vector(parts.imports))]),
    section(3, vector(parts.functions.map((type) => [type]))),
    ...(parts.rest ?? []),
    section(7, vector(parts.exports)),
    ...(parts.start === undefined ? [] : [section(8, [parts.start])]),
    section(10, vector(bodies)),
  );
}

/** Instantiates under limits. */
export function open(
  binary: Uint8Array,
  limits: MeterLimits,
  options: { plan?: MeterPlan; imports?: WebAssembly.Imports } = {},
) {
  const module = meterModule(binary, options.plan);
  const meter = createMeter(limits);
  const refused = meter.admit(module);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), options.imports ?? {});
  meter.attach(module, instance);
  const call = (export_: string, ...values: unknown[]) =>
    (meter.entry(instance, export_) as (...values: unknown[]) => unknown)(...values);
  return { module, meter, instance, call, refused };
}
