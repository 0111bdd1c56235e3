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
  readonly type: ResourceType;
  rep: number;
  own: boolean;
  /** The call that a borrowed handle belongs to. */
  scope: BorrowScope | undefined;
}

/** The handles of one component instance: indices from 1, freed ones are used again last in, first out. */
export class HandleTable {
  readonly #handles: (TableEntry | undefined)[] = [undefined];
  readonly #free: number[] = [];
  /** Most handles alive at once. */
  limit = MAX_HANDLES;
  /** The plugin, for errors. */
  plugin: string | undefined;

  /** Handles alive. */
  get size(): number {
    return this.#handles.length - 1 - this.#free.length;
  }

  add(type: ResourceType, rep: number, own: boolean): number {
    const handle: Handle = { type, rep, own, lends: 0, scope: undefined };
    return this.addEntry(handle);
  }

  /** Adds a borrowed handle. */
  addBorrow(type: ResourceType, rep: number, scope: BorrowScope): number {
    const handle: Handle = { type, rep, own: false, lends: 0, scope };
    return this.addEntry(handle);
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

  remove(index: number, type: ResourceType): Handle {
    const handle = this.get(index, type);
    if (handle.lends !== 0) throw badValue('cannot remove owned resource while borrowed');
    this.#handles[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
    return handle;
  }
}
