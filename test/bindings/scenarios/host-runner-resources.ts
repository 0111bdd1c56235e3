import { deepStrictEqual as is } from 'node:assert';
import { errorOf } from './error-of.js';
import { PACKAGE } from './host-subject.js';

// oxlint-disable-next-line typescript/no-explicit-any
type Exports = any;

const resources = ({ [`${PACKAGE}/resources`]: subject }: Exports): void => {
  const { Counter, Token, KebabCase, Even } = subject;
  let counter = new Counter(5);
  is(counter.value(), 5);
  counter.set(10);
  counter = Counter.add(counter, -3);
  is(subject.consume(counter), 7);
  const before = Token.dropped();
  const [a, b] = [new Token(10), new Token(20)];
  const c = subject.sum(a, b);
  is([c.value(), a.value()], [30, 10]);
  for (const token of [a, b, c]) token[Symbol.dispose]();
  is(Token.dropped(), before + 3);
  is(KebabCase.take(new KebabCase(42)), 42);
  is(new Even(8).half(), 4);
  is(
    errorOf(() => new Even(3)),
    '3 is odd',
  );
};

const resourceWithLists = ({ [`${PACKAGE}/resource-with-lists`]: { Blob } }: Exports): void => {
  const blob = new Blob(Uint8Array.of(1, 2));
  blob.append(Uint8Array.of(3));
  blob.append(new Uint8Array());
  is(blob.get(), Uint8Array.of(1, 2, 3));
  is(Blob.reversed(Uint8Array.of(1, 2, 3)), Uint8Array.of(3, 2, 1));
};

const resourceBorrow = ({ [`${PACKAGE}/resource-borrow`]: { Cell, doubled } }: Exports): void => {
  const cell = new Cell(21);
  is([doubled(cell), doubled(cell)], [42, 42]);
};

const resourceInAggregates = ({ [`${PACKAGE}/resource-in-aggregates`]: subject }: Exports): void => {
  const part = (value: number): unknown => new subject.Part(value);
  const lent = Array.from({ length: 8 }, (_, index) => part(index));
  const total = subject.sum(
    { it: part(100) },
    { it: lent[0] },
    { lent: lent[1], owned: part(200) },
    [part(300), { it: part(400) }],
    [lent[2]],
    { tag: 'it', val: part(500) },
    { tag: 'it', val: lent[3] },
    [part(600), part(700)],
    [lent[4], lent[5]],
    part(800),
    lent[6],
    { tag: 'ok', val: part(900) },
    { tag: 'ok', val: lent[7] },
  );
  is(total, 4500 + 28);
};

const resourceBorrowInRecord = ({ [`${PACKAGE}/resource-borrow-in-record`]: subject }: Exports): void => {
  const all = ['first', 'second'].map((name) => new subject.Named(name));
  const made = subject.copies(all.map((it) => ({ it })));
  is(
    made.map((each: { get(): string }) => each.get()),
    ['first copy', 'second copy'],
  );
  is(all[0].get(), 'first');
};

const resourceAlias = ({
  [`${PACKAGE}/resource-alias`]: { Item, unwrapped },
  [`${PACKAGE}/resource-alias-user`]: { all },
}: Exports): void => {
  const [item] = unwrapped({ it: new Item(42) });
  is(item.value(), 42);
  const lent = new Item(7);
  const three = all({ it: item }, { it: new Item(8) }, lent);
  is(
    three.map((each: { value(): number }) => each.value()),
    [42, 8, 7],
  );
  is(lent.value(), 7);
};

const resourceFloats = ({ [`${PACKAGE}/resource-floats`]: { Real, sum } }: Exports): void => {
  const a = new Real(1.5);
  const b = Real.plus(new Real(2), 0.25);
  is([a.get(), b.get(), sum(a, b).get()], [1.5, 2.25, 3.75]);
};

const things = ({ [`${PACKAGE}/things`]: { Thing, hops } }: Exports): void => {
  const between = hops();
  const a = new Thing(20);
  is(a.get(), 20 + between);
  a.set(30);
  is(a.get(), 30 + between);
  is(Thing.joined(a, new Thing(10)).get(), 40 + 2 * between);
};

/** The scenarios of resources by name, each as the host runs it. */
export const RESOURCE_SCENARIOS: Record<string, (exports: Exports) => void> = {
  resources,
  'resource-with-lists': resourceWithLists,
  'resource-borrow': resourceBorrow,
  'resource-in-aggregates': resourceInAggregates,
  'resource-borrow-in-record': resourceBorrowInRecord,
  'resource-alias': resourceAlias,
  'resource-floats': resourceFloats,
  'resource-import-and-export': things,
};
