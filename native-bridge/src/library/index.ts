export { library, type LibraryOptions } from './library.js';
export { LibraryInstance } from './library-instance.js';
export type { NativeLane, Setup } from './native-plugin.js';
