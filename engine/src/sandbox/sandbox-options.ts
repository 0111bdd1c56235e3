import type { Capability, CapabilityError } from '@wasm-plugin/abi';
import type { LogOptions, Setting } from './abi/index.js';
import type { Stdio } from './cli/index.js';
import type { DeterministicOptions } from './deterministic.js';
import type { HttpOptions } from './http/index.js';
import type { HostClock } from './host-clock.js';

/** Capabilities, as text or parsed. */
export type Capabilities = readonly (string | Capability)[];

/** Options of `createSandbox`. Nothing is connected that is not given here, whatever is granted. */
export interface SandboxOptions {
  /** The name of the plugin, for errors. */
  plugin?: string | undefined;
  /** What the plugin asks for: the permissions of its manifest. */
  permissions: Capabilities;
  /** What the host grants. A function is asked at each call, so that a grant can be taken back; it should give the same array as long as nothing changes. */
  grants: Capabilities | (() => Capabilities);
  /** Where a plugin with `log` writes. @default dropped */
  log?: LogOptions;
  /** What a plugin with `config` reads; a function gives what holds now. @default nothing is set */
  config?: Readonly<Record<string, string>> | (() => readonly Setting[]);
  /** What a plugin with `stdio` reads and writes. @default empty, dropped */
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
   * The folder that the host keeps for the plugin: what relative paths of `fs` are in. It is made where it is not there. Node only.
   * @default there is none
   */
  folder?: string | undefined;
  /** How many files and folders a plugin with `fs` may hold open. Node only. @default 128 */
  openFiles?: number;
  /**
   * The bytes of the host's memory that its resources may hold together: headers, requests, bodies, responses, and what is on
   * its way, at their true size. What does not fit is refused with an error code of the interface.
   * @default 64 MiB
   */
  heldBytes?: number | undefined;
  /** How a plugin with `http` reaches the network. Node only. */
  http?: HttpOptions;
  /** What a plugin with `clock` reads. @default the clock of the machine */
  clock?: HostClock;
  /** Fills an array with random bytes for a plugin with `random`. @default crypto.getRandomValues */
  random?: (bytes: Uint8Array) => unknown;
  /**
   * `wallMs` is how long one wait of the guest may block the thread, at most a minute; of `logLinesPerSecond` lines, the rest
   * is dropped.
   * @default those of a host that sets none
   */
  limits?: { readonly wallMs?: number; readonly logLinesPerSecond?: number };
  /**
   * Hears of refusals, also those that the guest may cope with: of each different one once, and beyond 64 of them of one a
   * second, as a guest may ask without end. What it throws ends the instance.
   */
  onDenied?: (error: CapabilityError) => unknown;
}
