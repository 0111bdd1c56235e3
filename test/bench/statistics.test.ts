import { describe, expect, it } from 'vitest';
import { median, pairedDifference, pairedRatio, percentile, rowReport } from '@wasm-plugin/bench';

describe('percentile()', () => {
  it('interpolates between neighbours, whatever the order of the samples', () => {
    expect(percentile([30, 10, 20], 0)).toBe(10);
    expect(percentile([30, 10, 20], 0.5)).toBe(20);
    expect(percentile([30, 10, 20], 0.75)).toBe(25);
    expect(percentile([30, 10, 20], 1)).toBe(30);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('does not change the samples', () => {
    const samples = [3, 1, 2];
    percentile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuses to say anything about nothing', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

describe('median()', () => {
  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('pairedRatio()', () => {
  it('does not see what slows both of a pair down', () => {
    const base = [10, 10, 40, 10, 90];
    const samples = base.map((sample) => sample * 1.5);
    expect(pairedRatio(samples, base)).toBeCloseTo(1.5);
  });

  it('refuses samples that are no pairs', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
  });
});

describe('pairedDifference()', () => {
  it('is the median of the differences', () => {
    expect(pairedDifference([11, 25, 12], [10, 20, 10])).toBe(2);
  });
});

describe('rowReport()', () => {
  it('sums variants up, and leaves ratios out whose variants did not run', () => {
    const samples = new Map([
      ['ours', [2, 4, 6]],
      ['hand', [1, 2, 3]],
    ]);
    const ratios = [
      ['ours', 'hand'],
      ['jco', 'ours'],
    ] as const;
    const report = rowReport('add', samples, { ratios, garbage: new Map([['ours', 16]]) });
    expect(report).toEqual({
      name: 'add',
      variants: {
        ours: { medianNs: 4, p99Ns: 5.96, garbageBytes: 16 },
        hand: { medianNs: 2, p99Ns: 2.98 },
      },
      ratios: { 'ours/hand': 2 },
    });
  });
});
