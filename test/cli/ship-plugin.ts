import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { snapshot, tamper } from './packages/packages.js';
import { plainEnvironment } from './run-cli.js';
import { startDev } from './start-dev.js';

/** A plugin that was made by `wasm-plugin new`, and the program that made it. */
export interface MadePlugin {
  folder: string;
  /** The file of the program. */
  bin: string;
  env: NodeJS.ProcessEnv;
}

/** Words of the templates, of which the component has the text. */
const TEXTS = ['Hello, ', ' is ready', ' out of range', 'wanted a sample rate'];

/** Changes a text of the sources while `wasm-plugin dev` runs: the plugin is reloaded. */
export async function reloads({ folder, bin, env }: MadePlugin): Promise<void> {
  const dev = startDev(folder, ['--grant', 'log', '--grant', 'config'], { bin, env });
  await dev.until(/✓ com\.example\.\S+ \d+\.\d+\.\d+ is ready\n/);
  const { file, text } = sourceWithText(folder);
  const source = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    source.replace(
      text,
      text.replace(/[a-z]+/, (word) => word.toUpperCase()),
    ),
  );
  await dev.until(/✓ reloaded \d+\.\d+\.\d+ in /);
  writeFileSync(file, source);
  await dev.until(/✓ reloaded \d+\.\d+\.\d+ in /);
  expect(await dev.stop()).toBe(0);
}

function sourceWithText(folder: string): { file: string; text: string } {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/^(?:assembly|src|app)\b.*\.(?:ts|js|rs|c|py)$/.test(path)) continue;
    const source = readFileSync(join(folder, path), 'utf8');
    const text = TEXTS.find((each) => source.includes(each));
    if (text !== undefined) return { file: join(folder, path), text };
  }
  throw new Error(`no source in "${folder}" has a text`);
}

/** Packs, signs, publishes and installs a plugin, as its author and a user do. What was tampered with is refused. */
export async function ships(made: MadePlugin): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'wasm-plugin-ship-'));
  const path = (name: string): string => join(place, name);
  const run = (...args: string[]): ReturnType<typeof runProgram> => runProgram(made, args, place);
  for (const key of ['own', 'other']) done(run('keygen', '--no-password', '-o', path(key)));
  const archive = path('plugin.zip');
  done(run('pack', made.folder, '-o', archive));
  done(run('sign', archive, '--key', path('own.key')));
  done(run('verify', archive, '-t', path('own.pub')));
  expect(run('verify', archive, '-t', path('other.pub')).code).toBe(1);

  const forged = path('forged.zip');
  writeFileSync(
    forged,
    await tamper(archive, { 'plugin.wasm': Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0) }),
  );
  const refused = run('verify', forged, '-t', path('own.pub'));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('WP_TAMPERED');

  done(run('publish', archive, '-r', path('registry'), '-t', path('own.pub')));
  const { id } = JSON.parse(readFileSync(join(made.folder, 'plugin.json'), 'utf8')) as { id: string };
  const install = ['install', id, '-d', path('plugins'), '-r', path('registry')];
  expect(run(...install, '-t', path('other.pub')).code).toBe(1);
  expect(snapshot(path('plugins'))).toEqual({});
  done(run(...install, '-t', path('own.pub')));
  expect(done(run('list', path('plugins'), '-t', path('own.pub'))).stdout).toContain(id);

  // A registry that was changed without the key: nothing is installed from it.
  const [published] = readdirSync(path('registry'), { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.zip'),
  );
  writeFileSync(join(path('registry'), published as string), readFileSync(forged));
  const again = ['install', id, '-d', path('elsewhere'), '-r', path('registry'), '-t', path('own.pub')];
  expect(run(...again).code).toBe(1);
  expect(snapshot(path('elsewhere'))).toEqual({});
}

function done<Result extends { code: number | null; stderr: string }>(result: Result): Result {
  expect(result.stderr).not.toMatch(/^error/m);
  expect(result.code).toBe(0);
  return result;
}

function runProgram(
  { bin, env }: MadePlugin,
  args: readonly string[],
  cwd: string,
): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    // Nothing of this machine's: no cache of packages.
    env: { ...plainEnvironment(), XDG_CACHE_HOME: join(cwd, 'cache'), ...env },
  });
  return { code: status, stdout, stderr };
}
