import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../conformance/suite/index.js';
import { testFolder } from '../wast/index.js';
import { SLACK_BYTES, type Attack } from './attack.js';
import { listAttacks } from './list-attacks.js';

const RUN_ONE = fileURLToPath(new URL('dist/attacks/run-one.js', testFolder()));

/** Tries of an attack that was late: another program may have had the processor. */
const TRIES = 3;

/** A process that runs longer is ended: far more than any limit. */
const MOST_MS = 60_000;

/** Runs the attacks that `selects` takes, one after the other. */
export async function runAttacks(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const attack of await listAttacks()) {
    if (!selects(`${attack.folder}/${attack.name}`)) continue;
    results.push({
      folder: attack.folder,
      case: `${attack.folder}/${attack.name}`,
      ...(await judge(attack)),
    });
  }
  return results;
}

async function judge(attack: Attack): Promise<CaseOutcome> {
  const missing = attack.missing?.();
  if (missing !== undefined) return skipped(missing);
  let outcome = PASSED;
  for (let left = TRIES; left > 0; left--) {
    outcome = await attempt(attack);
    if (outcome.outcome !== 'failed') break;
  }
  return outcome;
}

async function attempt(attack: Attack): Promise<CaseOutcome> {
  let text;
  try {
    const args = ['--no-warnings', RUN_ONE, attack.name];
    ({ stdout: text } = await promisify(execFile)(process.execPath, args, { timeout: MOST_MS }));
  } catch (error) {
    const { stderr, signal, message } = error as Error & { stderr?: string; signal?: string };
    return failed(
      `the process ended${signal === null ? '' : ` by ${String(signal)}`}: ${lastLines(stderr ?? message)}`,
    );
  }
  const { ms, bytes } = JSON.parse(text.trim().split('\n').at(-1) ?? '') as { ms: number; bytes: number };
  if (ms > 3 * attack.limitMs)
    return failed(`took ${Math.round(ms)} ms under a limit of ${attack.limitMs} ms`);
  const most = 2 * attack.memoryBytes + SLACK_BYTES;
  if (bytes > most) return failed(`grew by ${mebibytes(bytes)} MiB, at most ${mebibytes(most)} were allowed`);
  return PASSED;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-12).join(' | ').slice(-1000);
}
