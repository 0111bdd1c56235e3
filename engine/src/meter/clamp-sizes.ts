import { ModuleError } from '@wasm-plugin/abi';
import type { CoreModule, SizeLimits } from '../module/index.js';
import type { ResolvedMeterPlan } from './plan.js';

/**
 * A pass that lowers the maxima of the module's own memories and tables to the plan's. The provider of imported ones bounds
 * those.
 * @throws {ModuleError} WP_MODULE_LIMIT for a minimum above the clamp
 */
export function clampSizes(module: CoreModule, plan: ResolvedMeterPlan): CoreModule {
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
