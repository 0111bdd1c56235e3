export { askWasmTools } from './ask-wasm-tools.js';
export type { ToolAnswer, ToolRequest } from './requests.js';
