import { abiTrap, type CopyType } from '../../canonical/index.js';
import { EVENT, type Event } from '../event.js';
import { isSameType } from '../same-type.js';
import { Waitable } from '../waitable.js';
import { COPY, type CopyResult } from './buffer.js';
import type { GuestBuffer } from './guest-buffer.js';
import type { Shared } from './shared.js';

type State = 'idle' | 'copying' | 'cancelling' | 'done';

/** One end of a stream or future, in the table of a guest (specification: `CopyEnd`). */
export class CopyEnd extends Waitable {
  readonly shared: Shared;
  readonly direction: 'read' | 'write';
  #state: State = 'idle';
  /** The result that it ended with. */
  #done: CopyResult = COPY.completed;

  constructor(shared: Shared, direction: 'read' | 'write') {
    super();
    this.shared = shared;
    this.direction = direction;
  }

  fits(type: CopyType): boolean {
    const { type: own } = this.shared;
    return own.kind === type.kind && isSameType(own.element, type.element);
  }

  /** @throws {TrapError} WP_TRAP_ABI if it is in use, or done */
  checkFree(): void {
    this.#check(this.direction);
  }

  /**
   * Begins to copy from or to a buffer, at an index of the table; `checkFree` has been called.
   */
  begin(buffer: GuestBuffer, index: number): void {
    this.#state = 'copying';
    const pend = (result: CopyResult, reclaim?: () => void): void =>
      this.setPending(() => this.#event(result, { buffer, index, reclaim }));
    this.shared.copy({
      direction: this.direction,
      place: buffer,
      onCopy: (reclaim) => pend(COPY.completed, reclaim),
      onDone: (result) => pend(result),
    });
  }

  #event(
    copied: CopyResult,
    { buffer, index, reclaim }: { buffer: GuestBuffer; index: number; reclaim: (() => void) | undefined },
  ): Event {
    reclaim?.();
    const { kind } = this.shared.type;
    const isFuture = kind === 'future';
    const result =
      this.#state === 'cancelling' && !isFuture && copied === COPY.completed ? COPY.cancelled : copied;
    const isDone = result === COPY.dropped || (isFuture && result === COPY.completed);
    this.#state = isDone ? 'done' : 'idle';
    this.#done = result;
    const code = EVENT[`${kind}${this.direction === 'read' ? 'Read' : 'Write'}`];
    return { code, first: index, second: isFuture ? result : (result | (buffer.progress << 4)) >>> 0 };
  }

  /** Ends the copy in progress. @throws {TrapError} WP_TRAP_ABI if there is none */
  cancel(): void {
    if (this.#state !== 'copying')
      throw abiTrap(`no ${this.shared.type.kind} ${this.direction} is in progress`);
    if (this.isInSet) throw abiTrap('waitable cannot be used synchronously while added to a waitable set');
    this.#state = 'cancelling';
    if (!this.isPending) this.shared.cancel();
  }

  /** The guest drops it. @throws {TrapError} WP_TRAP_ABI if it is in use */
  drop(): void {
    const { kind } = this.shared.type;
    if (this.#state === 'copying' || this.#state === 'cancelling') throw abiTrap(`cannot drop busy ${kind}`);
    if (kind === 'future' && this.direction === 'write' && this.#state !== 'done')
      throw abiTrap('cannot drop future write end without first writing a value');
    this.join(undefined);
    this.shared.drop();
  }

  /** It is about to leave the guest. @throws {TrapError} WP_TRAP_ABI if it may not */
  checkLift(): void {
    this.#check('lift');
    if (this.isInSet) throw abiTrap(`cannot lift ${this.shared.type.kind} while it's in a waitable set`);
  }

  /** @throws {TrapError} WP_TRAP_ABI unless nothing is in progress and more may come */
  #check(what: 'read' | 'write' | 'lift'): void {
    if (this.#state === 'idle') return;
    const { kind } = this.shared.type;
    const how = what === 'lift' ? `lift ${kind}` : `${what} ${what === 'read' ? 'from' : 'to'} ${kind}`;
    if (this.#state !== 'done') throw abiTrap('cannot have concurrent operations active on a future/stream');
    if (kind === 'stream') {
      const other = this.direction === 'read' ? 'writable' : 'readable';
      throw abiTrap(`cannot ${how} after being notified that the ${other} end dropped`);
    }
    const dropped = this.#done === COPY.dropped ? ' or readable end dropped' : '';
    throw abiTrap(
      `cannot ${how} after previous ${this.direction === 'read' ? 'read' : 'write'} succeeded${dropped}`,
    );
  }
}
