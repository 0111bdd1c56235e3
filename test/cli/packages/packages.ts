import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { memoryFiles, openPlugin, packFiles } from '@wasm-plugin/abi/package';
import { repoFile, runCli, type CliResult } from '../run-cli.js';

/** A component that needs nothing but a log. */
export const COUNTER = new Uint8Array(readFileSync(repoFile('plugins-rust/build/counter-v1.wasm')));

/** The manifest of a plugin that is the counter. */
export function manifestOf(id: string, version: string, more: object = {}): object {
  return {
    id,
    name: id,
    version,
    world: 'wasm-plugin:counter/counter',
    entry: 'plugin.wasm',
    license: 'Apache-2.0',
    permissions: [{ capability: 'log', reason: 'to announce', required: false }],
    state: { schema: 1 },
    ...more,
  };
}

/** Writes the folder of a plugin. */
export function writePlugin(folder: string, manifest: object, files: Record<string, string> = {}): string {
  const all = {
    'plugin.json': JSON.stringify(manifest),
    'plugin.wasm': COUNTER,
    LICENSE: 'Apache',
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Runs the command line, and returns what `--json` printed. */
export function cliJson<T = Record<string, unknown>>(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): T {
  const { stdout, stderr, code } = runCli([...args, '--json'], options);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Packs a plugin of the counter; signs it where a key is given. */
export function packedPlugin(
  folder: string,
  { id, version, key, ...more }: { id: string; version: string; key?: string; [name: string]: unknown },
): string {
  const source = writePlugin(join(folder, 'src', `${id}-${version}`), manifestOf(id, version, more));
  const file = join(folder, `${id}-${version}.plugin.zip`);
  cliJson(['pack', source, '-o', file]);
  if (key !== undefined) cliJson(['sign', file, '--key', key]);
  return file;
}

/** Replaces files of a packed plugin, as somebody would who has no key; `undefined` takes one away. */
export async function tamper(
  file: string,
  changes: Record<string, Uint8Array | string | undefined>,
): Promise<Uint8Array> {
  const files = await openPlugin(file);
  const contents: Record<string, Uint8Array | string> = {};
  for (const path of await files.list()) contents[path] = await files.read(path);
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) delete contents[path];
    else contents[path] = content;
  }
  return await packFiles(memoryFiles(contents));
}

/** Says what lies in a folder, and what is in each file, so that two looks can be compared. */
export function snapshot(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  );
}

/** Whether a program of the machine is there. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

/** The line of an error, without the word before it. */
export function errorOf({ stderr }: CliResult): string {
  return stderr.split('\n')[0]?.replace(/^error: /, '') ?? '';
}
