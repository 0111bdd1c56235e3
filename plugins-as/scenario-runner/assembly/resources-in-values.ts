/** Scenarios `resource-in-aggregates`, `resource-borrow-in-record`, `resource-alias` and `resource-floats`. */
import { Held as Other, Item, unwrapped } from './bindings/resource-alias';
import { all, Held } from './bindings/resource-alias-user';
import { copies, Holder, Named } from './bindings/resource-borrow-in-record';
import { Real, sum as sumOfReals } from './bindings/resource-floats';
import { Lending, Lent, Mixed, Owned, Owning, Part, sum } from './bindings/resource-in-aggregates';
import { ok, Tuple1, Tuple2, Unit } from './bindings/wit';
import { check } from './check';

export function runResourceInAggregates(): void {
  const lent = new Array<Part>();
  for (let i = 0; i < 8; i++) lent.push(new Part(i));
  const total = sum(
    new Owning(new Part(100)),
    new Lending(lent[0]),
    new Mixed(lent[1], new Part(200)),
    new Tuple2(new Part(300), new Owning(new Part(400))),
    new Tuple1(lent[2]),
    Owned.it(new Part(500)),
    Lent.it(lent[3]),
    [new Part(600), new Part(700)],
    [lent[4], lent[5]],
    new Part(800),
    lent[6],
    ok<Part, Unit>(new Part(900)),
    ok<Part, Unit>(lent[7]),
  );
  check(total == 4500 + 28, 'sum');
  for (let i = 0; i < 8; i++) lent[i].drop();
}

export function runResourceBorrowInRecord(): void {
  const a = new Named('first');
  const b = new Named('second');
  const made = copies([new Holder(a), new Holder(b)]);
  check(made.length == 2 && made[0].get_() == 'first copy' && made[1].get_() == 'second copy', 'copies');
  check(a.get_() == 'first', 'copies');
  a.drop();
  b.drop();
  made[0].drop();
  made[1].drop();
}

export function runResourceAlias(): void {
  const items = unwrapped(new Other(new Item(42)));
  check(items.length == 1 && items[0].value() == 42, 'unwrapped');
  const lent = new Item(7);
  const three = all(new Held(items[0]), new Other(new Item(8)), lent);
  check(three.length == 3 && three[0].value() == 42 && three[1].value() == 8, 'all');
  check(three[2].value() == 7 && lent.value() == 7, 'all');
  for (let i = 0; i < 3; i++) three[i].drop();
  lent.drop();
}

export function runResourceFloats(): void {
  const a = new Real(1.5);
  const b = Real.plus(new Real(2), 0.25);
  const c = sumOfReals(a, b);
  check(a.get_() == 1.5 && b.get_() == 2.25 && c.get_() == 3.75, 'sum');
  a.drop();
  b.drop();
  c.drop();
}
