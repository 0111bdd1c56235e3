export { findLines } from './find-lines.js';
export type { LineSections } from './line-header.js';
