import { Worker } from 'node:worker_threads';
import type { CaseReport } from './run-cases.js';
import type { Tally } from './tally.js';
import type { WorkerTask } from './worker.js';

/** A case that takes longer is a hang. */
const MOST_MS = 20_000;

/** Runs every `step`th case in a worker; one that hangs or crashes it is noted, and a new worker goes on behind it. */
export async function supervise(task: WorkerTask, tally: Tally, onProgress: () => void): Promise<void> {
  for (let { from } = task; from < task.until;) {
    const current = await runUntilStuck({ ...task, from }, tally, onProgress);
    if (current === undefined) return;
    tally.addHang(current);
    from = current + task.step;
  }
}

/** Gives the case that the worker did not come back from. */
function runUntilStuck(task: WorkerTask, tally: Tally, onProgress: () => void): Promise<number | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: task });
    let current: number | undefined = task.from;
    const stuck = (): void => void worker.terminate();
    let timer = setTimeout(stuck, MOST_MS);
    worker.on('message', (message: CaseReport | { started: number }) => {
      clearTimeout(timer);
      timer = setTimeout(stuck, MOST_MS);
      if ('started' in message) {
        current = message.started;
        return;
      }
      current = undefined;
      tally.add(message);
      onProgress();
    });
    worker.on('error', (error) => console.error(`case ${current}: the worker crashed: ${String(error)}`));
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(current);
    });
  });
}
