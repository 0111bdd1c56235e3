import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError, failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../suite/index.js';
import { buildProgram } from './build-program.js';
import { CASES } from './cases/index.js';
import { CRATE_PROGRAMS } from './crate-programs.js';
import { fillFolder } from './fill-folder.js';
import { OWN_PROGRAMS } from './own-programs.js';
import type { Program } from './program.js';
import type { ProgramCase } from './program-case.js';
import type { Ending } from './run.js';
import { runInSandbox, type Variant } from './run-in-sandbox.js';
import { runInWasmtime } from './run-in-wasmtime.js';
import { wasmtime } from './wasmtime.js';

const VARIANTS: Variant[] = ['plain', 'limited'];

/** Runs each program without and with limits, and compares its output, exit code and files with those of wasmtime's run. */
export async function runPrograms(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'programs-')));
  const results: CaseResult[] = [];
  try {
    for (const program of [...CRATE_PROGRAMS, ...OWN_PROGRAMS]) {
      const { name: folder } = program;
      const cases = CASES.filter((one) => one.program === folder && selects(`${folder}/${one.name}`));
      const add = (one: ProgramCase, outcomes: CaseOutcome[]): void => {
        for (const [at, outcome] of outcomes.entries())
          results.push({ folder, case: `${folder}/${one.name} (${VARIANTS[at]})`, ...outcome });
      };
      if (cases.length === 0) continue;
      const other = wasmtime();
      const missing = 'missing' in other ? other.missing : program.missing();
      if (missing !== undefined || 'missing' in other) {
        for (const one of cases)
          add(
            one,
            VARIANTS.map(() => skipped(missing ?? '')),
          );
        continue;
      }
      const file = attemptBuild(program);
      for (const one of cases)
        if (typeof file !== 'string')
          add(
            one,
            VARIANTS.map(() => file),
          );
        else add(one, await judge(one, { wasmtime: other.file, file, folder: join(root, 'box') }));
    }
    return results;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Returns the component's file, or that it could not be built. */
function attemptBuild(program: Program): string | CaseOutcome {
  try {
    return buildProgram(program);
  } catch (error) {
    return failed(describeError(error));
  }
}

async function judge(
  one: ProgramCase,
  { wasmtime: other, ...context }: { wasmtime: string; file: string; folder: string },
): Promise<CaseOutcome[]> {
  fillFolder(context.folder);
  const wanted = runInWasmtime(other, one, context);
  const outcomes: CaseOutcome[] = [];
  for (const variant of VARIANTS) {
    fillFolder(context.folder);
    try {
      const reason = difference(await runInSandbox(variant, one, context), wanted, one.normalize);
      outcomes.push(reason === undefined ? PASSED : failed(reason));
    } catch (error) {
      outcomes.push(failed(describeError(error)));
    }
  }
  return outcomes;
}

function difference(
  got: Ending,
  wanted: Ending,
  normalize: ProgramCase['normalize'] = (text) => text,
): string | undefined {
  for (const key of ['status', 'stdout', 'stderr', 'files'] as const) {
    const [one, other] = [got[key], wanted[key]].map((value) => normalize(String(value))) as [string, string];
    if (one !== other) return `${key}: ${firstDifference(one, other)}`;
  }
  return undefined;
}

function firstDifference(got: string, wanted: string): string {
  const [lines, others] = [got.split('\n'), wanted.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  const line = at < 0 ? lines.length : at;
  const show = (text: string | undefined): string => JSON.stringify(text?.slice(0, 200) ?? 'nothing');
  return `line ${line + 1} is ${show(lines[line])}, wasmtime has ${show(others[line])}`;
}
