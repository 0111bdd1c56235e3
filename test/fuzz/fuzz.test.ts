import { describe, expect, it } from 'vitest';
import { listGenerators } from './list-generators.js';
import { runCase } from './run-case.js';
import { Tally } from './tally.js';

const SEED = 20_260_721;
/** The first of the cases that `fuzz.long.test.ts` runs. */
const RUNS = 30;
/** Of the components, so many that one can be instantiated. */
const COMPONENTS = 60;

describe.each(await listGenerators())('the generator $name', (generator) => {
  it('finds nothing with a fixed seed', async () => {
    const tally = new Tally();
    const most = generator.name === 'components' ? COMPONENTS : RUNS;
    for (let index = 0; index < Math.min(generator.testRuns ?? most, most); index++)
      tally.add(await runCase(generator, SEED, index));
    expect(tally.bugs).toEqual([]);
    if (generator.name !== 'components') return;
    expect([...tally.counts.keys()]).toContain('instantiated');
    expect([...tally.counts.keys()]).toContain('WP_MODULE_INVALID');
  });
});
