import type { GuestFrame } from '@wasm-plugin/abi';
import type { Component, CoreModuleDefinition } from '../component/index.js';
import { TRACE_STEPS, traceFrom } from '../trace/index.js';
import type { CompiledComponent } from './compiled-component.js';
import type { PreparedModule } from './prepare-modules.js';

const NO_BYTES = new Uint8Array(0);

/**
 * Prepares a compiled component for `postMessage`, in time linear in its definitions. One thread compiles, others make
 * instances: the code is in modules, which threads share; the bytes and the places of traces stay behind.
 */
export function postedFrom({ component, type, modules, size }: CompiledComponent): CompiledComponent {
  const posted = new Map<CoreModuleDefinition, PreparedModule>();
  const withoutBytes = (from: Component): Component => ({
    ...from,
    definitions: from.definitions.map((definition) => {
      if (definition.kind === 'component')
        return { ...definition, component: withoutBytes(definition.component) };
      if (definition.kind === 'custom') return { ...definition, bytes: NO_BYTES };
      if (definition.kind !== 'core-module') return definition;
      const bare = { ...definition, bytes: NO_BYTES };
      const prepared = modules.get(definition);
      if (prepared !== undefined) posted.set(bare, withoutPlaces(prepared));
      return bare;
    }),
  });
  return { component: withoutBytes(component), type, modules: posted, size };
}

function withoutPlaces({ metered, ...rest }: PreparedModule): PreparedModule {
  if (metered === undefined) return { ...rest, metered, traced: undefined };
  const { names, memoryPages, tableElements, stackDepth, stats } = metered;
  return {
    ...rest,
    metered: { names, memoryPages, tableElements, stackDepth, stats },
    traced: undefined,
  };
}

/** Finds the guest's functions in a stack trace that another thread has sent, innermost first. Does not throw. */
export function traceOfStack({ modules }: CompiledComponent, stack: string): readonly GuestFrame[] {
  const error = Object.assign(new Error(''), { stack });
  const traced = new Map([...modules.values()].map((each) => [each.tag, each.traced]));
  return traceFrom(error, traced, { steps: TRACE_STEPS });
}
