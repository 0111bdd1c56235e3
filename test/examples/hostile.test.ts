import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './start-program.js';
import { runCli } from '../cli/run-cli.js';

const FOLDER = join(ROOT, 'examples/hostile');

function tableIn(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('|'));
}

it('examples/hostile ends each plugin as its README says, and lives', () => {
  const printed = execFileSync(process.execPath, ['examples/dist/hostile/host.js'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const table = tableIn(printed);
  expect(table).toEqual(tableIn(readFileSync(join(FOLDER, 'README.md'), 'utf8')));
  expect(table).toHaveLength(
    2 + readdirSync(join(FOLDER, 'plugins')).filter((name) => !name.includes('.')).length,
  );
  expect(printed).toMatch(/The host is well: it kept \d+ lines of log/);
});

it('examples/hostile has manifests with which nothing is wrong', () => {
  const { code, stdout } = runCli(['list', join(FOLDER, 'plugins'), '--json']);
  expect(code).toBe(0);
  const { plugins } = JSON.parse(stdout) as { plugins: { problems: unknown[] }[] };
  expect(plugins.flatMap(({ problems }) => problems)).toEqual([]);
});
