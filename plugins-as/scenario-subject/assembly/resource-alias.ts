/** Scenario `resource-alias`. */
import { Held, ItemResource } from './bindings/resource-alias';

export class Item extends ItemResource {
  constructor(private number: u32) {
    super();
  }
  value(): u32 {
    return this.number;
  }
}
export function unwrapped(x: Held): Array<Item> {
  return [x.it];
}
