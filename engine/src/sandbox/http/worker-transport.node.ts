import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { HttpOptions } from './http-options.js';
import type { RequestMessage, RequestThreadData, ResponseMessage } from './request-message.js';
import type { HttpTransport, HttpTransportFactory, WireResponse } from './transport.js';

/** Makes requests in a thread of its own, since the guest waits for them on this one. It starts with the first request. */
export function workerTransport(options: HttpOptions = {}): HttpTransportFactory {
  const { responseBytes = 16 * 2 ** 20, requests = 16, hosts = {} } = options;
  return ({ waiter }): HttpTransport => {
    let thread: { worker: Worker; port: MessagePort } | undefined;
    let nextId = 0;
    let death: WireResponse | undefined;
    const results = new Map<number, WireResponse | undefined>();
    const start = (): { worker: Worker; port: MessagePort } => {
      const { port1, port2 } = new MessageChannel();
      const data: RequestThreadData = { bell: waiter.bell, mostBytes: responseBytes, hosts };
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
        if (results.has(id)) results.set(id, response);
      }
    };
    // A port of Node has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    const tell = (message: RequestMessage): void => (thread ??= start()).port.postMessage(message);
    return {
      send(request) {
        const pending = [...results.values()].filter((result) => result === undefined).length;
        if (pending >= requests) {
          return { result: () => ({ error: { tag: 'connection-limit-reached' } }), cancel: () => undefined };
        }
        const id = nextId++;
        results.set(id, undefined);
        tell({ kind: 'request', id, request });
        return {
          result() {
            collect();
            return results.get(id) ?? death;
          },
          cancel() {
            if (results.has(id) && results.get(id) === undefined) tell({ kind: 'cancel', id });
            results.delete(id);
          },
        };
      },
      close() {
        results.clear();
        void thread?.worker.terminate();
        thread?.port.close();
        thread = undefined;
      },
    };
  };
}
