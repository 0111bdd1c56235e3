import { QuotaError } from '@wasm-plugin/abi';
import type { Lender } from './lender.js';
import { badValue } from './traps.js';
import type { ResourceType } from './resource-type.js';

/** Most handles of one component instance (specification: `Table.MAX_LENGTH`). */
export const MAX_HANDLES = 2 ** 28 - 1;

/** A resource handle in a component instance's table. */
export interface Handle extends Lender {
  type: ResourceType;
  rep: number;
  own: boolean;
}

/** The handles of one component instance: indices from 1, freed ones are used again last in, first out. */
export class HandleTable {
  readonly #handles: (Handle | undefined)[] = [undefined];
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
    const handle: Handle = { type, rep, own, lends: 0 };
    const index = this.#free.pop();
    if (index === undefined) return this.#handles.push(handle) - 1;
    this.#handles[index] = handle;
    return index;
  }

  get(index: number, type: ResourceType): Handle {
    const handle = this.#handles[index >>> 0];
    if (handle === undefined) throw badValue(`unknown handle index ${index >>> 0}`);
    if (handle.type !== type) {
      throw badValue(
        `handle index ${index >>> 0} used with the wrong type, expected guest-defined resource but found a different one`,
      );
    }
    return handle;
  }

  remove(index: number, type: ResourceType): Handle {
    const handle = this.get(index, type);
    if (handle.lends !== 0) throw badValue('cannot remove owned resource while borrowed');
    this.#handles[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
    return handle;
  }
}
