export { canCarry, type LibraryAbilities } from './can-carry.js';
export type { Confinement } from './child/restrict.js';
export { library, type LibraryOptions } from './library.js';
export { LibraryInstance } from './library-instance.js';
export { scanLibraries, type LibraryVerdict, type ScanOptions } from './scan/index.js';
export type { LibraryFormat } from './open-plugin.js';
export type { NativeLane, Setup } from './laned-plugin.js';
export { settingKey } from './formats/index.js';
export { LIBRARY_SUPPORT, type Support, type SystemSupport } from './library-support.js';
