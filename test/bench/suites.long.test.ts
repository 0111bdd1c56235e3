import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderReport, runAll, SUITES, type BenchReport } from '@wasm-plugin/bench';
import { missingCompiler } from '../native-bridge/compile-c.js';

const MAIN = fileURLToPath(new URL('../../bench/dist/main.js', import.meta.url));
const command = (...args: string[]): string[] => ['--expose-gc', MAIN, ...args];

/** Without a C compiler the bridges to native code are left out of the suite. */
const noCompiler = missingCompiler() !== undefined;

/** The suites that are judged here; those of others have tests of their own. */
const WANTED = {
  bridges: noCompiler
    ? { rows: 3, verdicts: 6, ratio: undefined }
    : { rows: 3, verdicts: 18, ratio: 'child/raw echo' },
  authors: { rows: 1, verdicts: 2, ratio: 'bytes' },
  calls: { rows: 10, verdicts: 21, ratio: 'ours/hand' },
  load: { rows: 6, verdicts: 7, ratio: 'jco/cold' },
  rewriting: { rows: 2, verdicts: 2, ratio: 'first/warm' },
  harness: { rows: 3, verdicts: 3, ratio: 'rounds/benchmark' },
} as const;

describe.each(Object.entries(WANTED))('npm run bench -- %s --quick --json', (name, wanted) => {
  it('prints one object of the agreed shape and nothing else', () => {
    const text = execFileSync(process.execPath, command(name, '--quick', '--json'), {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(text.trim().split('\n')).toHaveLength(1);
    const report = JSON.parse(text) as BenchReport;
    expect(Object.keys(report).sort()).toEqual(['bench', 'node', 'rows', 'verdict']);
    expect(report).toMatchObject({ bench: name, node: process.versions.node });
    expect(report.rows).toHaveLength(wanted.rows);
    for (const row of report.rows) {
      expect(row).toEqual({
        name: expect.any(String),
        variants: expect.any(Object),
        ratios: expect.any(Object),
      });
      for (const variant of Object.values(row.variants)) {
        expect(variant.medianNs).toBeGreaterThan(0);
        expect(variant.p99Ns).toBeGreaterThanOrEqual(variant.medianNs);
      }
      for (const ratio of Object.values(row.ratios)) expect(ratio).toBeGreaterThan(0);
    }
    if (wanted.ratio !== undefined) expect(report.rows[0]?.ratios[wanted.ratio]).toEqual(expect.any(Number));
    expect(report.verdict).toHaveLength(wanted.verdicts);
    for (const verdict of report.verdict) {
      expect(verdict).toEqual({
        claim: expect.any(String),
        wanted: expect.stringMatching(/^[≤≥] /),
        got: expect.any(Number),
        ok: expect.any(Boolean),
      });
    }
    expect(renderReport(report)).toContain(report.rows[0]?.name);
  });
});

describe('npm run bench -- reload --quick --only audio', () => {
  it('says what made blocks late, with Node by default and as a realtime host starts it', () => {
    const text = execFileSync(process.execPath, command('reload', '--quick', '--json', '--only', 'audio'), {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { rows, verdict } = JSON.parse(text) as BenchReport;
    expect(verdict).toHaveLength(4);
    for (const { claim } of verdict)
      expect(claim).toMatch(/missed of \d+, through 2 reloads.*\(in between: /);
    for (const step of ['work on a block', 'instantiate', 'swap'])
      expect(rows.filter(({ name }) => name.endsWith(`: ${step}`))).toHaveLength(2);
  });
});

describe('npm run bench', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, command(...args), { encoding: 'utf8' });

  it('explains itself, and names every suite', () => {
    const { status, stdout, stderr } = run('--help');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    for (const suite of SUITES) expect(stderr).toContain(suite.name);
  });

  it.each([
    [['nothing'], 'Cannot find the suite "nothing"'],
    [['calls', 'load'], 'Cannot run more than one suite'],
    [['calls', '--rounds', 'many'], 'Cannot use "--rounds many"'],
    [['calls', '--unknown'], "Unknown option '--unknown'"],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('writes a page of all suites, and one that fails does not end the others', async () => {
    const [harness] = SUITES.filter(({ name }) => name === 'harness');
    if (harness === undefined) throw new Error('the suite "harness" is gone');
    const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
    const told: string[] = [];
    const { page, failed } = await runAll([{ ...harness, name: 'nothing' }, harness], {
      args: ['--quick'],
      folder,
      progress: (name) => told.push(name),
    });
    expect({ failed, told }).toEqual({ failed: 1, told: ['nothing', 'harness'] });
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('suites that failed: nothing');
    expect(html).toContain('Cannot find the suite &#34;nothing&#34;');
    const { run: description, suites } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
      run: Record<string, string>;
      suites: { name: string; report?: BenchReport }[];
    };
    expect(Object.keys(description)).toEqual(
      expect.arrayContaining(['machine', 'Node.js', 'commit', 'date']),
    );
    expect(suites[1]?.report?.rows).toHaveLength(3);
    rmSync(folder, { recursive: true });
  });
});
