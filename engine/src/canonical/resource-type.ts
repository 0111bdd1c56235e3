import type { LentHandle } from './lender.js';
import type { RootState } from './root-state.js';

/** The component instance that defines a resource, or drops a handle. */
export interface ResourceOwner {
  readonly root: RootState;
}

/** The identity of a resource type at run time. */
export interface ResourceType {
  /** Its name, for messages. */
  name: string;
  /** The component instance that defines it; `undefined` when the host does. */
  owner: ResourceOwner | undefined;
  /** Runs when the own handle is dropped; `from` is the component instance that drops it, if it is one. */
  destructor: ((rep: number, from?: ResourceOwner) => void) | undefined;
  /** The JavaScript objects of its handles. */
  binding: ResourceBinding;
}

/** Turns representations into JavaScript objects and back. Every method throws a `TypeError` for a wrong object. */
export interface ResourceBinding {
  /** Returns the object of an own handle that leaves the guest. */
  liftOwn(rep: number): unknown;
  /** Returns the object of a borrowed handle, valid during the call. */
  liftBorrow(rep: number): unknown;
  /** Takes an object over as an own handle. */
  lowerOwn(value: unknown): number;
  /** Undoes `lowerOwn`: the object that stood for `rep` is its owner's again. */
  takeBack(value: unknown, rep: number): void;
  /** Begins to lend an object; the caller ends the lend, by counting `lends` down and calling `release`. */
  lend(value: unknown): LentHandle;
}
