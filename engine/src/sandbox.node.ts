/** What a plugin may reach, as `@wasm-plugin/engine/sandbox` in Node. */
export { createSandbox, type NodeSandboxOptions } from './sandbox/index.node.js';
export {
  runCommand,
  type Capabilities,
  type CommandInstance,
  type HostClock,
  type LogLevel,
  type LogOptions,
  type Sandbox,
  type SandboxOptions,
  type Setting,
  type Stdio,
} from './sandbox/index.js';
