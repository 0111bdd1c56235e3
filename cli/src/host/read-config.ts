import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkHostConfig, type HostConfig } from '@wasm-plugin/abi/host-config';
import { LineCounter, parseDocument } from 'yaml';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { Places } from './places.js';

/** Files are not longer than that. */
const MOST_CHARACTERS = 1_048_576;

/**
 * Reads the configuration of a host, JSON or YAML. Its paths become absolute, its keys the text of the files that hold them.
 * @throws {CliError} WP_CONFIG with every problem, each with its line
 */
export async function readConfig(file: string): Promise<HostConfig> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError('read', file, error);
  });
  if (text.length > MOST_CHARACTERS)
    throw refusal(file, [`1:1 it is longer than ${MOST_CHARACTERS} characters`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  if (document.errors.length > 0) {
    throw refusal(
      file,
      document.errors.map(({ pos: [at], message }) => {
        const { line, col } = lines.linePos(at);
        return `${line}:${col} ${message}`;
      }),
    );
  }
  const places = new Places(document, lines);
  const { config, problems } = checkHostConfig(valueOf(document, file));
  if (config === undefined)
    throw refusal(
      file,
      problems.map((problem) => places.describe(problem)),
    );
  return withPaths(config, dirname(resolve(file)));
}

/** Aliases are followed so often: a few lines could stand for billions of values. */
const MOST_ALIASES = 100;

function valueOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    throw refusal(file, [`1:1 ${(error as Error).message}`]);
  }
}

/** Resolves paths against the folder of the file. */
function withPaths(config: HostConfig, folder: string): HostConfig {
  const at = (path: string): string => resolve(folder, path);
  const { folders, lockFile, store, sandbox, audit, door, trustedKeys } = config;
  return {
    ...config,
    folders: folders.map((path) => USUAL[path]?.() ?? at(path)),
    ...(lockFile !== undefined && { lockFile: at(lockFile) }),
    ...(store !== undefined && { store: at(store) }),
    ...(audit !== undefined && { audit: at(audit) }),
    ...(sandbox?.folder !== undefined && { sandbox: { folder: at(sandbox.folder) } }),
    ...(door !== undefined && {
      door: {
        ...door,
        ...(door.unix !== undefined && { unix: at(door.unix) }),
        ...((door.tokenFile !== undefined || door.port !== undefined) && {
          tokenFile: at(door.tokenFile ?? '.wasm-plugin/token'),
        }),
      },
    }),
    ...(trustedKeys !== undefined && { trustedKeys: trustedKeys.map((key) => keyFrom(key, at(key))) }),
  };
}

function keyFrom(key: string, path: string): string {
  return !/^RW[A-Za-z0-9+/=]{54}$/.test(key) && existsSync(path) ? readFileSync(path, 'utf8') : key;
}

/** Folders that go by a name: those of the user and of the machine. */
const USUAL: Readonly<Record<string, () => string>> = {
  '@user': () => join(userData(), 'wasm-plugin', 'plugins'),
  '@system': () =>
    process.platform === 'win32'
      ? join(process.env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'wasm-plugin', 'plugins')
      : '/usr/local/lib/wasm-plugin/plugins',
};

function userData(): string {
  const { XDG_DATA_HOME, APPDATA } = process.env;
  if (process.platform === 'win32') return APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
}

function refusal(file: string, problems: readonly string[]): CliError {
  const shown = problems.slice(0, 20).map((problem) => `${file}:${problem}`);
  const listed = shown.length === 1 ? ` ${shown[0]}` : `\n  ${shown.join('\n  ')}`;
  return new CliError(`Cannot read the configuration:${listed}`, { code: 'WP_CONFIG' });
}
