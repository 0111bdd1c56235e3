import { createEngine } from '@wasm-plugin/engine';
import { runRounds, type Clock, type Contender } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import { instantiateWithJco } from '../jco.js';
import type { Suite } from '../suite.js';
import { firstLoadNs } from './first-load.js';
import { MANY, measureMany } from './many.js';
import { EQ, LARGE, loadSubjects, SMALL, type Subject } from './subjects.js';
import { varyComponent } from './vary.js';

const RATIOS = [
  ['jco', 'cold'],
  ['cold', 'cached'],
] as const;

const WARM_UP_ROUNDS = 3;

/** Time from bytes to an instance that can be called. */
export const LOAD: Suite = {
  name: 'load',
  summary:
    'from bytes to a ready instance: cold, from the cache, first in a process, and jco; many instances',
  defaultRounds: 21,
  async run(options) {
    options.progress('making components');
    const subjects = await loadSubjects(options);
    const rows: RowReport[] = [];
    for (const subject of subjects) {
      if (!subject.name.includes(options.only)) continue;
      options.progress(subject.name);
      const contenders = await contendersOf(subject, options.clock);
      const { rounds, random, quick } = options;
      if (!quick) await runRounds(contenders, { rounds: WARM_UP_ROUNDS, random });
      const samples = await runRounds(contenders, { rounds, random });
      rows.push(rowReport(subject.name, samples, { ratios: RATIOS }));
    }
    const verdict = judge(rows, subjects).filter(({ got }) => !Number.isNaN(got));
    if (MANY.includes(options.only)) {
      options.progress(MANY);
      const many = await measureMany(options);
      rows.push(...many.rows);
      verdict.push(...many.verdict);
    }
    return { rows, verdict };
  },
};

async function contendersOf(subject: Subject, clock: Clock): Promise<Contender[]> {
  const { bytes, imports } = subject;
  const engine = createEngine({ imports });
  const plugin = await engine.load(bytes);
  /** Times `run` on bytes that no cache contains. */
  const fresh = async (run: (varied: Uint8Array) => Promise<unknown>): Promise<number> => {
    const varied = varyComponent(bytes, clock());
    const start = clock();
    await run(varied);
    return clock() - start;
  };
  const timed = async (run: () => unknown): Promise<number> => {
    const start = clock();
    await run();
    return clock() - start;
  };
  return [
    {
      name: 'cold',
      sample: () => fresh(async (varied) => (await createEngine({ imports }).load(varied)).instantiate()),
    },
    { name: 'cached', sample: () => timed(async () => (await engine.load(bytes)).instantiate()) },
    { name: 'instance', sample: () => timed(() => plugin.instantiate()) },
    { name: 'jco', sample: () => fresh((varied) => instantiateWithJco(varied, imports)) },
    { name: 'first', sample: () => firstLoadNs(subject) },
  ];
}

function judge(rows: readonly RowReport[], subjects: readonly Subject[]): Verdict[] {
  const ms = (name: string, variant: string): number => {
    const row = rows.find((each) => each.name === name);
    return (row?.variants[variant]?.medianNs ?? NaN) / 1e6;
  };
  const size = (name: string): number => subjects.find((each) => each.name === name)?.bytes.length ?? NaN;
  const perByte = ms(LARGE, 'cold') / size(LARGE) / (ms(SMALL, 'cold') / size(SMALL));
  return [
    atMost(`${EQ}: cold`, 10, ms(EQ, 'cold'), ' ms'),
    atMost(`${EQ}: cached`, 1, ms(EQ, 'cached'), ' ms'),
    atMost('linear in size: time a byte, 10 MB over 1 MB', 1.25, perByte),
  ];
}
