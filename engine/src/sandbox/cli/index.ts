export { environmentImports, type EnvironmentOptions } from './environment.js';
export { exitImports } from './exit.js';
export {
  runCommand,
  type CommandInstance,
  type IsolatedCommandInstance,
  type RunCommandOptions,
} from './run-command.js';
export { stdioImports, type Stdio } from './stdio.js';
