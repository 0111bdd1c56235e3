/** What a plugin may reach, as `@wasm-plugin/engine/sandbox` in Node. */
export { createSandbox } from './sandbox/index.node.js';
export {
  limitLog,
  LOG_LEVELS,
  runCommand,
  type Capabilities,
  type CommandInstance,
  type DeterministicOptions,
  type HostClock,
  type HttpFailure,
  type HttpOptions,
  type IsolatedCommandInstance,
  type LogFunction,
  type LogLevel,
  type LogLimit,
  type LogOptions,
  type RunCommandOptions,
  type Sandbox,
  type SandboxOptions,
  type Setting,
  type Stdio,
} from './sandbox/index.js';
