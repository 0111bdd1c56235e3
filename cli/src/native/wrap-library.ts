import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { AudioDescriptor } from '@wasm-plugin/abi';
import { settingKey } from '@wasm-plugin/native-bridge';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { pickPlugin, scanLibrary, withLibraryPlugin } from './library-plugin.js';

/** Files that wrap a library. */
export interface WrapOptions {
  /** @default the name of the library, without its extension */
  folder: string | undefined;
  plugin: string | undefined;
  id: string | undefined;
  io: Io;
}

/**
 * Makes the folder of a plugin out of a native library: a copy of it, and a manifest.
 * @throws {CliError} the library cannot be opened, or the folder holds files already
 */
export async function wrapLibrary(
  path: string,
  { folder: wanted, plugin, id: wantedId, io }: WrapOptions,
): Promise<{ folder: string; id: string; files: string[] }> {
  const scanned = await scanLibrary(path);
  const label = pickPlugin(path, scanned, plugin);
  const file = basename(path);
  const folder = wanted ?? file.slice(0, -extname(file).length || undefined);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CliError(`Cannot make a plugin in "${folder}": it holds files already`);
  const { descriptor, schema } = await withLibraryPlugin({ path, label, io }, (instance, { processor }) => ({
    descriptor: processor?.describe(),
    schema: (instance.exports['state'] as { schema(): number }).schema(),
  }));
  const id = wantedId ?? `com.example.${wordFrom(label === '' ? file.replace(/\..*/, '') : label)}`;
  const manifest = {
    id,
    name: descriptor?.name ?? id,
    version: '1.0.0',
    world: `wasm-plugin:abi/${descriptor === undefined ? 'plugin' : 'audio-effect'}`,
    carrier: 'library',
    platforms: [{ os: process.platform, cpu: process.arch, entry: label === '' ? file : `${file}#${label}` }],
    ...(scanned.format === 'wasm-plugin' && { permissions: PERMISSIONS }),
    state: { schema },
    ...(descriptor !== undefined &&
      scanned.format !== 'wasm-plugin' && { config: { schema: settingsOf(descriptor) } }),
  };
  try {
    mkdirSync(folder, { recursive: true });
    copyFileSync(path, join(folder, file));
    writeFileSync(join(folder, 'plugin.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    throw fileError('write', folder, error);
  }
  return { folder, id, files: ['plugin.json', file] };
}

const PERMISSIONS = [
  { capability: 'log', reason: 'to say what it does', required: false },
  { capability: 'config', reason: 'to read its settings', required: false },
];

/** Settings by the names of the parameters. */
function settingsOf({ parameters }: AudioDescriptor): object {
  const properties: Record<string, object> = {};
  for (const { name, min, max, flags, default: value } of parameters) {
    const key = settingKey(name);
    if (flags.readOnly || key === '' || Object.hasOwn(properties, key)) continue;
    // Without bounds, LADSPA says that any float will do.
    const bounds = Math.abs(min) < 1e30 && Math.abs(max) < 1e30 ? { minimum: min, maximum: max } : {};
    properties[key] = { type: 'number', title: name, ...bounds, default: value };
  }
  return { type: 'object', additionalProperties: false, properties };
}

function wordFrom(name: string): string {
  const word = name
    .split('.')
    .at(-1)
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '');
  return word === undefined || word === '' ? 'plugin' : word;
}
