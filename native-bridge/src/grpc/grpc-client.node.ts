import { randomUUID } from 'node:crypto';
import { Client, credentials, Metadata, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js';
import { PluginError } from '@wasm-plugin/abi';
import {
  createToken,
  LOOPBACK,
  parseHello,
  refuseHandles,
  type Dialer,
  type DialOptions,
  type Linker,
  type OfferedFunction,
  type RemoteLink,
} from '../rpc/index.js';
import type { InterfaceType } from '../value/index.js';
import { channelOptions } from './grpc-server.node.js';
import { CONNECT_PATH, DESCRIBE_PATH, DESCRIBE_WIRE, DESCRIPTION_WIRE, FRAME_WIRE } from './own-services.js';
import { grpcPlace, type GrpcPlace } from './place.js';
import { protoFiles, type ProtoMethod } from './proto-files.js';
import { errorFrom } from './status.js';
import { grpcTransport, type FrameStream } from './stream-channel.js';

/** Options of a connection to a gRPC server. */
export interface GrpcOptions extends DialOptions {
  /** The secret that a token proves to know. */
  secret?: string | Uint8Array;
  /** The longest message, in bytes. @default 64 MiB */
  messageBytes?: number;
  /** Asks a silent server for a sign of life, in milliseconds. @default 30,000 */
  keepaliveMs?: number;
}

/** Options of `grpcLink`. */
export interface GrpcLinkOptions extends GrpcOptions {
  /** Its functions by full interface name. @default the answer of `wasm_plugin.v1.Plugin/Describe` */
  types?: Readonly<Record<string, InterfaceType>>;
  /** Services of other makers by the interface that says the same, e.g. `{ 'acme:kv/kv': 'proto.KV' }`. */
  services?: Readonly<Record<string, string>>;
  /** Makes the `traceparent` of each call. @default none is sent */
  traceparent?: () => string | undefined;
}

/** Servers that fail are left out for a while, by grpc-js; a call is never made twice. */
const SERVICE_CONFIG = JSON.stringify({
  loadBalancingConfig: [
    {
      outlier_detection: {
        interval: { seconds: 1, nanos: 0 },
        base_ejection_time: { seconds: 10, nanos: 0 },
        max_ejection_percent: 50,
        failure_percentage_ejection: {
          threshold: 50,
          enforcement_percentage: 100,
          minimum_hosts: 2,
          request_volume: 5,
        },
        child_policy: [{ round_robin: {} }],
      },
    },
  ],
});

/** Opens a channel to one server, or to several in turn. */
export function openClient(
  place: GrpcPlace,
  options: GrpcOptions & { channel?: ChannelCredentials },
): Client {
  const { tls = {} } = options;
  const pem = (value: unknown): Buffer | null => (value === undefined ? null : Buffer.from(value as string));
  const own =
    options.channel ??
    (place.secure
      ? credentials.createSsl(pem(tls.ca), pem(tls.key), pem(tls.cert))
      : credentials.createInsecure());
  const texts = place.targets.map(({ text }) => text.replace(/^localhost:/, '127.0.0.1:'));
  const target = texts.length === 1 ? (texts[0] as string) : `ipv4:${texts.join(',')}`;
  const [{ host } = { host: undefined }] = place.targets;
  return new Client(target, own, {
    ...channelOptions(options),
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
    ...(texts.length > 1 ? { 'grpc.service_config': SERVICE_CONFIG } : {}),
    ...(place.secure && { 'grpc.ssl_target_name_override': tls.servername ?? host ?? 'localhost' }),
    // A channel of its own, which other channels to that address cannot affect.
    'grpc.use_local_subchannel_pool': 1,
  });
}

/** Returns the place of an address that may be dialled. @throws {PluginError} WP_CARRIER */
function placeToDial(address: string): GrpcPlace {
  const place = grpcPlace(address, 'dial');
  if (place.secure || place.targets.every(({ host }) => host === undefined || LOOPBACK.test(host)))
    return place;
  const reason = 'it is not on this machine; use "grpcs:" with a token or certificates';
  throw new PluginError('WP_CARRIER', `Cannot dial ${JSON.stringify(address)}: ${reason}`);
}

async function reachable(
  client: Client,
  { address, dialMs = 10_000 }: { address: string; dialMs?: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + dialMs, (error) => {
      if (error === undefined || error === null) return resolve();
      client.close();
      reject(new PluginError('WP_BRIDGE', `Cannot reach ${address}: ${error.message}`, { cause: error }));
    });
  });
}

function metadataOf({ secret }: GrpcOptions): Metadata {
  const metadata = new Metadata();
  if (secret !== undefined) metadata.set('authorization', `Bearer ${createToken(secret, '')}`);
  return metadata;
}

/**
 * Reaches plugins of `serveGrpc` by a connection of their own: `rpc({ dialers: { grpc: grpcDialer() } })`. Of several addresses one
 * is taken, in turn.
 */
export function grpcDialer(options: GrpcOptions = {}): Dialer {
  return async (address) => {
    const client = openClient(placeToDial(address), options);
    await reachable(client, { address, ...options });
    return connectBy(client, { address, options, closes: true });
  };
}

interface ConnectingBy {
  address: string;
  options: GrpcOptions;
  /** True if the channel ends with the connection. */
  closes: boolean;
}

/** Opens a connection by a channel. */
export function connectBy(
  client: Client,
  { address, options, closes }: ConnectingBy,
): ReturnType<typeof grpcTransport> {
  const { serialize, deserialize } = FRAME_WIRE;
  const stream = client.makeBidiStreamRequest(CONNECT_PATH, serialize, deserialize, metadataOf(options), {});
  return grpcTransport(address, stream as unknown as FrameStream, () => {
    stream.end();
    // The end is reported first: cancelling drops data in transit.
    setTimeout(() => {
      stream.cancel();
      if (closes) client.close();
    }, 100).unref();
  });
}

/**
 * Makes a plugin of the services of any gRPC server, in any language, that has those of the plugin's `.proto` files:
 * `rpc({ links: { grpc: grpcLink({ types }) } })`. Of several addresses each call takes the next; one that fails is left out for a
 * while. Nothing is known of the instances behind them: none dies of a call.
 */
export function grpcLink(options: GrpcLinkOptions = {}): Linker {
  return async (address, { id }) => {
    const client = openClient(placeToDial(address), options);
    await reachable(client, { address, ...options });
    return linkBy(client, { address, id, options });
  };
}

/** Makes calls of a plugin by a channel. */
export async function linkBy(
  client: Client,
  { address, id, options }: { address: string; id: string; options: GrpcLinkOptions },
): Promise<RemoteLink & { idle(): Promise<void> }> {
  const types = options.types ?? (await describe(client, { address, options }));
  const known = Object.entries(types).flatMap(([group, members]) =>
    Object.entries(members).map(([name, type]) => ({ interface: group, name, ...type })),
  );
  refuseHandles(known, { plugin: id, way: 'unary calls of gRPC', instead: 'use "grpcDialer"' });
  const { methods } = protoFiles({ id, types, ...(options.services && { services: options.services }) });
  const functions: OfferedFunction[] = methods.map(({ interface: group, name }) => ({
    interface: group,
    name,
    ...(types[group]?.[name] as InterfaceType[string]),
  }));
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const idle = async (): Promise<void> => {
    if (underWay > 0) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return {
    idle,
    functions,
    survives: true,
    async call(index, args, { deadlineMs = Infinity } = {}) {
      const method = methods[index] as ProtoMethod;
      const metadata = metadataOf(options);
      metadata.set('wasm-plugin-call', randomUUID());
      if (options.services === undefined) metadata.set('wasm-plugin-id', id);
      const trace = options.traceparent?.();
      if (trace !== undefined) metadata.set('traceparent', trace);
      underWay++;
      try {
        return await unary(client, { method, args, metadata, deadlineMs, address });
      } finally {
        if (--underWay === 0) for (const resolve of waiting.splice(0)) resolve();
      }
    },
    async drain() {
      await idle();
      client.close();
    },
    close: () => client.close(),
  };
}

interface Unary {
  method: ProtoMethod;
  args: readonly unknown[];
  metadata: Metadata;
  deadlineMs: number;
  address: string;
}

async function unary(
  client: Client,
  { method, args, metadata, deadlineMs, address }: Unary,
): Promise<unknown> {
  const request = method.encodeRequest(args);
  const deadline = Number.isFinite(deadlineMs) ? { deadline: Date.now() + deadlineMs } : {};
  const same = (bytes: Buffer): Buffer => bytes;
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    client.makeUnaryRequest(method.path, same, same, request, metadata, deadline, (error, response) => {
      const { name } = method;
      if (error !== null) reject(errorFrom(error, { name, peer: address, deadlineMs }));
      else resolve(response as Buffer);
    });
  });
  try {
    return method.decodeResponse(bytes);
  } catch (error) {
    if (PluginError.is(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError('WP_BRIDGE_IN_DOUBT', `Cannot read the answer of ${address}: ${reason}`, {
      cause: error,
    });
  }
}

async function describe(
  client: Client,
  { address, options }: { address: string; options: GrpcOptions },
): Promise<Record<string, Record<string, InterfaceType[string]>>> {
  const line = await new Promise<string>((resolve, reject) => {
    client.makeUnaryRequest(
      DESCRIBE_PATH,
      DESCRIBE_WIRE.serialize,
      DESCRIPTION_WIRE.deserialize,
      {},
      metadataOf(options),
      { deadline: Date.now() + (options.dialMs ?? 10_000) },
      (error: ServiceError | null, response?: { line: string }) => {
        if (error === null) return resolve(response?.line ?? '');
        const reason = `${error.details}; give "types"`;
        reject(
          new PluginError('WP_BRIDGE', `Cannot learn what ${address} offers: ${reason}`, { cause: error }),
        );
      },
    );
  });
  const types: Record<string, Record<string, InterfaceType[string]>> = Object.create(null) as never;
  for (const { interface: group, name, params, result } of parseHello(line, address).functions)
    (types[group] ??= Object.create(null) as Record<string, never>)[name] = {
      params,
      ...(result === undefined ? {} : { result }),
    };
  return types;
}
