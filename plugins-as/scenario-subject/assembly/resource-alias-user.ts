/** Scenario `resource-alias`, by another name. */
import { Held as Other } from './bindings/resource-alias';
import { Held } from './bindings/resource-alias-user';
import { Item } from './resource-alias';

export function all(a: Held, b: Other, c: Item): Array<Item> {
  return [a.it, b.it, new Item(c.value())];
}
