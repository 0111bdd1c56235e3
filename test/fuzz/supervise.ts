import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testFolder } from '../wast/index.js';
import type { Request } from './child.js';
import type { CaseReport } from './run-case.js';

/** A case that takes longer is a hang, in milliseconds. */
const MOST_MS = 20_000;

/** The heap of a process that runs cases, in MiB. */
const HEAP_MIB = 1024;

/** A process that is larger after a case is replaced; where it was new, the case is a bug. In bytes. */
const MOST_BYTES = 2 * 2 ** 30;

const CHILD = fileURLToPath(new URL('dist/fuzz/child.js', testFolder()));

/** The cases of one generator. */
export interface Task {
  name: string;
  /** The folder that holds the generator. @default generators */
  folder?: URL;
  /** The longest time of a case, in milliseconds. @default 20,000 */
  mostMs?: number;
  /** The heap of the process, in MiB. @default 1024 */
  heapMib?: number;
  seed: number;
  /** Returns the number of the next case; `undefined` ends the task. */
  next(): number | undefined;
}

type Answer = CaseReport & { rss: number };

/** Runs cases in a process of their own. One that hangs or ends it is a bug, and a new process goes on behind it. */
export async function supervise(task: Task, onCase: (report: CaseReport) => void): Promise<void> {
  let child: ChildProcess | undefined;
  let fresh = true;
  for (let index = task.next(); index !== undefined; index = task.next()) {
    child ??= await start(task);
    const answer = await ask(child, { seed: task.seed, index, mostMs: task.mostMs ?? MOST_MS });
    if (typeof answer === 'string') {
      child.kill('SIGKILL');
      child = undefined;
      onCase({ index, milliseconds: task.mostMs ?? MOST_MS, bug: answer, input: await inputOf(task, index) });
    } else {
      const { rss, ...report } = answer;
      if (rss > MOST_BYTES && fresh && 'verdict' in report) {
        const bug = `the process grew to ${Math.round(rss / 2 ** 20)} MiB`;
        onCase({ index, milliseconds: report.milliseconds, bug, input: await inputOf(task, index) });
      } else onCase(report);
      if (rss > MOST_BYTES) {
        child.kill('SIGKILL');
        child = undefined;
      }
    }
    fresh = child === undefined;
  }
  child?.kill('SIGKILL');
}

function generatorFolder(): URL {
  return new URL('dist/fuzz/generators/', testFolder());
}

async function inputOf(task: Task, index: number): Promise<Uint8Array | string> {
  const child = await start(task);
  const answer = await ask(child, { seed: task.seed, index, only: 'show', mostMs: MOST_MS });
  child.kill('SIGKILL');
  return typeof answer === 'string' || !('input' in answer)
    ? `seed ${task.seed}, case ${index}`
    : answer.input;
}

async function start({ name, folder = generatorFolder(), heapMib = HEAP_MIB }: Task): Promise<ChildProcess> {
  const child = fork(CHILD, [name, folder.href], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${heapMib}`, '--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let text = '';
  child.stderr?.on('data', (more: Buffer) => (text = `${text}${String(more)}`.slice(-2000)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`cannot start the generator "${name}": ${text}`);
  });
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return child;
}

/** Returns the answer of the process, or a sentence about its end. */
function ask(
  child: ChildProcess,
  { mostMs, ...request }: Request & { mostMs: number },
): Promise<Answer | string> {
  return new Promise((resolve) => {
    let tail = '';
    const onError = (text: Buffer): void => void (tail = `${tail}${String(text)}`.slice(-2000));
    const settle = (answer: Answer | string): void => {
      clearTimeout(timer);
      child.off('message', settle as () => void).off('exit', onExit);
      child.stderr?.off('data', onError);
      resolve(answer);
    };
    const onExit = (code: number | null, signal: string | null): void =>
      settle(`the process ended (${String(signal ?? code)}): ${tail}`);
    const timer = setTimeout(() => settle(`a hang: no answer in ${mostMs} ms`), mostMs);
    child.stderr?.on('data', onError);
    child.on('message', settle as () => void).on('exit', onExit);
    child.send(request);
  });
}
