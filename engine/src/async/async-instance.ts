import {
  abiTrap,
  type CallUse,
  type Concurrency,
  type CopyType,
  type InstanceContext,
  type RootState,
} from '../canonical/index.js';
import { CopyEnd, type Shared } from './copy/index.js';
import { sharedFrom, valueOf } from './host/index.js';
import { Scheduler } from './scheduler.js';
import { Subtask } from './subtask.js';
import { Waitable, WaitableSet } from './waitable.js';

/** A task, as the instance that it runs in sees it. */
export interface RunningTask {
  /** The use of the limits by its call. */
  readonly use: CallUse;
  /** Starts it. It was waiting for that. */
  start(): void;
  /** Its result has come: called by the built-in. */
  returns(flats: readonly unknown[], by: TaskReturn): void;
  /** It ends early, as it was asked to. */
  cancels(): void;
}

/** The type and options of a `task.return`. */
export interface TaskReturn {
  result: unknown;
  memory: unknown;
  encoding: string;
}

/** Most calls of `backpressure.inc` without one of `backpressure.dec`. */
const MOST_BACKPRESSURE = 2 ** 16;

/** The run-time state of a component instance that tasks need (specification: `ComponentInstance`). */
export class AsyncInstance implements Concurrency {
  readonly context: InstanceContext;
  readonly scheduler: Scheduler;
  /** The task whose code runs; `undefined` for a function that does not wait. */
  current: RunningTask | undefined;
  /** The task that no other one may run beside. */
  #exclusive: RunningTask | undefined;
  #backpressure = 0;
  /** Tasks that may not start yet, in the order in which they came. */
  readonly #waiting = new Set<RunningTask>();
  #isAdmitting = false;

  private constructor(context: InstanceContext) {
    this.context = context;
    this.scheduler = schedulerOf(context.root);
  }

  /** Returns the state of an instance; made when it is first asked for. */
  static of(context: InstanceContext): AsyncInstance {
    context.concurrency ??= new AsyncInstance(context);
    return context.concurrency as AsyncInstance;
  }

  /** Returns true if a new task has to wait. */
  get isFull(): boolean {
    return this.#backpressure > 0 || this.#exclusive !== undefined || this.#waiting.size > 0;
  }

  get isExclusive(): boolean {
    return this.#exclusive !== undefined;
  }

  enqueue(task: RunningTask): void {
    this.#waiting.add(task);
  }

  dequeue(task: RunningTask): void {
    this.#waiting.delete(task);
  }

  /** Has a task run alone. */
  acquire(task: RunningTask): void {
    this.#exclusive = task;
  }

  /** Lets other tasks run. */
  release(): void {
    this.#exclusive = undefined;
    this.#admitSoon();
  }

  /** Keeps new tasks waiting, or no longer. @throws {TrapError} WP_TRAP_ABI */
  changeBackpressure(by: 1 | -1): void {
    this.#backpressure += by;
    if (this.#backpressure === MOST_BACKPRESSURE) throw abiTrap('backpressure counter overflow');
    if (this.#backpressure < 0) throw abiTrap('backpressure counter underflow');
    if (this.#backpressure === 0) this.#admitSoon();
  }

  #admitSoon(): void {
    const [next] = this.#waiting;
    if (this.#isAdmitting || next === undefined || this.#backpressure > 0) return;
    this.#isAdmitting = true;
    this.scheduler.post(() => {
      this.#isAdmitting = false;
      const [first] = this.#waiting;
      if (first === undefined || this.#backpressure > 0 || this.#exclusive !== undefined) return;
      this.#waiting.delete(first);
      first.start();
      this.#admitSoon();
    }, next.use);
  }

  /** @throws {TrapError} WP_TRAP_ABI if the guest may call no import now */
  checkLeave(): void {
    if (!this.context.mayLeave) throw abiTrap('cannot leave component instance');
  }

  /** @throws {TrapError} WP_TRAP_ABI if the index is that of something else */
  waitableAt(index: number): Waitable {
    const entry = this.context.handles.entry(index);
    if (entry instanceof Waitable) return entry;
    throw abiTrap(`handle index ${index >>> 0} is nothing to wait for`);
  }

  /** The same of a set. */
  setAt(index: number): WaitableSet {
    const entry = this.context.handles.entry(index);
    if (entry instanceof WaitableSet) return entry;
    throw abiTrap(`handle index ${index >>> 0} is not a waitable set`);
  }

  /** The same of a call in progress. */
  subtaskAt(index: number): Subtask {
    const entry = this.context.handles.entry(index);
    if (entry instanceof Subtask) return entry;
    throw abiTrap(`handle index ${index >>> 0} is not a subtask`);
  }

  /** The same of an end of a stream or future. */
  endAt(index: number, { type, direction }: { type: CopyType; direction: 'read' | 'write' }): CopyEnd {
    const entry = this.context.handles.entry(index);
    if (entry instanceof CopyEnd && entry.direction === direction && entry.fits(type)) return entry;
    const wanted = `the ${direction === 'read' ? 'readable' : 'writable'} end of a ${type.kind} of its type`;
    throw abiTrap(`handle index ${index >>> 0} is not ${wanted}`);
  }

  liftEnd(type: CopyType, index: number, toHost: boolean): unknown {
    const end = this.endAt(index, { type, direction: 'read' });
    end.checkLift();
    this.context.handles.removeEntry(index);
    return toHost ? valueOf(end.shared, this.scheduler) : end.shared;
  }

  lowerEnd(type: CopyType, value: unknown, fromHost: boolean): number {
    const shared = fromHost ? sharedFrom(type, value, this.scheduler) : (value as Shared);
    return this.context.handles.addEntry(new CopyEnd(shared, 'read'));
  }

  takeBackEnd(index: number): void {
    const end = this.context.handles.entry(index) as CopyEnd;
    this.context.handles.removeEntry(index);
    end.shared.drop();
  }
}

/** Returns the scheduler of a root; made when it is first asked for. */
export function schedulerOf(root: RootState): Scheduler {
  root.tasks ??= new Scheduler(root);
  return root.tasks as Scheduler;
}
