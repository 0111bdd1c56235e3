import {
  abiTrap,
  codecOf,
  isNumberKind,
  type CanonicalContext,
  type Codec,
  type NumberKind,
  type ValueType,
} from '../../canonical/index.js';
import { layoutOf } from '../../component/index.js';
import type { Elements, Sink, Source } from './buffer.js';

/** Longest buffer, in elements (specification: `Buffer.MAX_LENGTH`). */
const MAX_LENGTH = 2 ** 28 - 1;

/** The elements of a stream or future in the memory of a guest, with the options of a built-in. */
export interface ElementAccess {
  element: ValueType | undefined;
  /** For elements that come from the host, or go there. */
  host: CanonicalContext;
  /** The same of another component. */
  component: CanonicalContext;
}

/** A piece of a guest's memory that elements are copied from or to (specification: `BufferGuestImpl`). */
export class GuestBuffer implements Source, Sink {
  readonly owner: object;
  readonly isZero: boolean;
  readonly #access: ElementAccess;
  readonly #codec: Codec | undefined;
  readonly #size: number;
  #pointer: number;
  remaining: number;
  /** Elements copied so far. */
  progress = 0;

  /** @throws {TrapError} WP_TRAP_ABI if the guest has no such memory */
  constructor(access: ElementAccess, pointer: number, length: number) {
    const { element, component } = access;
    if (length > MAX_LENGTH) throw abiTrap('stream buffer too long');
    this.#size = 0;
    if (element !== undefined) {
      const { size, align } = layoutOf(element);
      this.#size = size;
      this.#codec = codecOf(element);
      if (length > 0) {
        if (component.memory.u8.length === 0) component.memory.renew();
        component.check(pointer, length * size, align);
      }
    }
    this.owner = component.instance;
    this.#access = access;
    this.#pointer = pointer;
    this.remaining = length;
    this.isZero = length === 0;
  }

  read(count: number, toHost: boolean): Elements {
    const { element } = this.#access;
    const cx = toHost ? this.#access.host : this.#access.component;
    const at = this.#advance(cx, count);
    if (element === undefined) return count;
    if (isNumberKind(element.kind)) {
      const view = viewOf(cx, element.kind);
      const start = at / this.#size;
      return toHost ? view.slice(start, start + count) : view.subarray(start, start + count);
    }
    const values: unknown[] = [];
    for (let index = 0; index < count; index++)
      values.push((this.#codec as Codec).load(cx, at + index * this.#size));
    return values;
  }

  write(elements: Elements, count: number, fromHost: boolean): void {
    const { element } = this.#access;
    const cx = fromHost ? this.#access.host : this.#access.component;
    const at = this.#advance(cx, count);
    if (element === undefined) return;
    if (isNumberKind(element.kind)) {
      viewOf(cx, element.kind).set(elements as Uint8Array, at / this.#size);
      return;
    }
    for (let index = 0; index < count; index++)
      (this.#codec as Codec).store(cx, (elements as unknown[])[index], at + index * this.#size);
    if (fromHost) cx.instance.given.length = 0;
  }

  /** Counts elements that are about to be copied, and returns where they are. */
  #advance(cx: CanonicalContext, count: number): number {
    const bytes = count * this.#size;
    cx.instance.root.charge(bytes);
    if (this.#size > 0 && cx.memory.u8.length === 0) cx.memory.renew();
    const at = this.#pointer;
    this.#pointer += bytes;
    this.progress += count;
    this.remaining -= count;
    return at;
  }
}

function viewOf(cx: CanonicalContext, kind: NumberKind): Uint8Array {
  return cx.memory[kind] as Uint8Array;
}
