import type { InterfaceType } from '../value/index.js';
import { callMember, type CallTarget } from './call-member.js';
import { Connection, type ConnectionOptions } from './connection.js';
import type { OfferedFunction } from './hello.js';
import type { IncomingCall, Offer } from './incoming-calls.js';
import { remoteExports } from './remote-exports.js';
import type { Transport } from './transport.js';

/** A plugin that is served: functions by interface, with their types. */
export interface ServedPlugin {
  readonly id: string;
  readonly version: string;
  /** Its `plugin.json`, for a host that it dials. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Types of its exports, by full interface name; `""` for functions of the world itself. */
  readonly types: Readonly<Record<string, InterfaceType>>;
  /** Its exports by full interface name, in camelCase, resources as classes, as an instance has them: sync or async. */
  readonly exports?: Readonly<Record<string, unknown>>;
  /** Runs a function in place of `exports`, with the facts of its call, e.g. the time for which the caller waits. */
  readonly run?: (target: CallTarget, args: readonly unknown[], call: IncomingCall) => unknown;
}

/** The host at the other end of a plugin's connection. */
export interface RemoteHost {
  /** The interfaces that it offers, by full and short name. Their functions give promises. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Answers the calls under way, and ends the connection. */
  end(): Promise<void>;
}

/** Makes a plugin for one connection. The host is there once it has introduced itself; it calls nothing before. */
export type PluginFactory = (host: Promise<RemoteHost>) => ServedPlugin;

/** Lists the functions of a plugin with their implementations. */
export function offersFrom({
  types,
  exports = {},
  run,
}: Pick<ServedPlugin, 'types' | 'exports' | 'run'>): Offer[] {
  return Object.entries(types).flatMap(([group, functions]) =>
    Object.entries(functions).map(([name, type]) => {
      const hello: OfferedFunction = { interface: group, name, ...type };
      const target: CallTarget = { interface: group, name };
      return {
        hello,
        run: (args: readonly unknown[], call: IncomingCall) => {
          if (run !== undefined) return run(target, args, call);
          return callMember(exports, target, args);
        },
      };
    }),
  );
}

/** Options of serving a plugin. */
export interface ServeOptions extends Omit<
  ConnectionOptions,
  'offers' | 'id' | 'version' | 'manifest' | 'token'
> {
  /** Makes the proof for the host that this is the plugin of an id. */
  readonly token?: (id: string) => string;
}

/**
 * Serves a plugin to the host at the other end of a connection.
 * @example
 * const connection = serve(plugin, streamTransport('stdio', { readable: process.stdin, writable: process.stdout, destroy }));
 * await connection.opened;
 */
export function serve(
  plugin: ServedPlugin | PluginFactory,
  transport: Transport,
  { token, ...options }: ServeOptions = {},
): Connection {
  let settle: { resolve(host: RemoteHost): void; reject(error: unknown): void } | undefined;
  const host = new Promise<RemoteHost>((resolve, reject) => (settle = { resolve, reject }));
  host.catch(() => undefined);
  const served = typeof plugin === 'function' ? plugin(host) : plugin;
  const { id, version, manifest } = served;
  const connection = new Connection(transport, {
    ...options,
    id,
    version,
    ...(manifest === undefined ? {} : { manifest }),
    ...(token === undefined ? {} : { token: token(id) }),
    offers: offersFrom(served),
  });
  connection.opened.then(
    ({ functions }) =>
      settle?.resolve({
        exports: remoteExports(functions, (index, args) => connection.call(index, args), connection.classOf),
        end: () => connection.drain(),
      }),
    (error: unknown) => settle?.reject(error),
  );
  return connection;
}
