import { ModuleError } from '@wasm-plugin/abi';
import {
  decodeComponent,
  validateComponent,
  type Component,
  type CoreModuleDefinition,
  type ResolvedComponent,
} from '../component/index.js';

/** A component that is decoded, validated and compiled, and can be instantiated any number of times. */
export interface CompiledComponent {
  component: Component;
  /** What it imports and exports. */
  type: ResolvedComponent;
  modules: ReadonlyMap<CoreModuleDefinition, WebAssembly.Module>;
  /** Size of the component binary in bytes. */
  size: number;
}

/**
 * Decodes, validates and compiles a component.
 * @param accept is given its type before anything is compiled; what it throws is thrown on
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 */
export async function compileComponent(
  bytes: Uint8Array,
  accept?: (type: ResolvedComponent) => void,
): Promise<CompiledComponent> {
  const component = decodeComponent(bytes);
  const type = validateComponent(component);
  accept?.(type);
  const definitions = coreModulesOf(component);
  const compiled = await Promise.all(definitions.map(compileModule));
  return {
    component,
    type,
    modules: new Map(
      definitions.map((definition, index) => [definition, compiled[index] as WebAssembly.Module]),
    ),
    size: bytes.length,
  };
}

async function compileModule({ bytes, at }: CoreModuleDefinition): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new ModuleError('WP_MODULE_INVALID', `a core module does not compile: ${error.message}`, {
      offset: at,
      section: 'core module',
      cause: error,
    });
  }
}

/** Lists the core modules of a component and of those nested in it. */
export function coreModulesOf(component: Component): CoreModuleDefinition[] {
  return component.definitions.flatMap((definition) => {
    if (definition.kind === 'core-module') return [definition];
    return definition.kind === 'component' ? coreModulesOf(definition.component) : [];
  });
}
