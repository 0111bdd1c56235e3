import { PluginError } from '@wasm-plugin/abi';
import type { Connection, ConnectionOptions } from './connection.js';
import { formatRefusal, parseHello } from './hello.js';
import { holdTransport } from './held-transport.js';
import { serve, type PluginFactory, type ServedPlugin } from './serve.js';
import { startServer, type RunningServer, type ServerOptions } from './server.node.js';
import { TokenCheck } from './tokens.node.js';

/** Rules for the hosts that may call a plugin. */
export interface ServeAtOptions extends Pick<
  ConnectionOptions,
  'calls' | 'heartbeatMs' | 'messageBytes' | 'pendingBytes'
> {
  /** The certificate of this side for `tls:`; with `ca` a host needs one, too (mutual TLS). */
  tls?: ServerOptions['tls'];
  /** The secret that hosts prove to know, by a token. @default no token is asked for */
  secret?: string | Uint8Array;
  /** The longest time until a host has introduced itself, in milliseconds. @default 10,000 */
  helloMs?: number;
  /** Hears who was refused and why. */
  onRefused?: (error: PluginError) => void;
  /** Hears of each host that was let in. */
  onHost?: (connection: Connection) => void;
}

/**
 * Serves a plugin at `unix:/path`, `tcp:localhost:port`, `tls:host:port`, `ws://localhost:port` or `wss://host:port`, to each
 * host that connects.
 * @param plugin the served plugin, or a function that makes it anew for each connection
 * @throws {PluginError} WP_CARRIER the address is of no known form, or would admit hosts without a proof of identity; WP_BRIDGE
 * it is taken
 */
export function serveAt(
  address: string,
  plugin: ServedPlugin | PluginFactory,
  options: ServeAtOptions = {},
): Promise<RunningServer> {
  const { tls, secret, helloMs = 10_000, onRefused, onHost, ...rest } = options;
  const tokens = secret === undefined ? undefined : new TokenCheck({ '': secret });
  const refused = (reason: string): void => onRefused?.(new PluginError('WP_BRIDGE', reason));
  return startServer(
    address,
    async ({ transport, peer }) => {
      const held = holdTransport(transport);
      const timer = setTimeout(() => transport.close(), helloMs);
      try {
        const { token } = parseHello(await held.line, peer);
        tokens?.admit(token === undefined ? {} : { token });
        const connection = serve(plugin, held.transport, rest);
        onHost?.(connection);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        held.refuse(formatRefusal(reason));
        refused(reason);
      } finally {
        clearTimeout(timer);
      }
    },
    {
      ...(tls === undefined ? {} : { tls }),
      hasTokens: tokens !== undefined,
      onRefused: (reason, peer) => refused(`Cannot let ${peer} in: ${reason}`),
    },
  );
}
