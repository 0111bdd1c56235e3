export { JAVASCRIPT_KERNELS } from './javascript-kernels.js';
export type { JavaScriptKernel } from './kernel.js';
