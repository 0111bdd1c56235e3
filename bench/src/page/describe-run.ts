import { spawnSync } from 'node:child_process';
import { cpus, loadavg, platform, release } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The machine, the programs and the sources of a run, as lines of a report: name and value. */
export type RunDescription = readonly (readonly [string, string])[];

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const COMPILERS = ['clang-19', 'gcc', 'rustc'] as const;

/** Describes this machine and these sources. Programs that are not there are named as missing. */
export function describeRun(): RunDescription {
  const processors = cpus();
  return [
    [
      'machine',
      `${processors.length} × ${processors[0]?.model.trim() || process.arch}, ${platform()} ${release()}`,
    ],
    ['load before', (loadavg()[0] ?? 0).toFixed(2)],
    ['Node.js', `${process.versions.node}, V8 ${process.versions.v8 ?? ''}`],
    ...COMPILERS.map((name) => [name, firstLine(name, ['--version']) ?? 'not on this machine'] as const),
    ['commit', commit()],
    ['date', new Date().toISOString()],
  ];
}

function commit(): string {
  const hash = firstLine('git', ['rev-parse', '--short=12', 'HEAD']);
  if (hash === undefined) return 'unknown';
  return firstLine('git', ['status', '--porcelain']) === undefined ? hash : `${hash}, with changes`;
}

function firstLine(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { cwd: REPOSITORY, encoding: 'utf8' });
  const line = status === 0 ? stdout.split('\n')[0]?.trim() : '';
  return line === '' ? undefined : line;
}
