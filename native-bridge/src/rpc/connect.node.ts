import { PluginError } from '@wasm-plugin/abi';
import type { Connection } from './connection.js';
import { dial, type DialOptions } from './dial.node.js';
import { serve, type PluginFactory, type ServedPlugin, type ServeOptions } from './serve.js';
import { createToken } from './tokens.node.js';

/** Options of a plugin that connects to its host, and again when the connection is lost. */
export interface ConnectOptions extends DialOptions, Omit<ServeOptions, 'token' | 'onClose'> {
  /** The secret that the host shares with the plugin: each connection gets a token made with it. */
  secret?: string | Uint8Array;
  /** The time until the first try after one that failed, in milliseconds; it doubles up to `mostRetryMs`. @default 100 */
  retryMs?: number;
  /** @default 30,000 */
  mostRetryMs?: number;
  /** Called with the reason for which a connection failed or ended, and the milliseconds until the next try. */
  onLost?: (error: PluginError, retryInMs: number) => void;
}

/** A plugin that stays connected. */
export interface Connected {
  /** The present connection; `undefined` while there is none. */
  readonly connection: Connection | undefined;
  /** Answers the calls under way, and connects no more. */
  close(): Promise<void>;
}

/**
 * Connects a plugin to a host that listens, and again with growing pauses whenever the connection is lost. Effects of a call
 * whose connection was lost remain: the call is not repeated, and its caller gets WP_BRIDGE_IN_DOUBT.
 * @param plugin the served plugin with its manifest, or a function that makes it anew for each connection
 */
export function connectPlugin(
  plugin: ServedPlugin | PluginFactory,
  address: string,
  options: ConnectOptions = {},
): Connected {
  const { secret, retryMs = 100, mostRetryMs = 30_000, onLost, ...rest } = options;
  let connection: Connection | undefined;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const lost = (error: PluginError): void => {
    connection = undefined;
    if (closed) return;
    const delayMs = Math.min(mostRetryMs, retryMs * 2 ** tries++) * (0.8 + 0.2 * Math.random());
    onLost?.(error, delayMs);
    timer = setTimeout(() => void attempt(), delayMs);
  };
  const attempt = async (): Promise<void> => {
    try {
      const transport = await dial(address, rest);
      if (closed) return transport.close();
      const made = serve(plugin, transport, {
        ...rest,
        ...(secret === undefined ? {} : { token: (id) => createToken(secret, id) }),
        onClose: (error) =>
          lost(error ?? new PluginError('WP_BRIDGE', `Cannot talk to ${address}: it is closed`)),
      });
      connection = made;
      made.opened.then(
        () => (tries = 0),
        () => undefined,
      );
    } catch (error) {
      lost(PluginError.is(error) ? error : new PluginError('WP_BRIDGE', String(error), { cause: error }));
    }
  };
  void attempt();
  return {
    get connection() {
      return connection;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await connection?.drain();
    },
  };
}
