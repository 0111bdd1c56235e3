/** Scenario `resource-import-and-export`: a thing holds one of the subject. */
import { ThingResource } from './bindings/exported-things';
import * as inner from './bindings/things';

export class Thing extends ThingResource {
  private it: inner.Thing;

  constructor(value: u32) {
    super();
    this.it = new inner.Thing(value + 1);
  }
  get_(): u32 {
    return this.it.get_();
  }
  set_(value: u32): void {
    this.it.set_(value + 1);
  }
  static joined(a: Thing, b: Thing): Thing {
    const joined = new Thing(0);
    joined.it.drop();
    joined.it = inner.Thing.joined(a.it, b.it);
    a.drop();
    b.drop();
    return joined;
  }
  dropped(): void {
    this.it.drop();
  }
}
export function hops(): u32 {
  return inner.hops() + 1;
}
