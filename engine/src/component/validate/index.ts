export { validateComponent, type ValidateOptions } from './component.js';
