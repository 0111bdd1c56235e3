import assert from 'node:assert/strict';
import type { CarrierCase } from '../carrier-case.js';
import { COUNTERS } from '../counters-component.js';
import { thrownBy } from './errors-of.js';

interface Counter {
  add(by: number): unknown;
  equals(other: Counter): unknown;
}

interface Counters {
  Counter: { new (start: number): Counter | Promise<Counter>; merge(one: Counter, other: Counter): unknown };
  live(): unknown;
}

function dispose(counter: Counter): void {
  (counter as unknown as Disposable)[Symbol.dispose]();
}

export const RESOURCE_CASES: readonly CarrierCase[] = [
  {
    name: 'resources: objects are constructed, called, lent, given away and disposed of',
    hasResources: true,
    async run(bench) {
      const { instance } = await bench.start('counters');
      const { Counter, live } = instance.exports[COUNTERS] as Counters;
      const [one, other] = [await new Counter(1), await new Counter(2)];
      assert.ok(one instanceof Counter);
      assert.equal(await one.add(1), 2);
      assert.equal(await one.equals(other), true);
      assert.equal(await live(), 2);
      const merged = (await Counter.merge(one, other)) as Counter;
      assert.equal(await live(), 1);
      assert.equal(await merged.add(0), 4);
      assert.ok((await thrownBy(() => one.add(1))) instanceof TypeError);
      dispose(merged);
      dispose(merged);
      assert.equal(await live(), 0);
    },
  },
  {
    name: 'resources: objects of another instance are refused, and nothing runs',
    hasResources: true,
    async run(bench) {
      const [near, far] = [await bench.start('counters'), await bench.start('counters')];
      const [mine, theirs] = [near, far].map(({ instance }) => instance.exports[COUNTERS]) as [
        Counters,
        Counters,
      ];
      const [one, other] = [await new mine.Counter(1), await new theirs.Counter(1)];
      assert.ok((await thrownBy(() => one.equals(other))) instanceof TypeError);
      assert.ok((await thrownBy(() => mine.Counter.merge(one, other))) instanceof TypeError);
      // The first one was not given away by a call that was not made.
      assert.equal(await one.add(1), 2);
      assert.equal(await mine.live(), 1);
      assert.equal(await theirs.live(), 1);
    },
  },
];
