import { X509Certificate } from 'node:crypto';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { refuseBadNetwork } from './address-list.node.js';
import type { HttpOptions } from './http-options.js';
import { resolveProxy } from './proxy.js';
import type { RequestMessage, RequestThreadData, ResponseMessage } from './request-message.js';
import { ThreadExchange } from './thread-exchange.js';
import type { HttpTransport, HttpTransportFactory, WireFailure } from './transport.js';

/** Requests that are under way if no option says otherwise. */
const REQUESTS = 16;
/** The young generation of the thread's heap, in MiB: V8 lets it grow by some 100 MiB if many short requests are made. */
const YOUNG_MIB = 4;

/**
 * Makes requests in a thread of its own, since the guest waits for them on this one. It starts with the first request.
 * @throws {TypeError} an authority is no certificate, a network or a proxy none
 */
export function workerTransport(options: HttpOptions = {}): HttpTransportFactory {
  const { requests = REQUESTS, onFailure } = options;
  const settings = threadSettings(options);
  return ({ gate, waiter, held }): HttpTransport => {
    let port: MessagePort | undefined;
    let nextId = 0;
    /** Also those that were cancelled, until their connections are closed: the thread cannot be given more than it gets done. */
    const underWay = new Map<number, ThreadExchange>();
    const start = (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      const data: RequestThreadData = { bell: waiter.bell, ...settings };
      const worker = new Worker(new URL('./request-thread.node.js', import.meta.url), {
        workerData: { ...data, port: port2 },
        transferList: [port2],
        env: {},
        stdin: false,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
      });
      worker.unref();
      port1.unref();
      // It says why it ends by a message: the event does not come while the guest waits.
      worker.on('error', () => undefined);
      return port1;
    };
    const report = (failure: WireFailure, to: { host: string; port: number }): void => {
      const { error, reason = error.tag } = failure;
      onFailure?.({ plugin: gate.plugin, host: to.host, port: to.port, code: error.tag, reason });
    };
    const collect = (): void => {
      if (port === undefined) return;
      for (;;) {
        const received = receiveMessageOnPort(port) as { message: ResponseMessage } | undefined;
        if (received === undefined) return;
        const { message } = received;
        if (message.kind === 'died') {
          for (const exchange of underWay.values()) exchange.finish(message);
          underWay.clear();
          port = undefined;
          return;
        }
        const exchange = underWay.get(message.id);
        if (exchange === undefined) continue;
        if (message.kind === 'closed') {
          underWay.delete(message.id);
          continue;
        }
        exchange.receive(message);
        if (message.kind === 'failed') report(message, exchange);
      }
    };
    const tell = (message: RequestMessage): void => {
      port ??= start();
      // A port of Node has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      port.postMessage(message, message.kind === 'part' ? [message.bytes.buffer as ArrayBuffer] : []);
    };
    return {
      open(request) {
        collect();
        const exchange =
          underWay.size >= requests
            ? { error: { tag: 'connection-limit-reached' }, reason: `${requests} requests are under way` }
            : ThreadExchange.open(nextId++, request, { held, collect, tell });
        if (exchange instanceof ThreadExchange) underWay.set(exchange.id, exchange);
        else report(exchange, request);
        return exchange;
      },
      close() {
        underWay.clear();
        // The thread ends itself: Node.js 20 ends the whole process if a thread is terminated while it parses a response.
        port?.close();
        port = undefined;
      },
    };
  };
}

function threadSettings(options: HttpOptions): Omit<RequestThreadData, 'bell'> {
  const { authorities = [], privateNetworks = [], hosts = {}, responseBytes = Infinity } = options;
  const { connectMs, firstByteMs, betweenBytesMs, responseMs = Infinity } = options;
  for (const [index, text] of authorities.entries()) refuseOther(text, index);
  for (const [index, text] of privateNetworks.entries())
    refuseBadNetwork(text, `http.privateNetworks[${index}]`);
  const proxy = resolveProxy(options.proxy, process.env);
  const times = { connectMs, firstByteMs, betweenBytesMs, responseMs };
  return { mostBytes: responseBytes, hosts, authorities, privateNetworks, proxy, ...times };
}

function refuseOther(text: string, index: number): void {
  try {
    void new X509Certificate(text);
  } catch (cause) {
    throw new TypeError(`Cannot trust http.authorities[${index}]: wanted a certificate as PEM`, { cause });
  }
}
