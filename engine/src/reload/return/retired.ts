import type { CarrierInstance } from '@wasm-plugin/abi';
import { nextTurn } from '../../runtime/index.js';

/** Instances that nobody needs any more. */
export class Retired {
  #instances: CarrierInstance[] = [];

  /** Has an instance closed in a turn of its own: that may take as long as a swap, and calls would wait for it. */
  add(instance: CarrierInstance): void {
    if (this.#instances.push(instance) === 1) void nextTurn().then(() => this.close());
  }

  /** Closes them now. */
  close(): void {
    for (const instance of this.#instances.splice(0)) void instance.close();
  }
}
