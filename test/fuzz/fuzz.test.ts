import { describe, expect, it } from 'vitest';
import { gatherCorpus } from './corpus.js';
import { runCase } from './run-cases.js';
import { Tally } from './tally.js';

const RUNS = 2000;
const SEED = 20_260_721;

describe('mutated components', () => {
  it('end in an instance or a typed error, and soon', async () => {
    const corpus = await gatherCorpus();
    const tally = new Tally();
    for (let index = 0; index < RUNS; index++) tally.add(await runCase(corpus, SEED, index));
    expect(tally.bugs).toEqual([]);
    expect(tally.worst.milliseconds).toBeLessThan(5000);
    expect([...tally.counts.keys()]).toContain('instantiated');
    expect([...tally.counts.keys()]).toContain('WP_MODULE_INVALID');
  });
});
