import { describe, expect, it } from 'vitest';
import { flameOf, perfettoTrace, type BlockProfile } from '../../../cli/src/audio-bench/profile/index.js';

const GUEST = 'wasm://wasm/1';
const names: readonly (readonly [string, string])[] = [
  ['(root)', ''],
  ['process', 'file:///lane.js'],
  ['mix', GUEST],
  ['filter', GUEST],
  ['(garbage collector)', ''],
];

/** Two blocks of 10 and 30 µs from 100 and 120 µs on, a sample each 5 µs: which function is innermost. */
function profileOf(samples: readonly number[]): BlockProfile {
  const children = [[2, 5], [3], [4], [], []];
  return {
    cpuProfile: {
      nodes: names.map(([functionName, url], at) => ({
        id: at + 1,
        callFrame: { functionName, url },
        children: children[at] ?? [],
      })),
      startTime: 98,
      endTime: 200,
      samples,
      timeDeltas: samples.map((_, at) => (at === 0 ? 4 : 5)),
    },
    startsUs: [100, 120],
    durationsUs: [10, 30],
    budgetUs: 20,
  };
}

describe('flameOf()', () => {
  it('takes the samples of the slowest blocks, guest functions alone, the longest first', () => {
    // At 102 and 107 the first block, at 112 and 117 none, from 122 to 147 the second.
    const flame = flameOf(profileOf([4, 4, 3, 3, 3, 4, 4, 4, 2, 5]));
    expect(flame).toMatchObject({ blocks: 2, ofBlocks: 2, slowestUs: 30 });
    expect(flame.root).toEqual({
      name: 'block',
      samples: 8,
      children: [
        {
          name: 'mix',
          samples: 6,
          children: [{ name: 'filter', samples: 5, children: [] }],
        },
        { name: 'engine and JavaScript', samples: 1, children: [] },
        { name: 'garbage collection', samples: 1, children: [] },
      ],
    });
  });

  it('is empty without samples', () => {
    expect(flameOf(profileOf([])).root).toEqual({ name: 'block', samples: 0, children: [] });
  });
});

describe('perfettoTrace()', () => {
  it('has a track of blocks, with late ones marked, and one of functions that last from sample to sample', () => {
    const { traceEvents } = perfettoTrace('eq.wasm', profileOf([4, 4, 3]));
    const [, , , ...events] = traceEvents.map(({ name, ph, tid, ts, dur }) => ({ name, ph, tid, ts, dur }));
    expect(events).toEqual([
      { name: 'block', ph: 'X', tid: 1, ts: 0, dur: 10 },
      { name: 'block', ph: 'X', tid: 1, ts: 20, dur: 30 },
      { name: 'late', ph: 'i', tid: 1, ts: 50, dur: undefined },
      { name: 'filter', ph: 'X', tid: 2, ts: 2, dur: 10 },
      { name: 'mix', ph: 'X', tid: 2, ts: 2, dur: 10 },
    ]);
  });
});
