import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../wast/index.js';
import { findMutants } from './find-mutants.js';
import { KeptVerdicts, type Verdict } from './kept-verdicts.js';
import type { Mutant } from './mutant.js';
import { MutationTree } from './mutation-tree.js';
import { runTests } from './run-tests.js';
import { sample } from './sample.js';

/** A mutant, and its verdict. */
export type Tried = { readonly mutant: Mutant } & Verdict;

export interface MutateOptions {
  /** A folder of `engine/src`, e.g. `reload/state`. */
  readonly folder: string;
  readonly sample: number;
  readonly seed: number;
  /** Told of tests that fail without a mutant; they are left out. */
  readonly onFailing: (files: readonly string[]) => void;
  readonly onTried: (tried: Tried, progress: { done: number; of: number }) => void;
}

/** The tests of these folders of sources are in these folders of tests too. */
const NEIGHBOURS: Record<string, readonly string[]> = {
  canonical: ['link', 'runtime'],
  meter: ['runtime'],
  link: ['canonical'],
};

/** A test file that takes longer is no test of a detail, and would be run for each mutant that survives. */
const LONGEST_MS = 20_000;

/** Time limit of a run: a multiple of its time without a mutant, and an allowance for the start. */
const SLOWER = 4;
const START_MS = 20_000;

/** Tries a sample of the mutants of a folder of sources, one after the other. */
export async function mutate({
  folder,
  sample: count,
  seed,
  onFailing,
  onTried,
}: MutateOptions): Promise<Tried[]> {
  const root = fileURLToPath(projectFolder());
  const sources = filesIn(root, `engine/src/${folder}`).filter((file) => !/\/index(\.node)?\.ts$/.test(file));
  const all = sources.flatMap((file) => findMutants(file, readFileSync(`${root}${file}`, 'utf8')));
  const chosen = sample(all, { count, seed }).map((mutant, number) => ({ mutant, number }));
  const top = folder.split('/')[0] as string;
  const tests = [top, ...(NEIGHBOURS[top] ?? [])]
    .flatMap((name) => filesIn(root, `test/${name}`))
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.long.test.ts'));
  const kept = new KeptVerdicts(folder, hashOf(tests.map((file) => readFileSync(`${root}${file}`, 'utf8'))));
  const tried: Tried[] = [];
  const note = (mutant: Mutant, verdict: Verdict): void => {
    tried.push({ mutant, ...verdict });
    onTried({ mutant, ...verdict }, { done: tried.length, of: chosen.length });
  };
  const open = chosen.filter(({ mutant }) => {
    const verdict = kept.get(mutant);
    if (verdict !== undefined) note(mutant, verdict);
    return verdict === undefined;
  });
  if (open.length === 0) return tried;

  const tree = MutationTree.create(chosen);
  const end = (): never => {
    tree.remove();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    tree.activate('log');
    const plain = await runTests(tree.folder, tests, { timeoutMs: 1_800_000, isolate: true });
    const reached = tree.reached();
    if (plain.failedFiles.length > 0) onFailing(plain.failedFiles);
    if (reached.size === 0)
      throw new Error(`Cannot try mutants: no test reaches one (${plain.failed ?? 'none fails'})`);
    for (const { mutant, number } of open) {
      const files = [...(reached.get(number) ?? [])]
        .map((path) => path.slice(tree.folder.length + 1))
        .filter(
          (file) => !plain.failedFiles.includes(file) && (plain.milliseconds.get(file) ?? 0) <= LONGEST_MS,
        )
        .toSorted((a, b) => placeOf(a, b));
      function placeOf(a: string, b: string): number {
        const place = (file: string): number =>
          distance(file, mutant.file) * 1e9 + (plain.milliseconds.get(file) ?? 0);
        return place(a) - place(b);
      }
      let verdict: Verdict = { outcome: 'not reached' };
      if (files.length > 0) {
        tree.activate(number);
        const took = files.reduce((sum, file) => sum + (plain.milliseconds.get(file) ?? 0), 0);
        const { failed } = await runTests(tree.folder, files, { timeoutMs: START_MS + SLOWER * took });
        verdict = failed === undefined ? { outcome: 'survived' } : { outcome: 'noticed', by: failed };
      }
      kept.keep(mutant, verdict);
      note(mutant, verdict);
    }
  } finally {
    tree.remove();
  }
  return tried;
}

/** Returns the distance of a test from a source: 0 has its name, 1 is in the mirrored folder, 2 is elsewhere. */
function distance(test: string, source: string): number {
  const mirrored = source.replace('engine/src/', 'test/');
  if (basename(test, '.test.ts') === basename(source).replace(/(\.node)?\.ts$/, '')) return 0;
  return test.startsWith(mirrored.slice(0, mirrored.lastIndexOf('/') + 1)) ? 1 : 2;
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .toSorted();
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('base64url');
}
