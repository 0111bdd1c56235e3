import {
  abiTrap,
  callCore,
  failedLift,
  FREE,
  RUNNING,
  SUSPENDED,
  type BorrowScope,
  type CallUse,
  type CoreFunction,
  type FlatValue,
  type Lender,
  type LiftSpec,
} from '../canonical/index.js';
import { AsyncInstance, type RunningTask, type TaskReturn } from './async-instance.js';
import type { Callee, Caller } from './caller.js';
import { CANCELLED_EVENT, NO_EVENT, type Event } from './event.js';
import { isSameType } from './same-type.js';
import type { Values } from './values.js';
import type { Waiter, WaitableSet } from './waitable.js';

/** An async function of a component, as `canon lift` makes it. */
export interface TaskSpec extends LiftSpec {
  /** Goes on with a task once it has an event; `undefined` if the function is lifted to wait on its own stack. */
  callback: CoreFunction | undefined;
  params: Values;
  /** The result of the core function, or of `task.return`. */
  result: Values;
}

/** Requests of the core function, or of the callback. */
const EXIT = 0;
const YIELD = 1;
const WAIT = 2;

type State = 'initial' | 'started' | 'cancel-pending' | 'cancel-delivered' | 'resolved';

/** A call of an async function of a component, from when it is made until its code exits (specification: `Task`). */
export class Task implements Callee, RunningTask, BorrowScope, Waiter {
  borrows = 0;
  readonly use: CallUse;
  /** Handles that the host lends until the call has ended. */
  #lenders: Lender[] = [];
  readonly #spec: TaskSpec;
  readonly #caller: Caller;
  readonly #async: AsyncInstance;
  #state: State = 'initial';
  /** The context slot of its thread, while its code does not run. */
  #slot = 0;
  /** The set that it waits on, or the end of the turn. */
  #waitsFor: WaitableSet | 'turn' | undefined;
  #isQueued = false;

  /** Calls the function. It starts at once if it may. @throws {PluginError} if the instance may not be entered */
  constructor(spec: TaskSpec, caller: Caller) {
    this.#spec = spec;
    this.#caller = caller;
    const { instance } = spec.context;
    this.#async = AsyncInstance.of(instance);
    this.use = this.#async.scheduler.use;
    if (instance.lock !== FREE) instance.admit();
    if (this.#async.isFull) this.#async.enqueue(this);
    else this.start();
  }

  start(): void {
    const { params, core, callback, context } = this.#spec;
    let args: readonly unknown[] = [];
    let ran = false;
    this.#async.acquire(this);
    this.#state = 'started';
    try {
      const packed = this.#run(() => {
        args = this.#caller.start();
        const { lenders } = context.instance;
        const mark = lenders.length;
        const flats = params.lower(context, args);
        this.#lenders = lenders.splice(mark);
        context.instance.expectRunning();
        context.instance.given.length = 0;
        ran = true;
        const returned = callCore(core as never, flats);
        if (callback === undefined) this.#returnDirectly(returned);
        return callback === undefined ? EXIT : (returned as number);
      });
      this.#next(packed);
    } catch (error) {
      const failure = failedLift(this.#spec, error, ran, args);
      if (context.instance.root.death !== undefined || this.#caller.failed === undefined) throw failure;
      this.#state = 'resolved';
      this.#async.release();
      this.#caller.failed(failure);
    }
  }

  /** Runs code of the guest as this task. */
  #run(code: () => number): number {
    const { instance } = this.#spec.context;
    const { slot, scope } = instance;
    const { current } = this.#async;
    instance.lock = RUNNING;
    instance.scope = this;
    this.#async.current = this;
    if (slot !== undefined) (slot.set as (value: number) => void)(this.#slot);
    try {
      const packed = code();
      instance.end();
      if (slot !== undefined) this.#slot = (slot.get as () => number)();
      return packed;
    } finally {
      instance.scope = scope;
      this.#async.current = current;
    }
  }

  /** The function was lifted to return its result itself. */
  #returnDirectly(returned: FlatValue | undefined): void {
    const { context, postReturn, result } = this.#spec;
    const { instance } = context;
    this.#resolve(result.lift(context, returned === undefined ? [] : [returned]));
    if (postReturn === undefined) return;
    instance.mayLeave = false;
    (postReturn as (flat?: FlatValue) => void)(returned);
    instance.allowImports();
  }

  #next(packed: number): void {
    const code = packed & 0xf;
    if (code === EXIT) {
      if (this.#state !== 'resolved') throw abiTrap('async-lifted export failed to produce a result');
      this.#async.release();
      return;
    }
    if (code === YIELD) {
      this.#waitsFor = 'turn';
      this.#async.release();
      this.wake();
    } else if (code === WAIT) {
      const set = this.#async.setAt(packed >>> 4);
      this.#waitsFor = set;
      set.waiters.add(this);
      this.#async.release();
      if (set.hasEvent || this.#state === 'cancel-pending') this.wake();
    } else throw abiTrap('unsupported callback code');
  }

  wake(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#async.scheduler.post(this.#resume, this.use);
  }

  readonly #resume = (): void => {
    this.#isQueued = false;
    const { instance } = this.#spec.context;
    const from = this.#waitsFor;
    if (from === undefined) return;
    if (instance.lock === SUSPENDED) {
      this.#async.scheduler.postpone(() => this.wake(), this.use);
      return;
    }
    if (instance.lock !== FREE) instance.admit();
    if (this.#state === 'cancel-pending') this.#deliverCancel();
    else if (from === 'turn') this.#goOn(NO_EVENT);
    else if (from.hasEvent) this.#goOn(from.takeEvent());
  };

  /** Calls the guest's callback. */
  #goOn(event: Event): void {
    const from = this.#waitsFor;
    if (from !== undefined && from !== 'turn') from.waiters.delete(this);
    this.#waitsFor = undefined;
    this.#async.acquire(this);
    const callback = this.#spec.callback as unknown as (...event: number[]) => number;
    try {
      this.#next(this.#run(() => callback(event.code, event.first, event.second)));
    } catch (error) {
      throw failedLift(this.#spec, error, true, []);
    }
  }

  requestCancel(): void {
    if (this.#state === 'initial') {
      this.#async.dequeue(this);
      this.#state = 'resolved';
      this.#caller.cancelled();
    } else if (this.#state === 'started') {
      const { lock } = this.#spec.context.instance;
      if (this.#waitsFor !== undefined && lock === FREE && !this.#async.isExclusive) this.#deliverCancel();
      else this.#state = 'cancel-pending';
    }
  }

  #deliverCancel(): void {
    this.#state = 'cancel-delivered';
    this.#goOn(CANCELLED_EVENT);
  }

  returns(flats: readonly FlatValue[], { result, memory, encoding }: TaskReturn): void {
    const { callback, context, type } = this.#spec;
    if (callback === undefined) throw abiTrap('task.return called in a function that is not lifted async');
    const given = (context.memory as typeof context.memory | undefined)?.memory;
    // A result that needs no memory may come without one, as in wasmtime.
    const sameMemory = memory === undefined || memory === given;
    if (!isSameType(result as never, type.result) || !sameMemory || encoding !== context.encoding)
      throw abiTrap('invalid `task.return` signature and/or options for current task');
    if (this.#state === 'resolved') throw abiTrap('`task.return` or `task.cancel` called more than once');
    this.#resolve(this.#spec.result.lift(context, flats));
  }

  #resolve([value]: unknown[]): void {
    this.#end();
    this.#caller.resolve(value);
  }

  /** There is a result, or none will come: gives back what was lent. */
  #end(): void {
    if (this.borrows > 0) throw abiTrap('borrow handles still remain at the end of the call');
    this.#state = 'resolved';
    for (const lender of this.#lenders.splice(0)) {
      lender.lends--;
      lender.release?.();
    }
  }

  cancels(): void {
    if (this.#spec.callback === undefined)
      throw abiTrap('task.cancel called in a function that is not lifted async');
    if (this.#state === 'resolved') throw abiTrap('`task.return` or `task.cancel` called more than once');
    if (this.#state !== 'cancel-delivered')
      throw abiTrap('`task.cancel` called by task which has not been cancelled');
    this.#end();
    this.#caller.cancelled();
  }
}
