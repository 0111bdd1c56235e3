import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listGenerators } from './list-generators.js';
import { runCase } from './run-case.js';
import { supervise } from './supervise.js';
import { Tally, type Bug } from './tally.js';

const generators = await listGenerators();
const names = generators.map((generator) => generator.name);
const USAGE = `Usage: npm run fuzz -- all|${names.join('|')} [--minutes N | --runs N] [--seed N] [--out FOLDER] [--json] [--case N]

Each generator makes inputs from the seed and holds them to its rule, in processes of bounded memory. The smallest input that
breaks a rule is written to the folder (fuzz-failures), with a .json file beside it: seed, case, what was seen.
--case N runs that one case here. All generators together share the minutes.`;

function usage(): never {
  console.error(USAGE);
  process.exit(2);
}

const { values, positionals } = parse();
const [seed, runs] = [Number(values.seed), Number(values.runs)];
const minutes = Number(values.minutes ?? Infinity);
const chosen = generators.filter(({ name }) => positionals[0] === 'all' || name === positionals[0]);
if (positionals.length !== 1 || chosen.length === 0) usage();
if (!Number.isSafeInteger(seed) || !(runs > 0) || !(minutes > 0)) usage();

if (values.case === undefined) await runAll();
else for (const generator of chosen) console.log(await runCase(generator, seed, Number(values.case)));

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        minutes: { type: 'string' },
        runs: { type: 'string', default: process.argv.includes('--minutes') ? 'Infinity' : '10000' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string', default: 'fuzz-failures' },
        json: { type: 'boolean', default: false },
        case: { type: 'string' },
      },
    });
  } catch {
    return usage();
  }
}

async function runAll(): Promise<void> {
  const share = (minutes * 60_000) / chosen.length;
  const results = [];
  for (const { name } of chosen) {
    const tally = new Tally();
    const start = performance.now();
    await runGenerator(name, { tally, until: start + share });
    for (const bug of tally.bugs) await keep(name, bug);
    const seconds = Math.round((performance.now() - start) / 1000);
    results.push({ generator: name, tally, seconds });
    if (!values.json) print(name, tally, seconds);
  }
  if (values.json) {
    const tried = results.map(({ generator, tally, seconds }) => ({
      generator,
      runs: tally.runs,
      seconds,
      counts: Object.fromEntries(tally.counts),
      bugs: tally.bugs.map(({ index, bug }) => ({ case: index, bug })),
      worst: tally.worst,
    }));
    console.log(JSON.stringify({ suite: 'fuzz', seed, tried }));
  }
  process.exitCode = results.some(({ tally }) => tally.bugs.length > 0) ? 1 : 0;
}

async function runGenerator(name: string, { tally, until }: { tally: Tally; until: number }): Promise<void> {
  let index = 0;
  const next = (): number | undefined => (index < runs && performance.now() < until ? index++ : undefined);
  const onCase: Parameters<typeof supervise>[1] = (report) => {
    tally.add(report);
    if (!values.json && process.stderr.isTTY && tally.runs % 100 === 0)
      process.stderr.write(`\r${name}: ${tally.runs} `);
  };
  const workers = Math.min(4, availableParallelism());
  await Promise.all(Array.from({ length: workers }, () => supervise({ name, seed, next }, onCase)));
}

/** Writes a failing input and the finding, for a rerun and for a fixed case. */
async function keep(name: string, { index, bug, input }: Bug): Promise<void> {
  const file = join(values.out, `${name}-${seed}-${index}`);
  await mkdir(values.out, { recursive: true });
  await writeFile(typeof input === 'string' ? `${file}.txt` : `${file}.bin`, input);
  await writeFile(
    `${file}.json`,
    `${JSON.stringify({ generator: name, seed, case: index, bug }, undefined, 2)}\n`,
  );
}

function print(name: string, { runs: tried, counts, bugs, worst }: Tally, seconds: number): void {
  console.log(`${name}: ${tried} cases of seed ${seed} in ${seconds} s`);
  for (const [verdict, count] of [...counts].sort(([, a], [, b]) => b - a))
    console.log(`  ${verdict.padEnd(24)} ${count}`);
  console.log(`  longest: case ${worst.index}, ${worst.milliseconds.toFixed(1)} ms`);
  for (const { index, bug } of bugs.slice(0, 20))
    console.log(`  bug in case ${index}: ${bug.split('\n')[0]}`);
}
