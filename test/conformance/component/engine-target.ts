import { GuestError, ModuleError, TrapError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { EngineOptions, Instance, Plugin } from '@wasm-plugin/engine';
import type { ComponentTarget, TargetError } from './component-target.js';
import { camelCase } from './to-js-value.js';

/** Binds the component scripts to our engine, as an embedder uses it. */
export function engineTarget(backend: NonNullable<EngineOptions['backend']>): ComponentTarget {
  const engine = createEngine({ backend });
  return {
    name: backend,
    compile: (bytes) => engine.load(bytes),
    instantiate: async (compiled, imports) => (compiled as Plugin).instantiate({ imports: imports as never }),
    invoke: async (instance, name, args) => {
      const call = (instance as Instance).exports[camelCase(name)];
      if (typeof call !== 'function') throw new Error(`no function is exported as "${name}"`);
      return (call as (...args: unknown[]) => unknown)(...args);
    },
    classify,
  };
}

function classify(error: unknown): TargetError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ModuleError) {
    if (error.cause instanceof WebAssembly.CompileError) return { kind: 'not-compiled', message };
    if (error.code !== 'WP_MODULE_UNSUPPORTED') return { kind: 'refused', message };
    const feature = /: (.*) is not supported/.exec(message)?.[1];
    return { kind: 'unsupported', feature: feature ?? message, message };
  }
  if (error instanceof GuestError) return { kind: 'guest', payload: error.payload, message };
  // This engine cannot have a guest wait in the middle of its code.
  if (error instanceof TrapError && /would have to wait on the stack/.test(message))
    return { kind: 'unsupported', feature: 'a wait on the stack of the guest', message };
  if (error instanceof TrapError) return { kind: 'trap', message };
  return { kind: 'other', message };
}
