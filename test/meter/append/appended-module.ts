import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { tableFunctionOf, type Hook } from '../../../engine/src/meter/budget/hook-trampoline.js';
import {
  Appendix,
  COUNTER_GLOBALS,
  counterGlobals,
  GrowthBudget,
  HOOK_PARAMS,
  HOOK_RESULTS,
  type HookPlace,
} from '../../../engine/src/meter/append/index.js';
import {
  decodeModule,
  encodeModule,
  indexModule,
  TYPE_FUNCREF,
  type CoreModule,
  type Export,
  type ModuleIndex,
} from '../../../engine/src/module/index.js';

/** An instance of a module with functions of ours behind its own. */
export interface Appended {
  /** Calls an appended function. */
  call(name: string, ...values: unknown[]): unknown;
  /** The counter's globals by name, as `CounterGlobals` has them, and the guest's own exports. */
  global(name: string): WebAssembly.Global;
  export(name: string): unknown;
}

/** Returns the model of a module, from its text. */
export async function moduleFrom(text: string): Promise<{ module: CoreModule; index: ModuleIndex }> {
  const module = decodeModule(await parse(text));
  return { module, index: indexModule(module) };
}

/** Makes an instance from text and appended functions, which it exports by name. The hook answers their questions. */
export async function appended(
  text: string,
  append: (appendix: Appendix, place: HookPlace) => Record<string, number>,
  hook: Hook = () => 0,
): Promise<Appended> {
  const { module, index } = await moduleFrom(text);
  const appendix = new Appendix(index, new GrowthBudget(0));
  const globals = counterGlobals(index);
  const hookType = appendix.type(HOOK_PARAMS, HOOK_RESULTS);
  const functions = append(appendix, { globals, hookType, hookTable: index.tables.length });
  const exported = (kind: Export['kind'], entries: Record<string, number>): Export[] =>
    Object.entries(entries).map(([name, at]) => ({ name, kind, index: at }));
  const limits = { minimum: 1n, maximum: 1n, shared: false, wide: false };
  const { bytes } = encodeModule({
    ...module,
    ...appendix.extend(module),
    tables: [...module.tables, { reference: TYPE_FUNCREF, limits, initial: undefined }],
    globals: [...module.globals, ...COUNTER_GLOBALS],
    exports: [
      ...module.exports,
      ...exported('func', functions),
      ...exported('global', { ...globals }),
      ...exported('table', { hook: index.tables.length }),
    ],
    code: codeWith(module, appendix),
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  (exports['hook'] as WebAssembly.Table).set(0, tableFunctionOf(hook));
  return {
    call: (name, ...values) => (exports[name] as (...values: unknown[]) => unknown)(...values),
    global: (name) => exports[name] as WebAssembly.Global,
    export: (name) => exports[name],
  };
}

/** Puts the bodies of the appended functions behind those of the module. */
function codeWith({ code }: CoreModule, { functions }: Appendix): CoreModule['code'] {
  const bytes = [...code.bytes];
  const ranges = [...code.ranges];
  for (const { body = new Uint8Array() } of functions) {
    ranges.push(bytes.length, bytes.length + body.length);
    bytes.push(...body);
  }
  return { bytes: new Uint8Array(bytes), ranges: new Uint32Array(ranges) };
}
