import { Random } from '../../support/random.js';
import { callSoak } from './call-soak.js';
import { killSoak } from './kill-soak.js';

const CALLS = 1_000_000;
const RELOADS = 200;
const KILLS = 500;

/** `npm run soak -- reload`: the long form of a short test. */
async function main(): Promise<number> {
  const [what] = process.argv.slice(2);
  if (what !== 'reload') {
    process.stderr.write('Usage: npm run soak -- reload\n');
    return 2;
  }
  for (const faults of [false, true]) {
    const result = await callSoak({ calls: CALLS, reloads: RELOADS, seed: 1, faults });
    process.stdout.write(`${faults ? 'with faults' : 'without faults'}: ${JSON.stringify(result)}\n`);
  }
  const killed = await killSoak(KILLS, new Random(1));
  process.stdout.write(`killed while saving: ${JSON.stringify(killed)}\n`);
  return 0;
}

process.exitCode = await main();
