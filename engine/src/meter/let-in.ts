import { ModuleError } from '@wasm-plugin/abi';
import type { CoreModule, SubType } from '../module/index.js';
import type { ResolvedMeterPlan } from './plan.js';

/** Values of an exception that is small enough for the limit on tables to bound what a guest keeps of them. */
const MOST_VALUES = 16;

/**
 * Refuses what no limit bounds, unless the plan lets it in: memories shared with other threads, and allocation in the
 * JavaScript engine's own heap. A module cannot allocate a struct or an array without a type of its own for it.
 *
 * @throws {ModuleError} WP_MODULE_UNSUPPORTED
 */
export function letIn(
  module: CoreModule,
  plan: Pick<ResolvedMeterPlan, 'sharedMemories' | 'unboundedHeap'>,
): void {
  const imported = module.imports.flatMap(({ item }) => (item.kind === 'memory' ? [item.limits] : []));
  if (!plan.sharedMemories && [...imported, ...module.memories].some((limits) => limits.shared))
    refuse('memory', 'shared memories are not let in');
  if (plan.unboundedHeap) return;
  const remedy = "no limit bounds what that takes of the engine's heap; set unboundedHeap to let it in";
  const types = module.types.flatMap((group) => group.types);
  const kind = types.find(({ composite }) => composite.kind !== 'func')?.composite.kind;
  if (kind !== undefined) refuse('type', `the module has types of ${kind}s (WebAssembly GC): ${remedy}`);
  const most = mostThrown(module, types);
  if (most > MOST_VALUES) refuse('tag', `the module has exceptions of ${most} values: ${remedy}`);
}

/** The most values that an exception of the module has. */
function mostThrown({ imports, tags }: CoreModule, types: readonly SubType[]): number {
  const imported = imports.flatMap(({ item }) => (item.kind === 'tag' ? [item.type] : []));
  return [...imported, ...tags].reduce((most, type) => {
    const composite = types[type]?.composite;
    return composite?.kind === 'func' ? Math.max(most, composite.params.length) : most;
  }, 0);
}

function refuse(section: string, reason: string): never {
  throw new ModuleError('WP_MODULE_UNSUPPORTED', reason, { offset: 0, section });
}
