/** Counts of calls and events, and diagnoses. */
export { HostMetrics, type PluginMetrics } from './host-metrics.js';
export { type FunctionMetrics, LATENCY_BOUNDS_MS } from './function-metrics.js';
export { metricsText } from './metrics-text.js';
export { diagnose, type Diagnosis, type LimitUse } from './diagnosis.js';
export { RecentEvents, type RecordedEvent } from './recent-events.js';
