import { PluginError, TrapError } from '@wasm-plugin/abi';
import type { BorrowScope, Concurrency } from './concurrency.js';
import type { ContextSlot } from './context-slot.js';
import { HandleTable, MAX_HANDLES } from './handle-table.js';
import { CHORES, ENDED, FREE, RUNNING, SUSPENDED, type Lock } from './lock.js';
import type { Lender } from './lender.js';
import type { ResourceType } from './resource-type.js';
import type { RootState } from './root-state.js';
import { trapErrorFrom } from './trap-error-from.js';
import { abiTrap, badValue } from './traps.js';

/** A handle that a guest was given, and the JavaScript value it came from. */
export interface GivenHandle {
  /** Its type; `undefined` for the end of a stream or future. */
  resource: ResourceType | undefined;
  index: number;
  value: unknown;
}

/** The calls of imports that a guest made where it may make none. */
export interface Refused {
  /** The import that it called first. */
  first: string;
  calls: number;
  words: string[];
  error: TrapError;
}

/**
 * The run-time state of one component instance (specification: `ComponentInstance`).
 * Lifts and lowers of both backends call `begin`, `expectRunning` and `end`; generated text reads `lock` and `mayLeave` too.
 */
export class InstanceContext implements BorrowScope {
  readonly root: RootState;
  /** The component instance that made this one. */
  readonly parent: InstanceContext | undefined;
  /** Its state. */
  lock: Lock = FREE;
  /** The context slot of its thread, if the component uses it. */
  slot: ContextSlot | undefined;
  readonly #chores: (() => void)[] = [];
  /** True if the guest may call an import now: not inside `realloc` and `post-return`. */
  mayLeave = true;
  /** The calls of imports that it made where `mayLeave` is false. Ends the instance once `realloc` or post-return is over. */
  refused: Refused | undefined;
  readonly handles = new HandleTable();
  /** Lenders of the calls in progress, innermost last. */
  readonly lenders: Lender[] = [];
  /** Handles among the values that are being lowered: taken back if a later one does not fit. */
  readonly given: GivenHandle[] = [];
  /** Borrowed handles that the call in progress was given and has not dropped yet: there is one call at a time. */
  borrows = 0;
  /** The call whose code runs: this, or a task. */
  scope: BorrowScope = this;
  /** Its streams and futures, once the component has any. */
  concurrency: Concurrency | undefined;

  constructor(root: RootState, parent?: InstanceContext) {
    this.root = root;
    this.parent = parent;
    root.contexts.push(this);
    this.handles.limit = Math.min(root.limits.handles, MAX_HANDLES);
    this.handles.plugin = root.plugin;
  }

  /** Returns whether a call from here to `callee` could come back here (specification: `call_might_be_recursive`). */
  mightRecurse(callee: InstanceContext): boolean {
    return this.#isWithin(callee) || callee.#isWithin(this);
  }

  #isWithin(other: InstanceContext): boolean {
    return this === other || (this.parent !== undefined && this.parent.#isWithin(other));
  }

  /** Has something done before the instance is entered the next time. Not to be called while it runs. */
  beforeNextCall(chore: () => void): void {
    this.#chores.push(chore);
    if (this.lock === FREE) this.lock = CHORES;
  }

  /** A call begins. @throws as `admit` */
  begin(): void {
    if (this.lock !== FREE) this.admit();
    this.lock = RUNNING;
    this.borrows = 0;
    if (this.slot !== undefined) this.slot.clear();
  }

  /** Ends the call in progress if the instance has ended within it. @throws as `admit` */
  expectRunning(): void {
    if (this.lock !== RUNNING) this.admit();
  }

  /** The call in progress ends, and the instance stays usable. @throws as `admit` */
  end(): void {
    if (this.lock !== RUNNING) this.admit();
    this.lock = FREE;
  }

  /**
   * Makes the instance `FREE` by doing its chores, or says why no call may go on in it. Not to be called if it is `FREE`.
   * @throws {PluginError} its death; WP_LIFECYCLE if it is suspended
   * @throws {TrapError} WP_TRAP_ABI if it is running
   */
  admit(): void {
    if (this.lock === CHORES) {
      this.lock = FREE;
      this.#doChores();
      return;
    }
    const { death, plugin } = this.root;
    if (death !== undefined) throw death;
    if (this.lock === SUSPENDED) {
      const message = 'Cannot enter the instance: its state is on its way to the one that takes its place';
      throw new PluginError('WP_LIFECYCLE', message, { plugin });
    }
    if (this.lock === ENDED && this.root.lost !== undefined) throw trapErrorFrom(this.root.lost, plugin);
    throw new TrapError(
      'WP_TRAP_ABI',
      'Cannot enter the component instance: it is already running, and a host import may not call back into it',
      { plugin },
    );
  }

  /** Refuses calls from now on, or lets them in again. Not to be called while it runs. */
  set suspended(suspended: boolean) {
    if (this.lock === RUNNING || this.lock === ENDED) return;
    this.lock = suspended ? SUSPENDED : this.#chores.length > 0 ? CHORES : FREE;
    if (!suspended) this.root.tasks?.goOn();
  }

  /** Does the chores that are due, as part of the call in progress, or else as one call. */
  #doChores(): void {
    const { root } = this;
    if (!root.contexts.some(({ lock }) => lock === RUNNING)) root.enter(false);
    root.within++;
    for (let chore = this.#chores.pop(); chore !== undefined; chore = this.#chores.pop()) chore();
    root.within--;
  }

  /** The guest has run `realloc` or post-return, with `mayLeave` false. @throws {TrapError} WP_TRAP_ABI if it called an import */
  allowImports(): void {
    this.mayLeave = true;
    if (this.refused !== undefined) throw this.refused.error;
  }

  /**
   * The callee of a lowered call has returned to the guest, which goes on.
   * @param mark number of lenders before the call
   * @throws {PluginError} the death of the instance, if it ended within the call
   */
  resume(mark: number): void {
    if (this.lock === ENDED) this.admit();
    if (this.lenders.length !== mark) this.releaseLenders(mark);
  }

  /** A call threw: ends the whole instance and gives the error to throw. */
  fail(error: unknown): PluginError {
    return this.root.fail(error, this.refused?.error);
  }

  /** An argument could not be lowered: the guest has not run, so the instance stays usable. */
  abandon(): void {
    this.takeBack();
    this.releaseLenders(0);
    this.mayLeave = true;
    this.lock = FREE;
    if (this.root.within !== 0) this.root.meter?.leaveNested();
  }

  /** A value did not fit, so the guest gets none of those before it: their handles go back to whom they came from. */
  takeBack(): void {
    for (let given = this.given.pop(); given !== undefined; given = this.given.pop()) {
      const { resource, index, value } = given;
      if (resource === undefined) {
        this.concurrency?.takeBackEnd(index);
        continue;
      }
      const { own, scope } = this.handles.get(index, resource);
      const rep = this.handles.remove(index, resource);
      if (own) resource.binding.takeBack(value, rep);
      else (scope as BorrowScope).borrows--;
    }
  }

  /** Ends the lends that a call has made since `mark`. */
  releaseLenders(mark: number): void {
    while (this.lenders.length > mark) {
      const lender = this.lenders.pop() as Lender;
      lender.lends--;
      lender.release?.();
    }
  }

  /** Lends `lender` until the call in progress ends. */
  lend(lender: Lender): void {
    lender.lends++;
    this.lenders.push(lender);
  }

  /** Takes the representation of an own handle out of the table (specification: `lift_own`). */
  takeOwn(index: number, type: ResourceType): number {
    const handle = this.handles.get(index, type);
    if (!handle.own) throw badValue('cannot transfer a borrowed handle as an owned one');
    return this.handles.remove(index, type);
  }

  /** Reads the representation of a handle and lends it out (specification: `lift_borrow`). */
  readBorrow(index: number, type: ResourceType): number {
    const handle = this.handles.get(index, type);
    this.lend(handle);
    return handle.rep;
  }

  /** Adds an own handle (specification: `lower_own`). */
  giveOwn(rep: number, type: ResourceType): number {
    return this.handles.add(type, rep, true);
  }

  /** Adds a borrowed handle, or hands the representation to its own implementer (specification: `lower_borrow`). */
  giveBorrow(rep: number, type: ResourceType): number {
    if (type.owner === this) return rep;
    this.scope.borrows++;
    return this.handles.addBorrow(type, rep, this.scope);
  }

  /** Drops a handle (specification: `canon_resource_drop`). */
  dropHandle(index: number, type: ResourceType): void {
    const { own, scope } = this.handles.get(index, type);
    const rep = this.handles.remove(index, type);
    if (!own) (scope as BorrowScope).borrows--;
    else type.destructor?.(rep, this);
  }

  /** Ends the lends of a call, which must have dropped its borrowed handles itself (specification: `exit_call`). */
  endBorrows(): void {
    if (this.borrows !== 0) throw abiTrap('borrow handles still remain at the end of the call');
    if (this.lenders.length !== 0) this.releaseLenders(0);
  }
}
