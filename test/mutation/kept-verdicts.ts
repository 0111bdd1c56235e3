import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../wast/index.js';
import type { Mutant } from './mutant.js';

/** Result of a mutant: the test that noticed it; none; or no test ran its code. */
export type Verdict =
  { readonly outcome: 'noticed'; readonly by: string } | { readonly outcome: 'survived' | 'not reached' };

interface Kept {
  mutant: string;
  tests: string;
  verdict: Verdict;
}

/**
 * The verdicts of earlier runs, so that one goes on where it was ended. A mutant that was noticed stays noticed while its file is the
 * same: there are only more tests. Others are tried again with other tests.
 */
export class KeptVerdicts {
  readonly #file: string;
  readonly #tests: string;
  readonly #kept = new Map<string, Kept>();

  /** @param tests a hash of the tests that are run */
  constructor(name: string, tests: string) {
    const folder = new URL('node_modules/.cache/wasm-plugin/mutation/', projectFolder());
    mkdirSync(folder, { recursive: true });
    this.#file = fileURLToPath(new URL(`${name.replaceAll('/', '-')}.jsonl`, folder));
    this.#tests = tests;
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n') : [];
    for (const line of lines.slice(0, -1)) {
      const kept = JSON.parse(line) as Kept;
      this.#kept.set(kept.mutant, kept);
    }
  }

  get(mutant: Mutant): Verdict | undefined {
    const kept = this.#kept.get(keyOf(mutant));
    return kept?.verdict.outcome === 'noticed' || kept?.tests === this.#tests ? kept?.verdict : undefined;
  }

  keep(mutant: Mutant, verdict: Verdict): void {
    const kept: Kept = { mutant: keyOf(mutant), tests: this.#tests, verdict };
    this.#kept.set(kept.mutant, kept);
    appendFileSync(this.#file, `${JSON.stringify(kept)}\n`);
  }
}

function keyOf({ file, start, end, after }: Mutant): string {
  const text = readFileSync(fileURLToPath(new URL(file, projectFolder())), 'utf8');
  return createHash('sha256').update([file, start, end, after, text].join('\0')).digest('base64url');
}
