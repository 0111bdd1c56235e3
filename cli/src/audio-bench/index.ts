export { type BenchReport } from './bench-report.js';
export { type MeasurementRequest, type PluginFile } from './measurement.js';
export { countsFuel } from './open-source.js';
export { perfettoTrace } from './profile/index.js';
export { renderHtml } from './html/render-html.js';
export { renderText } from './render-text.js';
export { runBench, type BenchOptions } from './run-bench.js';
