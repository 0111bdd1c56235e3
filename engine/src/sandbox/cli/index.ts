export { environmentImports, type EnvironmentOptions } from './environment.js';
export { exitImports } from './exit.js';
export { runCommand, type CommandInstance } from './run-command.js';
export { stdioImports, type Stdio } from './stdio.js';
