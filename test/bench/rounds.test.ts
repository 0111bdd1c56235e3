import { describe, expect, it } from 'vitest';
import {
  callContender,
  isolatedLoop,
  runRounds,
  seededRandom,
  shuffled,
  warmUp,
  type Contender,
} from '@wasm-plugin/bench';

describe('shuffled()', () => {
  it('keeps every item, and gives the same order for the same seed', () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    const first = shuffled(items, seededRandom(1));
    expect([...first].sort()).toEqual(items);
    expect(shuffled(items, seededRandom(1))).toEqual(first);
    const orders = new Set([1, 2, 3, 4, 5, 6].map((seed) => shuffled(items, seededRandom(seed)).join('')));
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('runRounds()', () => {
  it('lets each contender run once a round, in changing order', async () => {
    const order: string[] = [];
    const contender = (name: string): Contender => ({ name, sample: () => order.push(name) });
    const samples = await runRounds([contender('a'), contender('b')], {
      rounds: 20,
      random: seededRandom(3),
    });
    expect(samples.get('a')).toHaveLength(20);
    expect(samples.get('b')).toHaveLength(20);
    const rounds = Array.from({ length: 20 }, (_, index) => order.slice(index * 2, index * 2 + 2).join(''));
    expect(new Set(rounds)).toEqual(new Set(['ab', 'ba']));
  });

  it('waits for contenders that take their time', async () => {
    const slow: Contender = { name: 'slow', sample: async () => 5 };
    const samples = await runRounds([slow], { rounds: 2, random: seededRandom(1) });
    expect(samples.get('slow')).toEqual([5, 5]);
  });
});

describe('warmUp()', () => {
  it('goes on while a contender gets faster, and ends soon after', async () => {
    let count = 0;
    const contender: Contender = { name: 'a', sample: () => Math.max(100, 1000 - 10 * count++) };
    await warmUp([contender], { least: 0, most: 10_000, random: seededRandom(1) });
    expect(count).toBeGreaterThan(90);
    expect(count).toBeLessThan(200);
  });

  it('ends at the most rounds', async () => {
    let count = 0;
    const contender: Contender = { name: 'a', sample: () => 1 / ++count };
    await warmUp([contender], { least: 0, most: 70, random: seededRandom(1) });
    expect(count).toBe(70);
  });
});

describe('callContender()', () => {
  it('times enough calls to fill a slice, and gives the time of one', () => {
    let now = 0;
    const clock = { tick: 0 };
    const contender = callContender('a', {
      use: (target, index) => {
        target.tick += 10;
        return index;
      },
      target: clock,
      sliceNs: 1000,
      clock: () => (now = clock.tick),
      callsPerUse: 2,
    });
    contender.calibrate();
    const before = now;
    expect(contender.sample()).toBe(5);
    expect(now - before).toBe(1000);
  });
});

describe('isolatedLoop()', () => {
  it('makes a function of its own each time', () => {
    const use = (target: number, index: number): number => target + index;
    const first = isolatedLoop(use, 1);
    expect(first(3)).toBe(6);
    expect(isolatedLoop(use, 2)(3)).toBe(9);
    expect(first).not.toBe(isolatedLoop(use, 1));
  });
});
