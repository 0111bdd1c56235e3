import {
  decodeComponent,
  validateComponent,
  type Component,
  type CoreModuleDefinition,
  type ResolvedComponent,
} from '../component/index.js';
import type { CoreModule } from '../module/index.js';
import { checkJsNames } from '../link/index.js';
import { contextBindings } from './context-bindings.js';
import { countInstantiations } from './instantiation-counts.js';
import { prepareModules, type PreparedModules, type PrepareOptions } from './prepare-modules.js';

/** A component that is decoded, validated and compiled, and can be instantiated any number of times. */
export interface CompiledComponent {
  component: Component;
  /** Its imports and exports. */
  type: ResolvedComponent;
  modules: PreparedModules;
  /** Size of the component binary in bytes. */
  size: number;
}

/** Options of `compileComponent`. */
export interface CompileOptions extends Omit<PrepareOptions, 'instantiations' | 'decoded' | 'contexts'> {
  /** Called with its type before anything is compiled; an error that it throws is thrown on. */
  accept?: (type: ResolvedComponent) => unknown;
}

/**
 * Decodes, validates and compiles a component.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT
 * @throws {AbiError} WP_ABI_NAMES
 * @throws {QuotaError} WP_QUOTA_MEMORY, WP_QUOTA_TABLE when it starts above the limit
 */
export async function compileComponent(
  bytes: Uint8Array,
  { accept, ...options }: CompileOptions,
): Promise<CompiledComponent> {
  const component = decodeComponent(bytes);
  const decoded = new Map<CoreModuleDefinition, CoreModule>();
  const type = validateComponent(component, { modules: decoded });
  checkJsNames(type);
  accept?.(type);
  const instantiations = countInstantiations(component);
  const modules = await prepareModules(coreModulesOf(component), {
    ...options,
    instantiations,
    decoded,
    contexts: contextBindings(component, instantiations),
  });
  return { component, type, modules, size: bytes.length };
}

/** Lists the core modules of a component and of those nested in it. */
export function coreModulesOf(component: Component): CoreModuleDefinition[] {
  return component.definitions.flatMap((definition) => {
    if (definition.kind === 'core-module') return [definition];
    return definition.kind === 'component' ? coreModulesOf(definition.component) : [];
  });
}
