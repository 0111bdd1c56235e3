export { explaining, loadError, readComponent, type ComponentFile } from './read-component.js';
export { fileError, readInput } from './read-input.js';
