import { parentPort, workerData } from 'node:worker_threads';
import { runCase } from './run-cases.js';

/** What a worker is started with. */
export interface WorkerTask {
  corpus: Uint8Array[];
  seed: number;
  /** First case, and the one behind the last. */
  from: number;
  until: number;
  /** Between two cases of this worker. */
  step: number;
}

const { corpus, seed, from, until, step } = workerData as WorkerTask;
for (let index = from; index < until; index += step) {
  parentPort?.postMessage({ started: index }, []);
  parentPort?.postMessage(await runCase(corpus, seed, index), []);
}
