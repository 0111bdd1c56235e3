import { connect, type NatsConnection } from '@nats-io/transport-node';
import { PluginError } from '@wasm-plugin/abi';

/** Options of a connection to NATS. */
export interface NatsOptions {
  /** Certificates, for `tls:`: paths or PEM, as in NATS's `tls` option. */
  tls?: { ca?: string; cert?: string; key?: string };
  /** A token or a user; also by `nats://user:password@host`. */
  token?: string;
  user?: string;
  pass?: string;
  /** The longest time until the connection stands, in milliseconds. @default 10,000 */
  dialMs?: number;
}

/**
 * Connects to a NATS server, and again whenever the connection is lost.
 * @param url e.g. `nats://localhost:4222`, several separated by commas
 * @throws {PluginError} WP_BRIDGE nobody answers there
 */
export async function connectNats(url: string, options: NatsOptions = {}): Promise<NatsConnection> {
  const { tls, dialMs = 10_000, ...login } = options;
  const servers = url.split(',').map((each) => each.trim());
  const [first] = servers;
  const user = first !== undefined && URL.canParse(first) ? new URL(first) : undefined;
  const named =
    user === undefined || user.username === ''
      ? {}
      : { user: decodeURIComponent(user.username), pass: decodeURIComponent(user.password) };
  try {
    return await connect({
      servers: servers.map((each) => each.replace(/^(\w+:\/\/)[^@/]*@/, '$1')),
      timeout: dialMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      pingInterval: 10_000,
      maxPingOut: 2,
      ...named,
      ...login,
      ...(tls === undefined ? {} : { tls }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError(
      'WP_BRIDGE',
      `Cannot reach NATS at ${servers.join(', ').replaceAll(/\/\/[^@/]*@/g, '//')}: ${reason}`,
      {
        cause: error,
      },
    );
  }
}

/** Calls `lost` when a connection to NATS is lost, and with it the data in transit. Returns a function that ends this. */
export function onLoss(nats: NatsConnection, lost: (reason: string) => void): () => void {
  let stopped = false;
  void (async () => {
    for await (const { type } of nats.status()) {
      if (stopped) return;
      if (type === 'disconnect' || type === 'close') lost('the connection to NATS was lost');
    }
  })();
  void nats.closed().then(() => (stopped ? undefined : lost('the connection to NATS is closed')));
  return () => void (stopped = true);
}

/**
 * Follows a connection to NATS. Returns a function: `undefined` while the connection stands, else a promise that settles once
 * it stands again or is closed. A request made meanwhile would go out before the subscription of its answer, and so the word
 * that nobody serves it would be lost.
 */
export function followConnection(nats: NatsConnection): () => Promise<void> | undefined {
  let back: Promise<void> | undefined;
  let resolve = (): void => undefined;
  const stands = (): void => {
    back = undefined;
    resolve();
  };
  void (async () => {
    for await (const { type } of nats.status()) {
      if (type === 'disconnect') back ??= new Promise((resolved) => (resolve = resolved));
      else if (type === 'reconnect' || type === 'close') stands();
    }
  })();
  void nats.closed().then(stands);
  return () => back;
}
