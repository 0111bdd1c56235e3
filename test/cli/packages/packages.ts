import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { memoryFiles, openPlugin, packFiles } from '@wasm-plugin/abi/package';
import { checkedFiles } from '@wasm-plugin/abi/trust';
import { readSecretKey, signArchive } from '../../../cli/src/keys/index.js';
import { packPlugin } from '../../../cli/src/pack/index.js';
import { openRegistry } from '../../../cli/src/registry/index.js';
import { BIN, callCli, plainEnvironment, repoFile, type CliResult } from '../run-cli.js';

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
export function writePlugin(
  folder: string,
  manifest: object,
  files: Record<string, string | Uint8Array> = {},
): string {
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

/** Runs a command, and returns the parsed output of `--json`. */
export async function cliJson<T = Record<string, unknown>>(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<T> {
  const { stdout, stderr, code } = await callCli([...args, '--json'], options);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Packs a plugin of the counter in this process; signs it where a key is given, and publishes it where a registry is. */
export async function packedPlugin(
  folder: string,
  {
    id,
    version,
    key,
    registry,
    code = COUNTER,
    ...more
  }: {
    id: string;
    version: string;
    key?: string;
    registry?: string;
    code?: Uint8Array;
    [name: string]: unknown;
  },
): Promise<string> {
  const manifest = manifestOf(id, version, more);
  const source = writePlugin(join(folder, 'src', `${id}-${version}`), manifest, { 'plugin.wasm': code });
  const file = join(folder, `${id}-${version}.plugin.zip`);
  const { manifest: packed, archive } = await packPlugin(source);
  writeFileSync(file, archive);
  if (key !== undefined) {
    const text = readFileSync(key, 'utf8');
    await signArchive(file, await readSecretKey(text, { source: key, password: async () => '' }));
  }
  if (registry !== undefined) {
    const files = await checkedFiles(await openPlugin(file), undefined);
    const contents = new Map<string, Uint8Array>();
    for (const path of await files.list()) contents.set(path, await files.read(path));
    const { sha256 } = files;
    await openRegistry(registry).publish({
      manifest: packed,
      archive: readFileSync(file),
      files: contents,
      sha256,
    });
  }
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

/** Returns the files of a folder with their content, so that two states can be compared. */
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

/** Returns true if a program of the machine is there. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

/** The line of an error, without the word before it. */
export function errorOf({ stderr }: CliResult): string {
  return stderr.split('\n')[0]?.replace(/^error: /, '') ?? '';
}

/** Runs the command line as a process of its own, which a test may end. */
export async function runCliBeside(
  args: readonly string[],
  {
    env = {},
    cwd,
    onChild,
  }: { env?: NodeJS.ProcessEnv; cwd?: string; onChild?: (child: ChildProcess) => void } = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    env: { ...plainEnvironment(), ...env },
  });
  onChild?.(child);
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}

/** An error in `--json`. */
export function jsonError({ stdout }: CliResult): { code: string; message: string } {
  return (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
}

/** Returns the versions in the lock file of a folder, by id. */
export function lockedVersions(folder: string): Record<string, string> {
  const path = join(folder, '.wasm-plugin-lock.json');
  if (!existsSync(path)) return {};
  const { plugins } = JSON.parse(readFileSync(path, 'utf8')) as {
    plugins: Record<string, { version: string }>;
  };
  return Object.fromEntries(Object.entries(plugins).map(([id, { version }]) => [id, version]));
}
