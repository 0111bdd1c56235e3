import { X509Certificate } from 'node:crypto';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { HttpOptions } from './http-options.js';
import type { RequestMessage, RequestThreadData, ResponseMessage } from './request-message.js';
import type { HttpTransport, HttpTransportFactory, WireResponse } from './transport.js';

/**
 * Makes requests in a thread of its own, since the guest waits for them on this one. It starts with the first request.
 * @throws {TypeError} an authority is no certificate
 */
export function workerTransport(options: HttpOptions = {}): HttpTransportFactory {
  const { responseBytes = 16 * 2 ** 20, requests = 16, hosts = {}, authorities = [], onFailure } = options;
  for (const [index, text] of authorities.entries()) refuseOther(text, index);
  return ({ gate, waiter }): HttpTransport => {
    let thread: { worker: Worker; port: MessagePort } | undefined;
    let nextId = 0;
    let death: WireResponse | undefined;
    const sent = new Map<number, { host: string; port: number; response?: WireResponse }>();
    const start = (): { worker: Worker; port: MessagePort } => {
      const { port1, port2 } = new MessageChannel();
      const data: RequestThreadData = { bell: waiter.bell, mostBytes: responseBytes, hosts, authorities };
      const worker = new Worker(new URL('./request-thread.node.js', import.meta.url), {
        workerData: { ...data, port: port2 },
        transferList: [port2],
        env: {},
        stdin: false,
      });
      worker.unref();
      port1.unref();
      worker.on('error', ({ message }) => (death = { error: { tag: 'internal-error', val: message } }));
      return { worker, port: port1 };
    };
    const collect = (): void => {
      if (thread === undefined) return;
      for (;;) {
        const received = receiveMessageOnPort(thread.port) as { message: ResponseMessage } | undefined;
        if (received === undefined) return;
        const { id, response } = received.message;
        const request = sent.get(id);
        if (request === undefined) continue;
        request.response = response;
        if (!('error' in response)) continue;
        const { error, reason = error.tag } = response;
        onFailure?.({ plugin: gate.plugin, host: request.host, port: request.port, code: error.tag, reason });
      }
    };
    // A port of Node has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    const tell = (message: RequestMessage): void => (thread ??= start()).port.postMessage(message);
    return {
      send(request) {
        const pending = [...sent.values()].filter(({ response }) => response === undefined).length;
        if (pending >= requests) {
          return { result: () => ({ error: { tag: 'connection-limit-reached' } }), cancel: () => undefined };
        }
        const id = nextId++;
        sent.set(id, { host: request.host, port: request.port });
        tell({ kind: 'request', id, request });
        return {
          result() {
            collect();
            return sent.get(id)?.response ?? death;
          },
          cancel() {
            const request = sent.get(id);
            if (request !== undefined && request.response === undefined) tell({ kind: 'cancel', id });
            sent.delete(id);
          },
        };
      },
      close() {
        sent.clear();
        void thread?.worker.terminate();
        thread?.port.close();
        thread = undefined;
      },
    };
  };
}

function refuseOther(text: string, index: number): void {
  try {
    void new X509Certificate(text);
  } catch (cause) {
    throw new TypeError(`Cannot trust http.authorities[${index}]: wanted a certificate as PEM`, { cause });
  }
}
