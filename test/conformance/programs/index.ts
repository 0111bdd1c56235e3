export { runPrograms } from './run-programs.js';
export { snapshot } from './snapshot.js';
