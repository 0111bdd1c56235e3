import { workerData, type MessagePort } from 'node:worker_threads';
import { NetworkExchange } from './network-exchange.node.js';
import type { RequestMessage, RequestThreadData, ResponseMessage } from './request-message.js';

/** A thread that makes requests for one sandbox. */
const { port, ...rules } = workerData as RequestThreadData & { port: MessagePort };
const exchanges = new Map<number, NetworkExchange>();

const post = (message: ResponseMessage): void => {
  port.postMessage(message, message.kind === 'part' ? [message.bytes.buffer as ArrayBuffer] : []);
  Atomics.add(rules.bell, 0, 1);
  Atomics.notify(rules.bell, 0);
};

port.on('message', (message: RequestMessage) => {
  const { id } = message;
  if (message.kind === 'request') {
    const { request, windowBytes } = message;
    const exchange = new NetworkExchange({
      id,
      request,
      windowBytes,
      rules,
      post,
      onOver() {
        exchanges.delete(id);
        post({ kind: 'closed', id });
      },
    });
    exchanges.set(id, exchange);
    // The messages that are there come first: a request that is cancelled by one of them makes no connection.
    setImmediate(() => void exchange.start());
    return;
  }
  exchanges.get(id)?.take(message);
});

// The sandbox is closed.
port.on('close', () => process.exit());

process.on('uncaughtException', ({ message }) => {
  post({ kind: 'died', error: { tag: 'internal-error', val: undefined }, reason: message });
  process.exit(1);
});
