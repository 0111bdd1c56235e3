import { availableParallelism } from 'node:os';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gatherCorpus } from './corpus.js';
import { caseBytes, runCase } from './run-cases.js';
import { supervise } from './supervise.js';
import { Tally } from './tally.js';

const USAGE = 'Usage: npm run fuzz -- [--runs N] [--seed N] [--json] [--case N [--write FILE]]';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    case: { type: 'string' },
    write: { type: 'string' },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(seed)) {
  console.error(USAGE);
  process.exit(2);
}

const corpus = await gatherCorpus();
if (values.case === undefined) await runAll();
else await runOne(Number(values.case));

async function runOne(index: number): Promise<void> {
  if (values.write !== undefined) writeFileSync(values.write, caseBytes(corpus, seed, index));
  console.log(await runCase(corpus, seed, index));
}

async function runAll(): Promise<void> {
  const tally = new Tally();
  const workers = Math.min(4, availableParallelism());
  const start = performance.now();
  const report = (): void => {
    if (!values.json && process.stderr.isTTY && tally.runs % 500 === 0)
      process.stderr.write(`\r${tally.runs} of ${runs}`);
  };
  await Promise.all(
    Array.from({ length: workers }, (_, from) =>
      supervise({ corpus, seed, from, until: runs, step: workers }, tally, report),
    ),
  );
  const counts = Object.fromEntries([...tally.counts].sort(([, a], [, b]) => b - a));
  const seconds = Math.round((performance.now() - start) / 1000);
  const { bugs, hangs, worst } = tally;
  if (values.json) {
    console.log(
      JSON.stringify({ suite: 'fuzz', seed, runs: tally.runs, counts, bugs, hangs, worst, seconds }),
    );
  } else {
    console.log(`${tally.runs} mutated components of ${corpus.length}, seed ${seed}, in ${seconds} s`);
    for (const [name, count] of Object.entries(counts)) console.log(`  ${name.padEnd(24)} ${count}`);
    console.log(`  worst: case ${worst.index}, ${worst.milliseconds.toFixed(1)} ms`);
    for (const { index, what } of bugs.slice(0, 20)) console.log(`  bug in case ${index}: ${what}`);
    for (const index of hangs) console.log(`  hang or crash in case ${index}`);
  }
  process.exitCode = tally.failed ? 1 : 0;
}
