import type { Capability, CapabilityError } from '@wasm-plugin/abi';
import type { LogOptions, Publish, Setting } from './abi/index.js';
import type { Stdio } from './cli/index.js';
import type { DeterministicOptions } from './deterministic.js';
import type { HttpOptions } from './http/index.js';
import type { HostClock } from './host-clock.js';

/** Capabilities, as text or parsed. */
export type Capabilities = readonly (string | Capability)[];

/** Options of `createSandbox`. A grant has an effect only on parts that are connected here. */
export interface SandboxOptions {
  /** The name of the plugin, for errors. */
  plugin?: string | undefined;
  /** Permissions in the plugin's manifest. */
  permissions: Capabilities;
  /**
   * Grants of the host. A function is called at each check, so that a grant can be taken back; it should return the same array
   * as long as nothing changes.
   */
  grants: Capabilities | (() => Capabilities);
  /** Log of a plugin with `log`. @default dropped */
  log?: LogOptions;
  /** Settings of a plugin with `config`; a function returns the present ones. @default none */
  config?: Readonly<Record<string, string>> | (() => readonly Setting[]);
  /** Publishes the events of a plugin with `publish`. @default nobody receives them */
  publish?: Publish;
  /** Streams of a plugin with `stdio`. @default empty, dropped */
  stdio?: Stdio;
  /** The variables that a plugin with `env` may see, if it names them. @default none */
  env?: Readonly<Record<string, string | undefined>>;
  /** The arguments of a program. Needs no capability. @default none */
  args?: readonly string[];
  /**
   * True if a plugin without any `env` sees an empty environment, where it otherwise ends. Some languages read variables that
   * they can do without: a Rust program looks for `RUST_BACKTRACE` before it says why it panicked.
   * @default false
   */
  emptyEnvironment?: boolean;
  /**
   * The clock, random numbers and environment of a plugin without `clock`, `random` or `env`, where it otherwise ends: the same
   * in every run, and nothing of the machine. Its wall clock starts at a fixed time, a clock goes on by a microsecond at each reading, waits end at once, random
   * numbers come out of a seed, the environment is empty; nothing of that counts as a refusal. The runtimes of JavaScript, Python
   * and Go ask for some of it before anything else.
   * @default false
   */
  deterministic?: boolean | DeterministicOptions;
  /**
   * The folder that the host keeps for the plugin: relative paths of `fs` start there. It is made if it does not exist. Node
   * only.
   * @default none
   */
  folder?: string | undefined;
  /** Most files and folders that a plugin with `fs` may hold open. Node only. @default 128 */
  openFiles?: number;
  /**
   * Most bytes of the host's memory that its resources may hold together: headers, requests, bodies, responses, and data in
   * transit, at their true size. Beyond that they are refused with an error code of the interface.
   * @default 64 MiB
   */
  heldBytes?: number | undefined;
  /** Network of a plugin with `http`. Node only. */
  http?: HttpOptions;
  /** Clock of a plugin with `clock`. @default the clock of the machine */
  clock?: HostClock;
  /** Fills an array with random bytes for a plugin with `random`. @default crypto.getRandomValues */
  random?: (bytes: Uint8Array) => unknown;
  /**
   * `wallMs` is the longest time that one wait of the guest may block the thread, at most a minute; log lines beyond
   * `logLinesPerSecond` are dropped.
   * @default those of a host that sets none
   */
  limits?: { readonly wallMs?: number; readonly logLinesPerSecond?: number };
  /**
   * Called for refusals, including those that the guest handles: for each different one once, and beyond 64 of them for one a
   * second, as a guest may ask without end. An error that it throws ends the instance.
   */
  onDenied?: (error: CapabilityError) => unknown;
}
