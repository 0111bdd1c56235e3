import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { HostCallContext } from '../async/index.js';
import { createEngine, type Plugin } from './engine.js';
import {
  checkCrossing,
  followPath,
  functionTree,
  objectFrom,
  sentErrorFrom,
  type FromWorker,
  type ImportAnswer,
  type Path,
  type ToWorker,
  type WorkerSetup,
} from '../isolated/index.js';
import type { Instance } from '../runtime/index.js';

const { setup, answers } = workerData as { setup: WorkerSetup; answers: MessagePort };
const port = parentPort as MessagePort;
let plugin: Plugin | undefined;
let instance: Instance | undefined;

function send(message: FromWorker): void {
  port.postMessage(message, []);
}

/** Asks the host and waits for its answer, also where the guest would not wait: nothing else runs in this thread. */
function callHost(path: Path, given: readonly unknown[]): unknown {
  const args = given.at(-1) instanceof HostCallContext ? given.slice(0, -1) : given;
  checkCrossing(args, `the arguments of "${path.join('#')}"`);
  send({ kind: 'import', path, args });
  Atomics.wait(setup.signal, 0, 0);
  Atomics.store(setup.signal, 0, 0);
  const answer = receiveMessageOnPort(answers)?.message as ImportAnswer;
  if (answer.kind === 'returned') return answer.value;
  if (answer.kind === 'payload') throw Object.assign(new Error('host import'), { payload: answer.payload });
  throw new Error(answer.message);
}

async function load(): Promise<unknown> {
  const { bytes, backend, world, limits, name } = setup;
  const engine = createEngine({
    imports: objectFrom(
      setup.imports,
      (path) =>
        (...args: unknown[]) =>
          callHost(path, args),
    ),
    ...(backend !== undefined && { backend }),
    ...(world !== undefined && { world }),
  });
  plugin = await engine.load(bytes, { limits, ...(name !== undefined && { name }) });
  return { size: plugin.size, limits: plugin.limits };
}

async function answer(message: ToWorker): Promise<unknown> {
  switch (message.kind) {
    case 'instantiate':
      instance = plugin?.instantiate({ limits: message.limits });
      return functionTree(instance?.exports ?? {});
    default: {
      const { holder, value } = followPath(instance?.exports, message.path);
      const result: unknown = await (value as (...args: unknown[]) => unknown).apply(holder, [
        ...message.args,
      ]);
      checkCrossing(result, `the result of "${message.path.join('#')}"`);
      return result;
    }
  }
}

async function reply(run: () => unknown): Promise<void> {
  try {
    const value = await run();
    send({ kind: 'done', value, usage: instance?.usage() });
  } catch (error) {
    send({ kind: 'failed', error: sentErrorFrom(error), usage: instance?.usage() });
  }
}

await reply(load);
port.on('message', (message: ToWorker) => void reply(() => answer(message)));
