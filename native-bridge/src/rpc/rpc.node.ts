import { dirname } from 'node:path';
import {
  ABI_VERSION,
  PluginError,
  resolveLimits,
  type Carrier,
  type CarrierInstantiateOptions,
  type CarrierSource,
  type LimitName,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import { isAddress } from '@wasm-plugin/abi/manifest';
import { ABI_IMPORTS, givenInterface } from '../abi/index.js';
import type { InterfaceType } from '../value/index.js';
import { RunningInstances } from '../instance/index.js';
import { inTime } from './in-time.js';
import { Connection } from './connection.js';
import { dial, type DialOptions } from './dial.node.js';
import type { Offer } from './incoming-calls.js';
import { LISTEN_SCHEME, type Listener } from './listener.node.js';
import { RemoteInstance, type RemoteLink } from './remote-instance.js';
import { offersFrom } from './serve.js';
import { startProcess, type StartOptions } from './start-process.node.js';
import { createToken } from './tokens.node.js';
import type { Transport } from './transport.js';

/** Options of the carrier `rpc`. */
export interface RpcOptions extends DialOptions {
  /** Options of starting a plugin's process, for an entry that is a file. */
  start?: StartOptions;
  /** The secret of the plugin that is dialled: a token made with it proves that this host may call it. */
  secret?: string | Uint8Array;
  /** Listener at which plugins connect to this host: their instances take the connections. It is closed with the carrier. */
  listener?: Listener;
  /**
   * Asks for a sign of life if none came for so long; if none comes, the instance dies. A plugin that computes on its only
   * thread gives none meanwhile. 0: never.
   * @default 30,000 for addresses; 0 for processes, whose end is seen
   */
  heartbeatMs?: number;
  /** The longest call if no `wallMs` is set, in milliseconds. @default 30,000 */
  callMs?: number;
  /**
   * Types of interfaces that the host gives beyond those of `wasm-plugin:abi`, by full name: what of them is among the imports of an
   * instance, the plugin may call. Resources are classes.
   * @default none
   */
  imports?: Readonly<Record<string, InterfaceType>>;
  /** Ways to reach addresses of further schemes, e.g. `{ grpc: grpcDialer() }` for `grpc://host:port`. */
  dialers?: Readonly<Record<string, Dialer>>;
  /** Ways to call addresses of further schemes that know of no connections, e.g. `{ grpc: grpcLink() }`. They give no imports. */
  links?: Readonly<Record<string, Linker>>;
}

/** Finds a plugin at an address, to call it. @throws {PluginError} WP_BRIDGE nobody answers there */
export type Linker = (address: string, plugin: CarrierSource) => Promise<RemoteLink>;

/** Reaches a plugin at an address. @throws {PluginError} WP_BRIDGE nobody answers there */
export type Dialer = (address: string, plugin: CarrierSource) => Promise<Transport>;

const HELD: readonly LimitName[] = ['wallMs'];

/**
 * Runs plugins in other processes: the entry of the manifest is an executable file of the plugin, which speaks the protocol on
 * its standard streams, or an address (`unix:`, `tcp:`, `tls:`) to dial.
 */
export function rpc(options: RpcOptions = {}): Carrier {
  return {
    kind: 'rpc',
    calls: 'async',
    enforces: new Set(HELD),
    async load(source, { limits }) {
      const running = new RunningInstances<RemoteInstance>();
      return {
        size: 0,
        instantiate: (asked) => running.start(asked, (given) => connect(source, { given, limits, options })),
        close: () => running.close(),
      };
    },
    close: async () => await options.listener?.close(),
  };
}

interface Connecting {
  given: CarrierInstantiateOptions;
  limits: ResolvedLimits;
  options: RpcOptions;
}

async function connect(
  source: CarrierSource,
  { given, limits, options }: Connecting,
): Promise<RemoteInstance> {
  const { id, version } = source;
  const { secret, callMs = 30_000, heartbeatMs = isAddress(source.entry) ? 30_000 : 0 } = options;
  const own = resolveLimits(given.limits, { base: limits, lowerOnly: true });
  const wallMs = Number.isFinite(own.wallMs) ? own.wallMs : callMs;
  const instance = new RemoteInstance({ plugin: id, wallMs, onEnd: given.onEnd });
  const linker = registered(options.links, source.entry);
  if (linker !== undefined) return instance.attach(await linker(source.entry, source));
  const connection = new Connection(await reach(source, options), {
    ...(secret === undefined ? {} : { token: createToken(secret, '') }),
    ...(heartbeatMs === 0 ? {} : { heartbeatMs }),
    offers: hostOffers(given.imports, { types: options.imports, onCall: () => instance.countHostCall() }),
    onClose: (error) => instance.die(error ?? closed(id)),
  });
  try {
    const { dialMs = 10_000 } = options;
    const hello = await inTime(connection.opened, dialMs, () => noFirstLine(dialMs));
    refuseOther(hello, { id, version });
    const { functions } = hello;
    return instance.attach({
      functions,
      classOf: connection.classOf,
      call: (index, args, how) => connection.call(index, args, how),
      callBatch: (index, batch, how) => connection.callBatch(index, batch, how),
      drain: () => connection.drain(),
      close: () => connection.close(),
    });
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function reach(source: CarrierSource, options: RpcOptions): Promise<Transport> {
  const { id, version, entry, files } = source;
  if (entry.startsWith(LISTEN_SCHEME)) {
    if (options.listener !== undefined) return options.listener.take(id, version, options.dialMs ?? 10_000);
    const reason = 'it connects by itself; give the carrier a "listener"';
    throw new PluginError('WP_CARRIER', `Cannot reach "${id}": ${reason}`, { plugin: id });
  }
  const dialer = registered(options.dialers, entry);
  if (dialer !== undefined) return dialer(entry, source);
  if (isAddress(entry)) return dial(entry, options);
  if (files.locate === undefined)
    throw new PluginError(
      'WP_CARRIER',
      `Cannot start "${id}": its executable is packed; unpack the plugin to a folder`,
      { plugin: id },
    );
  const path = await files.locate(entry);
  return startProcess(path, { cwd: dirname(path), ...options.start });
}

/** Returns the registered way for the scheme of an address. */
function registered<Way>(ways: Readonly<Record<string, Way>> | undefined, entry: string): Way | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/.exec(entry)?.[1];
  return scheme !== undefined && ways !== undefined && Object.hasOwn(ways, scheme) ? ways[scheme] : undefined;
}

interface HostOffering {
  types: RpcOptions['imports'];
  onCall: () => void;
}

/** Offers the interfaces of `wasm-plugin:abi` that the host gives, and others whose types are known. */
function hostOffers(
  imports: CarrierInstantiateOptions['imports'],
  { types: further = {}, onCall }: HostOffering,
): Offer[] {
  const given: Record<string, unknown> = {};
  const types: Record<string, InterfaceType> = {};
  for (const [name, type] of Object.entries(ABI_IMPORTS)) {
    const functions = givenInterface(imports, name);
    if (functions === undefined) continue;
    const full = `wasm-plugin:abi/${name}@${ABI_VERSION}`;
    given[full] = functions;
    types[full] = type;
  }
  for (const [full, type] of Object.entries(further)) {
    if (imports[full] === undefined || types[full] !== undefined) continue;
    given[full] = imports[full];
    types[full] = type;
  }
  return offersFrom({ types, exports: given }).map(({ hello, run }) => ({
    hello,
    run: (args, call) => {
      onCall();
      return run(args, call);
    },
  }));
}

function refuseOther(
  hello: { id?: string; version?: string },
  wanted: { id: string; version: string },
): void {
  if (hello.id === wanted.id && hello.version === wanted.version) return;
  const found = `${String(hello.id)} ${String(hello.version)}`;
  throw new PluginError(
    'WP_BRIDGE',
    `Cannot use the plugin: it says that it is ${found}; wanted ${wanted.id} ${wanted.version}`,
    {
      plugin: wanted.id,
    },
  );
}

function noFirstLine(ms: number): PluginError {
  return new PluginError('WP_BRIDGE', `Cannot reach the plugin: no first line came in ${ms} ms`);
}

function closed(id: string): PluginError {
  return new PluginError('WP_BRIDGE', `Cannot call "${id}": its connection is closed`, { plugin: id });
}
