/** The kinds of events that a guest waits for (specification: `EventCode`). */
export const EVENT = {
  none: 0,
  subtask: 1,
  streamRead: 2,
  streamWrite: 3,
  futureRead: 4,
  futureWrite: 5,
  taskCancelled: 6,
} as const;

/** One event as the guest gets it: two numbers, whose meaning depends on the kind. */
export interface Event {
  readonly code: number;
  readonly first: number;
  readonly second: number;
}

/** There was nothing to wait for. */
export const NO_EVENT: Event = { code: EVENT.none, first: 0, second: 0 };

/** The task in progress is to end early. */
export const CANCELLED_EVENT: Event = { code: EVENT.taskCancelled, first: 0, second: 0 };
