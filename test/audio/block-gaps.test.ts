import { BlockGaps } from '#internals';
import { describe, expect, it } from 'vitest';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('BlockGaps.next()', () => {
  it('resolves in the next turn before the first block', async () => {
    let resolved = false;
    void new BlockGaps().next().then(() => (resolved = true));
    await turn();
    await turn();
    expect(resolved).toBe(true);
  });

  it('resolves in the turn after a block, for everybody who waits', async () => {
    const gaps = new BlockGaps();
    gaps.blockEnded();
    const order: string[] = [];
    const all = Promise.all([1, 2].map((each) => gaps.next().then(() => order.push(`gap ${each}`))));
    await turn();
    order.push('block');
    gaps.blockEnded();
    order.push('end of block');
    await all;
    expect(order).toEqual(['block', 'end of block', 'gap 1', 'gap 2']);
  });

  it('resolves where no block comes any more, from then on in the next turn', async () => {
    const gaps = new BlockGaps();
    gaps.blockEnded();
    await gaps.next();
    let resolved = false;
    void gaps.next().then(() => (resolved = true));
    await turn();
    await turn();
    expect(resolved).toBe(true);
    gaps.blockEnded();
    void gaps.next().then(() => (resolved = false));
    await turn();
    expect(resolved).toBe(true);
    gaps.blockEnded();
  });
});
