export { componentReport, type ComponentReport } from './component-report.js';
export { renderReport } from './render-report.js';
export { funcText, TypeNames } from './type-text.js';
