/** Resources that the guest owns. */
import { ItemResource } from './bindings/items';
import { err, ok, Result, Tuple2 } from './bindings/wit';

let liveItems: u32 = 0;

export class Item extends ItemResource {
  constructor(private text: string) {
    super();
    liveItems++;
  }
  label(): string {
    return this.text;
  }
  rename(label: string): void {
    this.text = label;
  }
  static join(a: Item, b: Item): Item {
    const joined = new Item(a.text + b.text);
    a.drop();
    b.drop();
    return joined;
  }
  same(other: Item): bool {
    return this.text == other.text;
  }
  dropped(): void {
    liveItems--;
  }
}
export function pass(x: Item): Item {
  return x;
}
export function read(x: Item): string {
  return x.label();
}
export function reverse(x: Item[]): Item[] {
  return x.reverse();
}
export function find(label: string): Result<Item, string> {
  return label.length ? ok<Item, string>(new Item(label)) : err<Item, string>('no label');
}
export function compare(pair: Tuple2<Item, Item>): bool {
  return pair.value0.same(pair.value1);
}
export function maybe(x: Item | null): string | null {
  if (x === null) return null;
  const t = x.label();
  x.drop();
  return t;
}
export function live(): u32 {
  return liveItems;
}
