import { camelCase, type InterfaceType } from '../value/index.js';
import { Connection, type ConnectionOptions } from './connection.js';
import type { OfferedFunction } from './hello.js';
import type { Offer } from './incoming-calls.js';
import type { Transport } from './transport.js';

/** A plugin that is served: functions by interface, with their types. */
export interface ServedPlugin {
  readonly id: string;
  readonly version: string;
  /** Types of what it exports, by full interface name. */
  readonly types: Readonly<Record<string, InterfaceType>>;
  /** Its exports by full interface name, in camelCase, as an instance has them: sync or async. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Lists the functions of interfaces with what runs them. */
export function offersFrom(
  types: Readonly<Record<string, InterfaceType>>,
  exports: Readonly<Record<string, unknown>>,
): Offer[] {
  return Object.entries(types).flatMap(([group, functions]) =>
    Object.entries(functions).map(([name, type]) => {
      const hello: OfferedFunction = { interface: group, name, ...type };
      return {
        hello,
        run: (args: readonly unknown[]) => {
          const members = exports[group] as Readonly<Record<string, unknown>> | undefined;
          const run = members?.[camelCase(name)];
          if (typeof run !== 'function') throw new TypeError(`there is no function "${name}" in "${group}"`);
          return Reflect.apply(run, members, args) as unknown;
        },
      };
    }),
  );
}

/**
 * Serves a plugin to the host at the other end of a connection.
 * @example
 * const connection = serve(plugin, streamTransport('stdio', stdio()));
 * await connection.opened;
 */
export function serve(
  plugin: ServedPlugin,
  transport: Transport,
  options: Omit<ConnectionOptions, 'offers' | 'id' | 'version'> = {},
): Connection {
  const { id, version, types, exports } = plugin;
  return new Connection(transport, { ...options, id, version, offers: offersFrom(types, exports) });
}
