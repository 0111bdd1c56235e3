import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, plainEnvironment, repoFile, runCli, temporaryFolder, type CliResult } from './run-cli.js';

const WORDS = repoFile('test/guests/wasi/build/words.wasm');
const PROBE = repoFile('test/guests/wasi/build/probe.wasm');
const folder = temporaryFolder();

function run(args: readonly string[], { input = '', env = {} } = {}): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'run', ...args], {
    encoding: 'utf8',
    cwd: folder,
    input,
    env: { ...plainEnvironment(), ...env },
  });
  return { code: status, stdout, stderr };
}

function probe(words: readonly string[], ...more: string[]): CliResult {
  return run([PROBE, '--export', 'attempt', '--args', JSON.stringify([words]), ...more]);
}

describe('wasm-plugin run of a program', () => {
  it('gives it arguments and the standard streams', () => {
    const { code, stdout, stderr } = run([WORDS, '--', 'one', '--two'], { input: 'first\nsecond' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('2 words for nobody\none\n--two\nfirst\nsecond');
  });

  it('gives it the variables and files that are granted', () => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data/a.txt'), 'hello');
    const path = join(folder, 'data/a.txt');
    const grants = ['--grant', 'env:WORDS_NAME', '--grant', `fs:${join(folder, 'data')}:ro`];
    const { code, stdout } = run([WORDS, ...grants, '--', path], { env: { WORDS_NAME: 'Ada' } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `1 words for Ada\n${path}\nhello` });
  });

  it('passes its exit code on, and names the grant that was missing', () => {
    const { code, stderr } = run([WORDS, '--', '/etc/hostname']);
    expect(code).toBe(1);
    expect(stderr).toContain('/etc/hostname: Permission denied\n');
    expect(stderr).toContain('hint: What it was refused can be granted: --grant fs:/etc/hostname:ro\n');
  });

  it('prints one JSON object with --json, and its output to stderr', () => {
    const { code, stdout, stderr } = run([WORDS, '--json', '--', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 words for nobody\n--json\n' });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 });
  });

  it('is stopped by limits', () => {
    const { code, stderr } = run([WORDS, '--fuel', '10']);
    expect(code).toBe(1);
    expect(stderr).toContain('the limit "fuel" of 10 is reached');
  });

  it('ends quietly when nobody reads on', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${BIN}" run "${WORDS}" -- ${'word '.repeat(2000)} | head -c 3`],
      { encoding: 'utf8', input: '' },
    );
    expect({ status, stderr: stderr.replace(/^.*(Broken pipe|closed).*\n/gm, '') }).toEqual({
      status: 0,
      stderr: '',
    });
  });
});

describe('wasm-plugin run of a component that imports WASI', () => {
  it('calls it with what is granted', () => {
    expect(probe(['now'], '--grant', 'clock').stdout).toMatch(/^"\d+"\n$/);
    expect(probe(['random'], '--grant', 'random').stdout).toMatch(/^"[0-9a-f]{16}"\n$/);
    expect(probe(['print', 'out'], '--grant', 'stdio')).toEqual({
      code: 0,
      stdout: '"done"\n',
      stderr: 'out\n',
    });
  });

  it.each([
    [['now'], 'clock'],
    [['random'], 'random'],
    [['read', '/etc/hostname'], 'fs:/etc/hostname:ro'],
  ])('without a grant, %j names %s', (words, grant) => {
    const { code, stderr } = probe(words);
    expect(code).toBe(1);
    expect(stderr).toContain(`hint: What it was refused can be granted: --grant ${grant}`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('finds relative paths of fs in --folder', () => {
    mkdirSync(join(folder, 'there/sub'), { recursive: true });
    writeFileSync(join(folder, 'there/sub/b.txt'), 'found');
    const { stdout } = probe(
      ['read', 'sub/b.txt'],
      '--folder',
      join(folder, 'there'),
      '--grant',
      'fs:sub:ro',
    );
    expect(stdout).toBe('"found"\n');
  });

  it('shows the status with which it exits', () => {
    const { code, stderr } = probe(['exit', '3']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/exited with status \d/);
  });

  it('refuses words, which are for programs, and grants that there are none of', () => {
    const words = probe(['now'], '--', 'more');
    expect(words.code).toBe(2);
    expect(words.stderr).toContain('Cannot use "more": a function has its arguments in --args');
    const grant = runCli(['run', PROBE, '--grant', 'fs']);
    expect(grant.code).toBe(2);
    expect(grant.stderr).toContain('Cannot use --grant "fs": "fs" needs an argument');
  });
});
