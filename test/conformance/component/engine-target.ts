import { GuestError, ModuleError, PluginError, TrapError } from '@wasm-plugin/abi';
import { projectFolder } from '../../wast/index.js';
import type { ComponentTarget, TargetError } from './component-target.js';

/** Binds the component scripts to our engine. */
export async function engineTarget(): Promise<ComponentTarget> {
  const door = new URL('engine/dist/component/index.js', projectFolder()).href;
  const { decodeComponent, validateComponent } = (await import(door)) as {
    decodeComponent: (bytes: Uint8Array) => unknown;
    validateComponent?: (component: unknown) => void;
  };
  return {
    compile: async (bytes) => {
      const component = decodeComponent(bytes);
      validateComponent?.(component);
      return component;
    },
    instantiate: async () => {
      throw new Error('the engine cannot instantiate components yet');
    },
    invoke: async () => {
      throw new Error('the engine cannot instantiate components yet');
    },
    classify,
  };
}

function classify(error: unknown): TargetError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ModuleError) {
    const feature = /: (.*) is not supported/.exec(message)?.[1];
    if (error.code === 'WP_MODULE_UNSUPPORTED')
      return { kind: 'unsupported', feature: feature ?? message, message };
    return { kind: 'refused', message };
  }
  if (error instanceof GuestError) return { kind: 'guest', payload: error.payload, message };
  if (error instanceof TrapError) return { kind: 'trap', message };
  if (PluginError.is(error) && error.code.startsWith('WP_QUOTA')) return { kind: 'trap', message };
  return { kind: 'other', message };
}
