export { clampModule, type ClampedModule } from './clamp-module.js';
export type { ExposedSizes } from './exposed-sizes.js';
export {
  tightestCall,
  type CallDeadline,
  createMeter,
  Meter,
  type CallLimits,
  type MeterLimits,
  type MeterUsage,
  type Verdict,
} from './budget/index.js';
export { meterModule } from './meter-module.js';
export type { MeteredModule, MeterStats } from './metered-module.js';
export { functionNames } from './sections/index.js';
export type { OffsetMap, OriginalPlace } from './offset-map.js';
export { resolveMeterPlan, type MeterPlan, type ResolvedMeterPlan, type StackCounting } from './plan.js';
export type { PrivateNames } from './private-names.js';
