import { parseArgs } from 'node:util';
import { describeMutant } from './mutant.js';
import { mutate, type Tried } from './mutate.js';

const USAGE = `Usage: npm run mutate -- FOLDER [--sample N] [--seed S] [--json]

Changes the sources of a folder of engine/src ("meter", "reload/state") in small ways, one at a time in a copy, and runs the tests that
reach the change: those in the folder of the same name under test, and its neighbours. Prints which changes a test noticed, and which
survived. The seed chooses the sample (40). Verdicts are kept, so a run that was ended goes on.`;

const options = parse();
if (options === undefined) {
  console.error(USAGE);
  process.exit(2);
}
const { folder, json, ...chosen } = options;
const onFailing = (files: readonly string[]): void =>
  console.error(`left out, as they fail without a mutant: ${files.join(', ')}`);
const tried = await mutate({ folder, ...chosen, onFailing, onTried: json ? () => {} : print });
const count = (outcome: Tried['outcome']): number => tried.filter((one) => one.outcome === outcome).length;
const score = tried.length === 0 ? 0 : Math.round((count('noticed') / tried.length) * 1000) / 10;
if (json) {
  console.log(JSON.stringify({ folder, seed: chosen.seed, score, tried }));
} else {
  console.log(
    `\n${folder}: ${count('noticed')} of ${tried.length} noticed (${score} %), ${count('survived')} survived, ${count('not reached')} not reached; seed ${chosen.seed}`,
  );
  for (const one of tried)
    if (one.outcome !== 'noticed') console.log(`  ${one.outcome}: ${describeMutant(one.mutant)}`);
}

function parse(): { folder: string; sample: number; seed: number; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string', default: '40' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    const [folder, ...rest] = positionals;
    const [sample, seed] = [Number(values.sample), Number(values.seed)];
    if (folder === undefined || rest.length > 0) return undefined;
    if (!Number.isSafeInteger(sample) || sample < 1 || !Number.isSafeInteger(seed)) return undefined;
    return { folder, sample, seed, json: values.json };
  } catch {
    return undefined;
  }
}

function print(one: Tried, { done, of }: { done: number; of: number }): void {
  const by = one.outcome === 'noticed' ? `\n            ${one.by}` : '';
  console.log(`${done}/${of} ${one.outcome}  ${describeMutant(one.mutant)}${by}`);
}
