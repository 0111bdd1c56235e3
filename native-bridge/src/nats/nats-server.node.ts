import { Svcm, type Service, type ServiceMsg } from '@nats-io/services';
import { createInbox, headers, type NatsConnection } from '@nats-io/transport-node';
import { PluginError, printable } from '@wasm-plugin/abi';
import {
  formatHello,
  hasHandles,
  PROTOCOL_VERSIONS,
  serve,
  SharedInstance,
  Signature,
  type LogListener,
  type PluginFactory,
  type ServedPlugin,
} from '../rpc/index.js';
import { ByteReader, ByteWriter } from '../value/index.js';
import { natsTransport } from './nats-transport.js';
import { connectSubject, functionSubject, HEADER, serviceName } from './subjects.js';

/** Options of `serveNats`. */
export interface NatsServeOptions {
  /** Hosts of one queue share the calls. @default 'wasm-plugin' */
  queue?: string;
  /** Calls under way at once; further ones are refused as not run. @default 1024 */
  calls?: number;
  /** True if hosts may have instances of their own, by connections. @default true */
  connections?: boolean;
  /** Plugin of the connections, if calls share another one. @default the same */
  own?: ServedPlugin | PluginFactory;
  /** Hears the log of the instance that calls share. @default nobody does */
  onLog?: LogListener;
}

/** A plugin that is called by NATS. */
export interface NatsServing {
  /** NATS's own service: `stats()`, `info()`, `ping()`. */
  readonly service: Service;
  /** Takes no further calls, and answers those under way. The connection to NATS stays. */
  close(): Promise<void>;
}

/**
 * Serves a plugin by NATS's services API: each function is an endpoint of the service, with the arguments as values of the protocol
 * in a request and the result in the answer. Hosts of one queue group share the calls; what they call is one instance a host.
 * `….connect` opens a connection with an instance of its own. Functions of resources can be called there alone.
 */
export async function serveNats(
  nats: NatsConnection,
  plugin: ServedPlugin | PluginFactory,
  options: NatsServeOptions = {},
): Promise<NatsServing> {
  const { queue = 'wasm-plugin', calls = 1024, connections = true, own = plugin, onLog } = options;
  const shared = new SharedInstance(plugin, onLog);
  const { served, offers } = shared.get();
  const { id, version } = served;
  const functions = offers.map((offer) => offer.hello);
  // The compiled types of the services package are those of an older core.
  const manager = new Svcm(nats as unknown as ConstructorParameters<typeof Svcm>[0]);
  const service = await manager.add({
    name: serviceName(id),
    version,
    description: `The plugin ${id}`,
    queue,
    metadata: { 'wasm-plugin': formatHello({ versions: PROTOCOL_VERSIONS, id, version, functions, calls }) },
  });
  const underWay = new UnderWay(calls);
  for (const [index, { hello }] of offers.entries()) {
    if (hasHandles(hello)) continue;
    const answering: Answering = { index, signature: new Signature(hello), shared, underWay };
    service.addEndpoint(`call-${index}`, {
      subject: functionSubject(id, hello),
      metadata: { interface: hello.interface, function: hello.name },
      handler: (_, message) => void answer(message, answering),
    });
  }
  const connect = {
    subject: connectSubject(id),
    handler(_: Error | null, message: ServiceMsg) {
      const theirs = message.string();
      const ours = createInbox();
      const transport = natsTransport(`NATS ${theirs}`, nats, {
        send: theirs,
        receive: nats.subscribe(ours),
      });
      serve(own, transport, { heartbeatMs: 30_000 });
      message.respond(ours);
    },
  };
  if (connections) service.addEndpoint('connect', connect);
  // Else a call that comes at once would find that nobody serves it.
  await nats.flush();
  return {
    service,
    async close() {
      await service.stop();
      await underWay.idle();
    },
  };
}

/** The number of calls that run. */
class UnderWay {
  readonly #most: number;
  #count = 0;
  #idle: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws {PluginError} WP_BRIDGE there are too many */
  begin(): void {
    if (this.#count >= this.#most)
      throw new PluginError('WP_BRIDGE', `Cannot take the call: ${this.#most} are under way`);
    this.#count++;
  }

  end(): void {
    if (--this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  idle(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }
}

interface Answering {
  index: number;
  signature: Signature;
  shared: SharedInstance;
  underWay: UnderWay;
}

async function answer(message: ServiceMsg, { index, signature, shared, underWay }: Answering): Promise<void> {
  let args: unknown[];
  try {
    args = signature.readArguments(new ByteReader(new Uint8Array(message.data)));
    underWay.begin();
  } catch (error) {
    return refuse(message, error, false);
  }
  const deadlineMs = Number(message.headers?.get(HEADER.deadline) || Infinity);
  const controller = new AbortController();
  const timer = Number.isFinite(deadlineMs)
    ? setTimeout(() => controller.abort(), Math.min(deadlineMs, 2 ** 31 - 1))
    : undefined;
  try {
    const run = (): unknown =>
      shared.get().offers[index]?.run(args, {
        signal: controller.signal,
        deadlineMs: deadlineMs > 0 ? deadlineMs : Infinity,
      });
    const outcome = await Promise.resolve()
      .then(run)
      .then(
        (value) => ({ value }),
        (thrown: unknown) => ({ thrown }),
      );
    const writer = new ByteWriter();
    signature.writeResult(writer, outcome);
    message.respond(writer.written().slice());
  } catch (error) {
    refuse(message, error, true);
  } finally {
    clearTimeout(timer);
    underWay.end();
  }
}

function refuse(message: ServiceMsg, error: unknown, mayHaveRun: boolean): void {
  const said = headers();
  said.set(HEADER.code, PluginError.is(error) ? error.code : 'WP_TRAP_HOST');
  said.set(HEADER.mayHaveRun, String(mayHaveRun));
  const text = printable(error instanceof Error ? error.message : String(error)).replaceAll(/[\r\n]/g, ' ');
  // The header classes of the two versions of the core are alike.
  message.respondError(mayHaveRun ? 500 : 400, text.slice(0, 1000), undefined, { headers: said as never });
}
