/** What a plugin may reach, as `@wasm-plugin/engine/sandbox`. */
export {
  createSandbox,
  runCommand,
  type Capabilities,
  type CommandInstance,
  type HostClock,
  type HttpFailure,
  type HttpOptions,
  type LogLevel,
  type LogOptions,
  type Sandbox,
  type SandboxOptions,
  type Setting,
  type Stdio,
} from './sandbox/index.js';
