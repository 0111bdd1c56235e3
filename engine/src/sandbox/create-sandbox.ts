import { DEFAULT_LIMITS, parseCapability, type Capability, type CapabilityError } from '@wasm-plugin/abi';
import { SANDBOX_LINK, type HostImports, type SandboxLink } from '../link/index.js';
import { busImports, configImports, logImports, type Setting } from './abi/index.js';
import { environmentImports, exitImports, stdioImports } from './cli/index.js';
import { clockImports } from './clocks.js';
import { deterministicSources } from './deterministic.js';
import { filesystemImports, type FileProviderFactory } from './filesystem/index.js';
import { Gate } from './gate.js';
import { HeldBytes } from './held-bytes.js';
import { SYSTEM_CLOCK } from './host-clock.js';
import { httpImports, type HttpTransportFactory } from './http/index.js';
import { InputStream, IoError, OutputStream, pollImports } from './io/index.js';
import { randomImports } from './random.js';
import type { Capabilities, SandboxOptions } from './sandbox-options.js';
import { socketImports } from './sockets.js';
import { Waiter } from './waiter.js';

/** Access of one instance of a plugin. */
export interface Sandbox {
  /** To be passed to `instantiate`: `wasm-plugin:abi/log`, `config` and `bus`, and WASI 0.2. For one instance. */
  readonly imports: HostImports;
  /** Refusals so far, once each; at most the first 64. */
  readonly denials: readonly CapabilityError[];
  /** Reports the amounts that the sandbox uses. */
  usage(): SandboxUsage;
  /** Closes the instance's open files and requests. To be called when it ends. */
  close(): void;
}

/** Amounts that a sandbox uses. */
export interface SandboxUsage {
  /** Bytes of the host's memory that resources of the sandbox hold; see `SandboxOptions.heldBytes`. */
  heldBytes: number;
}

/** Parts that only some hosts have. */
export interface SandboxProviders {
  files?: FileProviderFactory;
  http?: HttpTransportFactory;
}

/** Default bound for the bytes that resources hold. */
const HELD_BYTES = 64 * 2 ** 20;
/** Default bound for a wait that blocks the thread. */
const MOST_WAIT_MS = 60_000;

/**
 * Makes the imports of one instance of a plugin: every function exists, and refuses everything that is not both requested by
 * the manifest and granted by the host.
 *
 * A refusal is an error code of the import if it has one, and otherwise ends the instance with a `CapabilityError`. Each names
 * the capability and the side that lacks it.
 * @throws {PluginError} WP_CAPABILITY for a text that is no capability
 * @example
 * const sandbox = createSandbox({ permissions: ['stdio'], grants: ['stdio'], stdio: { stdin: 'one two' } });
 * console.log('wasi:cli/stdin@0.2.0' in sandbox.imports); // prints: true
 * sandbox.close();
 */
export function createSandbox(options: SandboxOptions, providers: SandboxProviders = {}): Sandbox {
  const { plugin, clock = SYSTEM_CLOCK, limits = {}, env = {}, args = [], stdio = {} } = options;
  const { grants, random = (bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>) } = options;
  const now = (): number => Number(clock.monotonicNs() / 1000n) / 1000;
  const gate = new Gate({
    plugin,
    permissions: parsed(options.permissions),
    grants: typeof grants === 'function' ? reparsed(grants) : always(parsed(grants)),
    onDenied: options.onDenied,
    now,
  });
  const { wallMs = Infinity, logLinesPerSecond = DEFAULT_LIMITS.logLinesPerSecond } = limits;
  const waiter = new Waiter({ clock, limitMs: Math.min(wallMs, MOST_WAIT_MS), plugin });
  const ungranted = deterministicSources(options.deterministic);
  const files = providers.files?.({ gate });
  const held = new HeldBytes(options.heldBytes ?? HELD_BYTES);
  const http = providers.http?.({ gate, waiter, held });
  const link: SandboxLink = {
    attach: (instance) => (gate.instance = instance),
    heldBytes: () => held.used,
  };
  return {
    imports: {
      [SANDBOX_LINK]: link,
      ...logImports(gate, {
        log: options.log,
        linesPerSecond: logLinesPerSecond,
        now: options.log?.now ?? now,
      }),
      ...configImports(gate, settingsFrom(options.config)),
      ...busImports(gate, options.publish),
      'wasi:io/error@0.2.0': { Error: IoError },
      'wasi:io/poll@0.2.0': pollImports(waiter),
      'wasi:io/streams@0.2.0': { InputStream, OutputStream, Error: IoError },
      ...environmentImports(gate, { env, args, ungranted: ungrantedEnvironment(options) }),
      ...exitImports(plugin),
      ...stdioImports(gate, stdio),
      ...clockImports(gate, { waiter, ungranted: ungranted?.clock }),
      ...randomImports(gate, { fill: random, ungranted: ungranted?.fill }),
      ...filesystemImports(gate, files),
      ...socketImports(gate),
      ...httpImports({ gate, waiter, held, transport: http }),
    },
    get denials() {
      return gate.denials;
    },
    usage: () => ({ heldBytes: held.used }),
    close() {
      files?.close();
      http?.close();
    },
  };
}

function ungrantedEnvironment(options: SandboxOptions): 'ends' | 'refused' | 'empty' {
  if (options.deterministic !== undefined && options.deterministic !== false) return 'empty';
  return options.emptyEnvironment === true ? 'refused' : 'ends';
}

function parsed(capabilities: Capabilities): Capability[] {
  return capabilities.map((each) => (typeof each === 'string' ? parseCapability(each) : each));
}

function always<T>(value: T): () => T {
  return () => value;
}

/** Parses again only when there is another array. */
function reparsed(grants: () => Capabilities): () => readonly Capability[] {
  let given: Capabilities | undefined;
  let result: readonly Capability[] = [];
  return () => {
    const present = grants();
    if (present !== given) {
      given = present;
      result = parsed(present);
    }
    return result;
  };
}

function settingsFrom(config: SandboxOptions['config'] = {}): () => readonly Setting[] {
  if (typeof config === 'function') return config;
  const settings = Object.entries(config).map(([key, value]) => ({ key, value }));
  settings.sort((a, b) => (a.key < b.key ? -1 : 1));
  return always(settings);
}
