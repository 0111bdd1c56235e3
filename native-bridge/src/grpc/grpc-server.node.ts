import { chmod } from 'node:fs/promises';
import { Server, ServerCredentials, type ChannelOptions, type Metadata } from '@grpc/grpc-js';
import { PluginError } from '@wasm-plugin/abi';
import {
  LOOPBACK,
  TokenCheck,
  type PluginFactory,
  type RunningServer,
  type ServedPlugin,
  type ServerOptions,
} from '../rpc/index.js';
import type { GrpcServerOptions } from './grpc-server-options.js';
import { addHealth, type HealthSwitch } from './health.js';
import { addPlugin } from './plugin-service.js';
import { grpcPlace } from './place.js';

/** Adds further services, and hears of the end. */
export interface GrpcServing {
  readonly server: Server;
  readonly health: HealthSwitch;
}

const DEFAULT_MESSAGE_BYTES = 64 * 2 ** 20;

/** Options of a channel that keeps itself alive. */
export function channelOptions({
  messageBytes = DEFAULT_MESSAGE_BYTES,
  keepaliveMs = 30_000,
}: Pick<GrpcServerOptions, 'messageBytes' | 'keepaliveMs'>): ChannelOptions {
  return {
    'grpc.max_receive_message_length': messageBytes,
    'grpc.max_send_message_length': messageBytes,
    'grpc.keepalive_time_ms': keepaliveMs,
    'grpc.keepalive_timeout_ms': keepaliveMs,
    'grpc.keepalive_permit_without_calls': 1,
  };
}

/** Makes the services of a plugin, its health, and the connection of hosts. */
export function createGrpcServer(
  plugin: ServedPlugin | PluginFactory,
  options: GrpcServerOptions = {},
): GrpcServing {
  const server = new Server(channelOptions(options));
  const { secret } = options;
  const tokens = secret === undefined ? undefined : new TokenCheck({ '': secret });
  const admit = (metadata: Metadata): void => {
    if (tokens === undefined) return;
    const [, token] = /^Bearer (.+)$/i.exec(String(metadata.get('authorization')[0] ?? '')) ?? [];
    tokens.admit(token === undefined ? {} : { token });
  };
  const names = addPlugin(server, plugin, { ...options, admit });
  return { server, health: addHealth(server, names) };
}

/**
 * Serves a plugin by gRPC at `grpc://localhost:port`, `grpcs://host:port` or `unix:/path`: to plain clients by the services of
 * its `.proto` files, which share one instance, and to hosts by `wasm_plugin.v1.Plugin/Connect`, each with an instance of its
 * own.
 * @throws {PluginError} WP_CARRIER the address is of no known form, or would admit callers without a proof of identity;
 * WP_BRIDGE it is taken
 */
export async function serveGrpc(
  address: string,
  plugin: ServedPlugin | PluginFactory,
  options: GrpcServerOptions = {},
): Promise<RunningServer> {
  const place = grpcPlace(address, 'listen at');
  const { tls, secret } = options;
  const fail = (reason: string): PluginError =>
    new PluginError('WP_CARRIER', `Cannot listen at ${JSON.stringify(address)}: ${reason}`);
  const isLocal = place.targets.every(({ host }) => host === undefined || LOOPBACK.test(host));
  if (place.targets.length !== 1) throw fail('it is several addresses');
  if (!place.secure && !isLocal) throw fail('it is not on this machine alone; use "grpcs:"');
  if (place.secure && tls?.cert === undefined) throw fail('"tls.cert" and "tls.key" are missing');
  if (!isLocal && secret === undefined && tls?.ca === undefined)
    throw fail('everybody could call; give "secret", or "tls.ca" for mutual TLS');
  const { server, health } = createGrpcServer(plugin, options);
  const [target] = place.targets as [(typeof place.targets)[number]];
  const port = await bound(server, {
    target: target.text,
    credentials: credentialsOf(tls, place.secure),
    address,
  });
  if (target.host === undefined) await chmod(target.text.replace(/^unix:/, ''), 0o600);
  const scheme = place.secure ? 'grpcs' : 'grpc';
  return {
    address: target.host === undefined ? address : `${scheme}://${target.host}:${port}`,
    close: () => closed(server, health),
  };
}

function credentialsOf(tls: ServerOptions['tls'], secure: boolean): ServerCredentials {
  if (!secure || tls === undefined) return ServerCredentials.createInsecure();
  const pem = (value: unknown): Buffer => Buffer.from(value as string);
  const pair = { private_key: pem(tls.key), cert_chain: pem(tls.cert) };
  return ServerCredentials.createSsl(tls.ca === undefined ? null : pem(tls.ca), [pair], tls.ca !== undefined);
}

/** Binds a server to a place, and returns its port. */
export function bound(
  server: Server,
  { target, credentials, address }: { target: string; credentials: ServerCredentials; address: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(target, credentials, (error, port) => {
      if (error === null) return resolve(port);
      reject(new PluginError('WP_BRIDGE', `Cannot listen at ${address}: ${error.message}`, { cause: error }));
    });
  });
}

/** Time that calls under way have when a server closes, in milliseconds. */
const CLOSE_MS = 1000;

/** Answers the calls under way, and ends. */
export function closed(server: Server, health: HealthSwitch): Promise<void> {
  health.stop();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), CLOSE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
