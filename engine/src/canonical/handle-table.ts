import { QuotaError } from '@wasm-plugin/abi';
import type { BorrowScope } from './concurrency.js';
import type { Lender } from './lender.js';
import { badValue } from './traps.js';
import type { ResourceType } from './resource-type.js';

/** Most handles of one component instance (specification: `Table.MAX_LENGTH`). */
export const MAX_HANDLES = 2 ** 28 - 1;

/** Something with an index in a component instance's table: a resource handle, or something to wait for. */
export interface TableEntry extends Lender {
  /** The type of the resource; `undefined` for anything else. */
  readonly type: ResourceType | undefined;
}

/** A resource handle in a component instance's table. */
export interface Handle extends TableEntry {
  type: ResourceType;
  rep: number;
  own: boolean;
  /** The call that a borrowed handle belongs to. */
  scope: BorrowScope | undefined;
}

/**
 * The handles of one component instance: indices from 1, freed ones are used again last in, first out.
 *
 * The objects of dropped handles are used again, too, so a guest that makes and drops handles makes no garbage: V8 would put
 * short-lived ones among the old objects, and collect them only after hundreds of MB. So nobody keeps a `Handle` across its
 * drop: `remove` returns the representation, and refuses while a lender refers to the object.
 */
export class HandleTable {
  readonly #handles: (TableEntry | undefined)[] = [undefined];
  readonly #free: number[] = [];
  /** Objects of dropped handles. */
  readonly #spare: Handle[] = [];
  /** Most handles alive at once. */
  limit = MAX_HANDLES;
  /** The plugin, for errors. */
  plugin: string | undefined;

  /** Handles alive. */
  get size(): number {
    return this.#handles.length - 1 - this.#free.length;
  }

  add(type: ResourceType, rep: number, own: boolean): number {
    const handle: Handle = this.#spare.pop() ?? { type, rep, own, lends: 0, scope: undefined };
    handle.type = type;
    handle.rep = rep;
    handle.own = own;
    return this.addEntry(handle);
  }

  /** Adds a borrowed handle. */
  addBorrow(type: ResourceType, rep: number, scope: BorrowScope): number {
    const index = this.add(type, rep, false);
    (this.#handles[index] as Handle).scope = scope;
    return index;
  }

  /** @throws {QuotaError} WP_QUOTA_HANDLES */
  addEntry(handle: TableEntry): number {
    if (this.size >= this.limit) {
      const { limit: allowed, plugin } = this;
      throw new QuotaError('WP_QUOTA_HANDLES', {
        limit: 'handles',
        unit: 'count',
        allowed,
        used: allowed + 1,
        plugin,
      });
    }
    const index = this.#free.pop();
    if (index === undefined) return this.#handles.push(handle) - 1;
    this.#handles[index] = handle;
    return index;
  }

  /** Returns whatever has an index. */
  entry(index: number): TableEntry {
    const handle = this.#handles[index >>> 0];
    if (handle === undefined) throw badValue(`unknown handle index ${index >>> 0}`);
    return handle;
  }

  /** Takes out an entry that is no resource handle. */
  removeEntry(index: number): void {
    this.#handles[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
  }

  get(index: number, type: ResourceType): Handle {
    const handle = this.#handles[index >>> 0];
    if (handle === undefined) throw badValue(`unknown handle index ${index >>> 0}`);
    if (handle.type !== type) {
      throw badValue(
        `handle index ${index >>> 0} used with the wrong type, expected guest-defined resource but found a different one`,
      );
    }
    return handle as Handle;
  }

  /** Removes a handle and returns its representation. */
  remove(index: number, type: ResourceType): number {
    const handle = this.get(index, type);
    if (handle.lends !== 0) throw badValue('cannot remove owned resource while borrowed');
    this.#handles[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
    handle.scope = undefined;
    this.#spare.push(handle);
    return handle.rep;
  }
}
