export { askWhatToMake } from './ask.js';
export { makePlugin, type MadePlugin } from './make-plugin.js';
export { LANGUAGE_NAMES, WORLDS, type Said, type Wanted } from './wanted.js';
