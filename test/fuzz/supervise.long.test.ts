import { describe, expect, it } from 'vitest';
import { testFolder } from '../wast/index.js';
import { supervise } from './supervise.js';
import { Tally } from './tally.js';

const FAULTY = new URL('dist/fuzz/faulty/', testFolder());

describe('supervise()', () => {
  it('goes on behind cases that break the rule, end the process, hang or grow, and keeps their inputs', async () => {
    const tally = new Tally();
    let index = 0;
    const next = (): number | undefined => (index < 8 ? index++ : undefined);
    const task = { name: 'faulty', folder: FAULTY, seed: 1, next, mostMs: 10_000, heapMib: 64 };
    await supervise(task, (report) => tally.add(report));
    expect(tally.runs).toBe(8);
    const bugs = Object.fromEntries(
      tally.bugs.map(({ bug, input }) => [String(input).split(' ')[0], { bug, input }]),
    );
    expect(bugs['wrong']).toMatchObject({
      bug: expect.stringContaining('ten is too many'),
      input: 'wrong 10',
    });
    expect(bugs['ends']).toMatchObject({ bug: expect.stringContaining('the process ended (7)') });
    expect(bugs['hangs']).toMatchObject({ bug: expect.stringContaining('a hang') });
    expect(bugs['grows']).toMatchObject({ bug: expect.stringContaining('heap') });
    expect(tally.counts.get('ran')).toBeGreaterThan(0);
  });
});
