import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import { pathOfGuest } from '../guests.js';

const PROGRAM = fileURLToPath(new URL('many-main.js', import.meta.url));
const run = promisify(execFile);

const GUESTS = [
  ['EQ', 'plugins-as/build/eq.wasm'],
  ['compressor', 'plugins-rust/build/compressor.wasm'],
] as const;

/** The row's name, without that of the plugin. */
export const MANY = 'many: 1,000 instances';

const PROCESSES = 5;

interface Found {
  wallNs: number;
  /** The part of that time in which other programs had the processors. */
  waitedNs: number;
  eachBytes: number;
}

/** Measures the time and memory of many instances of a plugin, each time in a fresh process. */
export async function measureMany({
  quick,
}: {
  quick: boolean;
}): Promise<{ rows: RowReport[]; verdict: Verdict[] }> {
  const rows: RowReport[] = [];
  const verdict: Verdict[] = [];
  for (const [name, path] of GUESTS) {
    const found: Found[] = [];
    while (found.length < (quick ? 1 : PROCESSES)) found.push(await inProcess(path, quick ? 10 : 1000));
    const of = (fact: keyof Found): number[] => found.map((each) => each[fact]);
    rows.push(rowReport(`${MANY}, ${name}`, new Map([['instance', of('wallNs')]]), { ratios: [] }));
    const waited = `${(median(of('waitedNs')) / 1e9).toFixed(1)} s of it without a processor`;
    verdict.push(
      atMost(`${MANY}, ${name} (${waited})`, 2, median(of('wallNs')) / 1e9, ' s'),
      atMost(
        `${MANY}, ${name}: resident memory each, above the module`,
        200,
        median(of('eachBytes')) / 1000,
        ' kB',
      ),
    );
  }
  return { rows, verdict };
}

async function inProcess(path: string, count: number): Promise<Found> {
  const { stdout } = await run(process.execPath, ['--expose-gc', PROGRAM, pathOfGuest(path), String(count)]);
  return JSON.parse(stdout) as Found;
}
