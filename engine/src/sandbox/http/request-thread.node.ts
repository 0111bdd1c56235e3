import { workerData, type MessagePort } from 'node:worker_threads';
import { makeRequest } from './make-request.node.js';
import type { RequestMessage, RequestThreadData, ResponseMessage } from './request-message.js';

/** A thread that makes requests for one sandbox. */
const { bell, port, ...limits } = workerData as RequestThreadData & { port: MessagePort };
const running = new Map<number, AbortController>();

port.on('message', async (message: RequestMessage) => {
  const { id } = message;
  if (message.kind === 'cancel') {
    running.get(id)?.abort();
    return;
  }
  const abort = new AbortController();
  running.set(id, abort);
  const response = await makeRequest(message.request, { ...limits, signal: abort.signal });
  running.delete(id);
  port.postMessage({ id, response } satisfies ResponseMessage);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
});
