/** Scenario `resource-import-and-export`. */
import { ThingResource } from './bindings/things';

export class Thing extends ThingResource {
  constructor(private value: u32) {
    super();
  }
  get_(): u32 {
    return this.value;
  }
  set_(value: u32): void {
    this.value = value;
  }
  static joined(a: Thing, b: Thing): Thing {
    const made = new Thing(a.get_() + b.get_());
    a.drop();
    b.drop();
    return made;
  }
}
export function hops(): u32 {
  return 0;
}
