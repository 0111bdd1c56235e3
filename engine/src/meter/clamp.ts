import { ModuleError } from '@wasm-plugin/abi';
import type { CoreModule, SizeLimits } from '../module/index.js';
import type { ResolvedMeterPlan } from './plan.js';

/**
 * A pass that lowers the maxima of the module's own memories and tables to the plan's, and refuses shared memories unless
 * the plan lets them in. Imported ones are the concern of whoever provides them.
 *
 * @throws {ModuleError} WP_MODULE_LIMIT for a minimum above the clamp, WP_MODULE_UNSUPPORTED for a shared memory
 */
export function clampSizes(module: CoreModule, plan: ResolvedMeterPlan): CoreModule {
  const imported = module.imports.flatMap(({ item }) => (item.kind === 'memory' ? [item.limits] : []));
  if (!plan.sharedMemories && [...imported, ...module.memories].some((limits) => limits.shared)) {
    throw new ModuleError('WP_MODULE_UNSUPPORTED', 'shared memories are not let in', {
      offset: 0,
      section: 'memory',
    });
  }
  return {
    ...module,
    memories: module.memories.map((limits) => clamp(limits, plan.memoryPages, 'memory')),
    tables: module.tables.map((table) => ({
      ...table,
      limits: clamp(table.limits, plan.tableElements, 'table'),
    })),
  };
}

function clamp(limits: SizeLimits, most: number | undefined, section: 'memory' | 'table'): SizeLimits {
  if (most === undefined) return limits;
  const maximum = BigInt(most);
  if (limits.minimum > maximum) {
    const unit = section === 'memory' ? 'pages' : 'elements';
    throw new ModuleError(
      'WP_MODULE_LIMIT',
      `a ${section} starts with ${limits.minimum} ${unit}, but may have ${most}`,
      {
        offset: 0,
        section,
      },
    );
  }
  return limits.maximum !== undefined && limits.maximum <= maximum ? limits : { ...limits, maximum };
}
