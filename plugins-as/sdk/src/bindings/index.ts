export { ENTRY_FILE, generateBindings, type Bindings } from './generate.js';
