/** Scenario `resource-borrow-in-record`. */
import { Holder, NamedResource } from './bindings/resource-borrow-in-record';

export class Named extends NamedResource {
  constructor(private name: string) {
    super();
  }
  get_(): string {
    return this.name;
  }
}
export function copies(all: Array<Holder>): Array<Named> {
  return all.map<Named>((each) => new Named(each.it.get_() + ' copy'));
}
