import { readFileSync } from 'node:fs';
import { AUDIO_CHECKS, checkAudio, type AudioCheckResult } from 'wasm-plugin/audio';
import { projectFolder } from '../../wast/index.js';
import { describeError, failed, PASSED, type CaseOutcome, type CaseResult } from '../suite/index.js';

/** Effects that pass each check. */
const GOOD: Readonly<Record<string, string>> = {
  eq: 'plugins-as/build/eq.wasm',
  compressor: 'plugins-rust/build/compressor.wasm',
  zoo: 'plugins-as/build/zoo.wasm',
  delay: 'examples/plugins/delay/plugin.wasm',
  reverb: 'examples/plugins/reverb/plugin.wasm',
};

/** The zoo: effects with one thing wrong, and the checks that find it. No other finds anything. */
const ZOO: Readonly<Record<string, string | readonly string[]>> = {
  'zoo-by-blocks': 'block-sizes',
  'zoo-calls-host': 'realtime',
  'zoo-clicks': 'automation',
  'zoo-clicks-on-reload': 'state',
  'zoo-denormals': 'silence',
  'zoo-leaks': ['realtime', 'steady-cost'],
  'zoo-loses-state': 'state',
  'zoo-nan-after-silence': 'finite',
  'zoo-never-recovers': 'recovery',
  'zoo-no-reset': 'reset',
  'zoo-slow-blocks': 'steady-cost',
  'zoo-wrong-latency': 'latency',
};

/** Checks audio effects, a folder each: those that are right pass every check, each of the zoo is found by its own. */
export async function runAudio(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [folder, file] of Object.entries(GOOD)) {
    results.push(...(await casesOf(folder, file, { selects, judge: expectNothing })));
  }
  for (const [folder, checks] of Object.entries(ZOO)) {
    const judge = (result: AudioCheckResult): CaseOutcome =>
      [checks].flat().includes(result.name) ? expectFound(result) : expectNothing(result);
    results.push(...(await casesOf(folder, `plugins-as/build/${folder}.wasm`, { selects, judge })));
  }
  return results;
}

async function casesOf(
  folder: string,
  file: string,
  context: { selects: (name: string) => boolean; judge: (result: AudioCheckResult) => CaseOutcome },
): Promise<CaseResult[]> {
  const { selects, judge } = context;
  const wanted = new Set(AUDIO_CHECKS.map(({ name }) => name).filter((name) => selects(`${folder}/${name}`)));
  if (wanted.size === 0) return [];
  const named = (name: string, outcome: CaseOutcome): CaseResult => ({
    folder,
    case: `${folder}/${name}`,
    ...outcome,
  });
  try {
    const component = readFileSync(new URL(file, projectFolder()));
    const checked = await checkAudio(component, { selects: (name) => wanted.has(name) });
    return checked.map((result) => named(result.name, judge(result)));
  } catch (error) {
    return [...wanted].map((name) => named(name, failed(describeError(error))));
  }
}

function expectNothing({ found }: AudioCheckResult): CaseOutcome {
  return found === undefined ? PASSED : failed(found);
}

function expectFound({ found }: AudioCheckResult): CaseOutcome {
  return found === undefined ? failed('the check has not found what is wrong') : PASSED;
}
