export { type CallDeadline, tightestCall } from './host-call.js';
export { Meter, createMeter } from './meter.js';
export type { CallLimits, MeterLimits, MeterUsage, Verdict } from './meter-limits.js';
