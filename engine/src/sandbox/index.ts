/** Grants and sandboxes, as `@wasm-plugin/engine/sandbox`. */
export {
  limitLog,
  LOG_LEVELS,
  type LogFunction,
  type LogLevel,
  type LogLimit,
  type LogOptions,
  type Publish,
  type PublishRefusal,
  type Setting,
} from './abi/index.js';
export {
  runCommand,
  type CommandInstance,
  type IsolatedCommandInstance,
  type RunCommandOptions,
  type Stdio,
} from './cli/index.js';
export { createSandbox, type Sandbox, type SandboxUsage } from './create-sandbox.js';
export type { DeterministicOptions } from './deterministic.js';
export { type HttpFailure, type HttpOptions, type HttpProxy } from './http/index.js';
export type { HostClock } from './host-clock.js';
export type { Capabilities, SandboxOptions } from './sandbox-options.js';
