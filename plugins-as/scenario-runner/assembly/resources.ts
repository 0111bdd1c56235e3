/** Scenarios `resources`, `resource-with-lists`, `resource-borrow` and `resource-import-and-export`. */
import { Cell, doubled } from './bindings/resource-borrow';
import { Blob } from './bindings/resource-with-lists';
import { consume, Counter, Even, KebabCase, sum, Token } from './bindings/resources';
import { hops, Thing } from './bindings/things';
import { check } from './check';

export function runResources(): void {
  let counter = new Counter(5);
  check(counter.value() == 5, 'counter.value');
  counter.set_(10);
  counter = Counter.add(counter, -3);
  check(counter.handle != 0 && counter.value() == 7, 'counter.add');
  check(consume(counter) == 7 && counter.handle == 0, 'consume');
  const before = Token.dropped();
  const a = new Token(10);
  const b = new Token(20);
  const c = sum(a, b);
  check(c.value() == 30 && a.value() == 10, 'sum');
  a.drop();
  b.drop();
  check(Token.dropped() == before + 2, 'token.dropped');
  c.drop();
  check(Token.dropped() == before + 3, 'token.dropped');
  check(KebabCase.take(new KebabCase(42)) == 42, 'kebab-case.take');
  const even = Even.create(8);
  check(even.isOk && even.value.half() == 4, 'even');
  even.value.drop();
  check(Even.create(3).error == '3 is odd', 'even');
}

export function runResourceWithLists(): void {
  const blob = new Blob([1, 2]);
  blob.append([3]);
  blob.append([]);
  const bytes = blob.get_();
  check(bytes.length == 3 && bytes[0] == 1 && bytes[2] == 3, 'blob.get');
  blob.drop();
  const reversed = Blob.reversed([1, 2, 3]);
  check(reversed[0] == 3 && reversed[2] == 1, 'blob.reversed');
}

export function runResourceBorrow(): void {
  const cell = new Cell(21);
  check(doubled(cell) == 42 && doubled(cell) == 42, 'doubled');
  cell.drop();
}

export function runThings(): void {
  const between = hops();
  const a = new Thing(20);
  check(a.get_() == 20 + between, 'thing');
  a.set_(30);
  check(a.get_() == 30 + between, 'thing.set');
  const joined = Thing.joined(a, new Thing(10));
  check(joined.get_() == 40 + 2 * between && a.handle == 0, 'thing.joined');
  joined.drop();
}
