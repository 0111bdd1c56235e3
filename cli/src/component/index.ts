export { finder, OF_HOST } from './given-imports.js';
export { explaining, loadError, readComponent, type ComponentFile } from './read-component.js';
export { fileError, readInput } from './read-input.js';
export { refuseOtherFile } from './refuse-other-file.js';
