import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { PluginError, QuotaError, TrapError, type ResolvedLimits } from '@wasm-plugin/abi';
import { type Usage, SerialQueue } from '../runtime/index.js';
import { checkCrossing } from './crossing.js';
import { followPath } from './function-tree.js';
import type { FromWorker, ImportAnswer, Path, ToWorker, WorkerSetup } from './protocol.js';
import { RunningImport } from './running-import.node.js';
import { errorFrom, type SentError } from './sent-error.js';

/** Delay of this thread's deadlines behind the quotas in the worker, whose errors have more detail. */
const GRACE_MS = 100;
/** Longest time that reading and compiling may take. */
const LOAD_MS = 60_000;

type Deadlines = Pick<ResolvedLimits, 'timeMs' | 'wallMs'>;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread that runs one instance. One request at a time; it ends at the first deadline that passes, in any state. */
export class IsolatedThread {
  readonly #worker: Worker;
  readonly #answers: MessagePort;
  readonly #setup: WorkerSetup;
  readonly #imports: object;
  readonly #queue = new SerialQueue();
  #pending: Pending | undefined;
  /** Time in host imports that have returned, in the call in progress. */
  #hostMs = 0;
  /** Start time of the running host import. */
  #importAt: number | undefined;
  #import: RunningImport | undefined;
  #importError: unknown;
  /** Amounts that the instance had used at the thread's last answer. */
  #usage: Usage | undefined;
  /** Host imports called since. */
  #importsSince = 0;
  /** The cause of its end. */
  end: PluginError | undefined;
  /** Called once, when it has ended. */
  onEnd: (() => unknown) | undefined;

  constructor(script: URL, setup: Omit<WorkerSetup, 'signal'>, imports: object) {
    const { port1, port2 } = new MessageChannel();
    this.#setup = { ...setup, signal: new Int32Array(new SharedArrayBuffer(4)) };
    this.#imports = imports;
    this.#answers = port1;
    this.#worker = new Worker(script, {
      workerData: { setup: this.#setup, answers: port2 },
      transferList: [port2],
    });
    port1.unref();
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#lost(error.message));
    this.#worker.on('exit', () => this.#lost('it ended'));
  }

  /** Waits until the plugin is loaded. */
  loaded(): Promise<unknown> {
    return this.#queue.run(() => this.#run(undefined, { timeMs: Infinity, wallMs: LOAD_MS }));
  }

  /**
   * Sends a request, which runs after all earlier ones. The queue has no bound.
   * @throws {TrapError} WP_TRAP_ABI for a request that could never run: the thread waits for an import of the asker
   */
  ask(message: ToWorker, deadlines: Deadlines): Promise<unknown> {
    this.refuseReentry();
    const answer = this.#queue.run(() => this.#run(message, deadlines));
    const asker = RunningImport.present;
    return asker === undefined ? answer : asker.during(this, answer);
  }

  /** The host import that it waits for. */
  get runningImport(): RunningImport | undefined {
    return this.end === undefined ? this.#import : undefined;
  }

  /** @throws {TrapError} WP_TRAP_ABI if the caller belongs to a host import that the thread waits for */
  refuseReentry(): void {
    const asker = RunningImport.present;
    if (asker === undefined || this.runningImport?.waitsFor(asker) !== true) return;
    throw new TrapError(
      'WP_TRAP_ABI',
      'Cannot enter the instance: it is already running, and a host import may not call back into it',
      { plugin: this.#setup.name },
    );
  }

  /**
   * Amounts that the instance has used, with the calls of host imports up to this moment. `undefined` before there is an
   * instance.
   */
  get usage(): Usage | undefined {
    const usage = this.#usage;
    return usage && { ...usage, hostCalls: usage.hostCalls + this.#importsSince };
  }

  /** Ends the thread, and fails its requests with `error`. */
  close(error: PluginError): void {
    if (this.end !== undefined) return;
    this.end = error;
    this.#answers.close();
    void this.#worker.terminate();
    this.#pending?.reject(error);
    this.onEnd?.();
  }

  async #run(message: ToWorker | undefined, deadlines: Deadlines): Promise<unknown> {
    if (this.end !== undefined) throw this.end;
    this.#worker.ref();
    this.#hostMs = 0;
    this.#importError = undefined;
    const guard = this.#guard(deadlines, performance.now());
    try {
      return await new Promise((resolve, reject) => {
        this.#pending = { resolve, reject };
        if (message !== undefined) this.#worker.postMessage(message, []);
      });
    } finally {
      guard.stop();
      this.#pending = undefined;
      this.#worker.unref();
    }
  }

  /** Ends the thread once the time is over that a call may take. */
  #guard({ timeMs, wallMs }: Deadlines, start: number): { stop(): void } {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const now = performance.now();
      const used = now - start;
      const hostMs = this.#hostMs + (this.#importAt === undefined ? 0 : now - this.#importAt);
      const left = Math.min(wallMs, timeMs + hostMs) + GRACE_MS - used;
      if (left > 0) {
        if (left !== Infinity) timer = setTimeout(look, Math.min(left, 2 ** 31 - 1));
        return;
      }
      const isWall = wallMs <= timeMs + hostMs;
      const [limit, allowed] = isWall ? (['wallMs', wallMs] as const) : (['timeMs', timeMs] as const);
      const facts = { limit, unit: 'ms', allowed, used, plugin: this.#setup.name } as const;
      this.close(new QuotaError(isWall ? 'WP_QUOTA_WALL' : 'WP_QUOTA_TIME', facts));
    };
    look();
    return { stop: () => clearTimeout(timer) };
  }

  #receive(message: FromWorker): void {
    // A late message of an ended thread: an import that it asks for is not called any more.
    if (this.end !== undefined) return;
    if (message.kind === 'import') {
      this.#importsSince++;
      void this.#callImport(message.path, message.args);
      return;
    }
    this.#usage = message.usage;
    this.#importsSince = 0;
    switch (message.kind) {
      case 'done':
        this.#pending?.resolve(message.value);
        return;
      case 'failed': {
        const error = this.#errorFrom(message.error);
        if (PluginError.is(error) && !error.instanceUsable) this.close(error);
        else this.#pending?.reject(error);
      }
    }
  }

  /**
   * Returns the cause of the end of a call. An import by which the guest ended itself, or that it may not call, is no fault of
   * the host's.
   */
  #errorFrom(sent: SentError): Error {
    const thrown = this.#importError;
    if (sent.code !== 'WP_TRAP_HOST' || !PluginError.is(thrown)) return errorFrom(sent, thrown);
    const isItsOwn = thrown.code === 'WP_EXIT' || thrown.code === 'WP_CAPABILITY';
    return isItsOwn ? thrown.locate(sent.trace ?? []) : errorFrom(sent, thrown);
  }

  async #callImport(path: Path, args: readonly unknown[]): Promise<void> {
    this.#importAt = performance.now();
    this.#import = new RunningImport();
    const answer = await this.#import.run(() => this.#answer(path, args));
    this.#hostMs += performance.now() - this.#importAt;
    this.#importAt = this.#import = undefined;
    if (this.end !== undefined) return;
    this.#answers.postMessage(answer, []);
    Atomics.store(this.#setup.signal, 0, 1);
    Atomics.notify(this.#setup.signal, 0);
  }

  async #answer(path: Path, args: readonly unknown[]): Promise<ImportAnswer> {
    try {
      const { holder, value } = followPath(this.#imports, path);
      const result: unknown = await (value as (...args: unknown[]) => unknown).apply(holder, [...args]);
      checkCrossing(result, `the result of "${path.join('#')}"`);
      return { kind: 'returned', value: result };
    } catch (error) {
      if (error instanceof Error && !Object.hasOwn(error, 'payload')) {
        this.#importError = error;
        return { kind: 'threw', message: error.message };
      }
      const payload: unknown = error instanceof Error ? (error as { payload?: unknown }).payload : error;
      return { kind: 'payload', payload };
    }
  }

  #lost(reason: string): void {
    const { name: plugin } = this.#setup;
    const message = `Cannot finish the call: the thread of the instance is lost: ${reason}`;
    this.close(new TrapError('WP_TRAP', message, { plugin }));
  }
}
