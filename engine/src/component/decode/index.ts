export { decodeComponent } from './component.js';
