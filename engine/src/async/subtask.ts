import type { Lender } from '../canonical/index.js';
import type { Callee } from './caller.js';
import { EVENT, type Event } from './event.js';
import { Waitable } from './waitable.js';

/** The states of a call as its caller sees it (specification: `Subtask.State`). */
export const SUBTASK = {
  starting: 0,
  started: 1,
  returned: 2,
  cancelledBeforeStarted: 3,
  cancelledBeforeReturned: 4,
} as const;

export type SubtaskState = (typeof SUBTASK)[keyof typeof SUBTASK];

/** A call of an async function, in the table of the caller (specification: `Subtask`). */
export class Subtask extends Waitable {
  state: SubtaskState = SUBTASK.starting;
  /** Its index in the table, once it has one. */
  index = 0;
  callee: Callee | undefined;
  isCancelRequested = false;
  /** Handles that the caller lends until it knows that the call has ended; `undefined` from then on. */
  lenders: Lender[] | undefined = [];

  get isResolved(): boolean {
    return this.state >= SUBTASK.returned;
  }

  get isDelivered(): boolean {
    return this.lenders === undefined;
  }

  /** Its state has changed. */
  advance(state: SubtaskState): void {
    this.state = state;
    if (this.index !== 0) this.setPending(this.#event);
  }

  /** The caller hears that the call has ended. */
  deliver(): void {
    for (const lender of this.lenders ?? []) {
      lender.lends--;
      lender.release?.();
    }
    this.lenders = undefined;
  }

  readonly #event = (): Event => {
    if (this.isResolved) this.deliver();
    return { code: EVENT.subtask, first: this.index, second: this.state };
  };
}
