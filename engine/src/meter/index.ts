export { clampModule, type ClampedModule } from './clamp-module.js';
export { meterModule } from './meter-module.js';
export type { MeteredModule, MeterStats } from './metered-module.js';
export type { OffsetMap, OriginalPlace } from './offset-map.js';
export { resolveMeterPlan, type MeterPlan, type ResolvedMeterPlan } from './plan.js';
export type { PrivateNames } from './private-names.js';
export { createMeter, Meter } from './meter.js';
export type { CallLimits, MeterLimits, MeterUsage, Verdict } from './meter-limits.js';
