export { argumentsFrom } from './arguments-from.js';
export { jsonFrom } from './json-from.js';
export { valueFrom } from './value-from.js';
