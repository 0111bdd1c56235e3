export { type CallDeadline, tightestCall } from './host-call.js';
export type { MeteredInstance } from './call-boundary.js';
export { createMeter, Meter } from './meter.js';
export type { MeterLimits, MeterUsage, Verdict } from './meter-limits.js';
export { quotaErrorFrom } from './quota-error.js';
