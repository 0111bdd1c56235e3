import { abiTrap, isNumberKind, type CopyType, type ValueType } from '../../canonical/index.js';
import { COPY, copyElements, type CopyResult, type Sink, type Source } from './buffer.js';

/** One side of a copy. */
export type Copy = {
  /** Some elements were copied; `reclaim` takes the place back, unless that has happened. */
  onCopy(reclaim: () => void): void;
  /** It has ended. */
  onDone(result: CopyResult): void;
} & ({ direction: 'read'; place: Sink } | { direction: 'write'; place: Source });

/** The part of a stream or future that its two ends share (specification: `SharedStreamImpl`, `SharedFutureImpl`). */
export class Shared {
  readonly type: CopyType;
  #isDropped = false;
  /** The side that came first, and waits for the other one. */
  #pending: Copy | undefined;
  /** The end that the host holds, which has to let the guest's other end go when it is dropped. */
  onDrop: (() => void) | undefined;

  constructor(type: CopyType) {
    this.type = type;
  }

  get isDropped(): boolean {
    return this.#isDropped;
  }

  /** Ends the copy that waits. */
  cancel(): void {
    this.#end(COPY.cancelled);
  }

  /** One end goes away. */
  drop(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    if (this.#pending !== undefined) this.#end(COPY.dropped);
    this.onDrop?.();
  }

  /** Begins a copy: it ends at once, or as soon as the other end does its part. */
  copy(copy: Copy): void {
    if (this.#isDropped) copy.onDone(COPY.dropped);
    else if (this.#pending === undefined) this.#pending = copy;
    else this.#meet(this.#pending, copy);
  }

  #meet(pending: Copy, copy: Copy): void {
    const { type } = this;
    const { place } = copy;
    if (place.owner !== undefined && place.owner === pending.place.owner && !isNumeric(type.element))
      throw abiTrap(`cannot read from and write to intra-component ${type.kind}`);
    if (type.kind === 'future') {
      transfer(pending, copy);
      this.#end(COPY.completed);
      copy.onDone(COPY.completed);
    } else if (pending.place.remaining > 0) {
      if (place.remaining > 0) {
        transfer(pending, copy);
        pending.onCopy(() => {
          if (this.#pending === pending) this.#pending = undefined;
        });
      }
      copy.onDone(COPY.completed);
    } else if (copy.direction === 'write' && place.isZero && pending.place.isZero) {
      copy.onDone(COPY.completed);
    } else {
      this.#end(COPY.completed);
      this.#pending = copy;
    }
  }

  #end(result: CopyResult): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.onDone(result);
  }
}

function transfer(a: Copy, b: Copy): void {
  if (a.direction === 'write' && b.direction === 'read') copyElements(a.place, b.place);
  else if (a.direction === 'read' && b.direction === 'write') copyElements(b.place, a.place);
  else throw abiTrap('cannot have concurrent operations active on a future/stream');
}

function isNumeric(element: ValueType | undefined): boolean {
  return element === undefined || isNumberKind(element.kind);
}
