import { Worker } from 'node:worker_threads';
import type { ToolAnswer, ToolRequest } from './requests.js';

/** The thread of wasm-tools, started when it is first needed. */
let worker: Worker | undefined;
/** The last request: the thread does one at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Asks the wasm-tools that jco carries, in a thread: some inputs make it panic, and after that it is of no use to the process.
 * The thread is thrown away after a panic. It does not keep the process alive while it has nothing to do.
 */
export function askWasmTools(request: ToolRequest): Promise<ToolAnswer> {
  const asked = last.then(() => ask(request));
  last = asked.catch(() => undefined);
  return asked;
}

async function ask(request: ToolRequest): Promise<ToolAnswer> {
  // It writes the stack of a panic, which the answer tells better.
  const asked = (worker ??= new Worker(new URL('worker.js', import.meta.url), { stderr: true }));
  asked.ref();
  const answer = await answerOf(asked, request);
  asked.unref();
  if (answer.kind === 'panic') await drop(asked);
  return answer;
}

function answerOf(asked: Worker, request: ToolRequest): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const onMessage = (answer: ToolAnswer): void => end(answer);
    // Out of memory, say: the thread is gone.
    const onError = (error: unknown): void => end({ kind: 'panic', reason: String(error) });
    const end = (answer: ToolAnswer): void => {
      asked.off('message', onMessage).off('error', onError);
      resolve(answer);
    };
    asked.once('message', onMessage).once('error', onError);
    asked.postMessage(request, []);
  });
}

async function drop(dead: Worker): Promise<void> {
  worker = undefined;
  await dead.terminate();
}
