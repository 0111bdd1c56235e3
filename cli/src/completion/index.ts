export { bashCompletion } from './bash.js';
export { commandTree } from './command-tree.js';
export { fishCompletion } from './fish.js';
export { zshCompletion } from './zsh.js';
