import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { directoryFiles, memoryFiles, packFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import type { PluginBuilder, PluginPackage } from '@wasm-plugin/engine/host';

/** The root of the checkout, also from where this file is compiled to. */
const ROOT = new URL(import.meta.url.includes('/dist/') ? '../../../../' : '../../../', import.meta.url);

const COUNTER = new Uint8Array(readFileSync(new URL('plugins-rust/build/counter-v1.wasm', ROOT)));

/** The file of a source folder that its builder reads. */
const SOURCE = 'source.txt';

/** The kinds of plugins that a folder can hold. */
export const FORMS = ['source folder', 'built folder', 'package'] as const;

export type Form = (typeof FORMS)[number];

/** The name of a form's plugin in a folder, without the change of it. */
export function nameOf(form: Form, name = 'counter'): string {
  return form === 'package' ? `${name}.plugin.zip` : name;
}

/** The file in a plugin that an edit changes; of a package, itself. */
export function fileOf(form: Form, path: string): string {
  if (form === 'package') return path;
  return join(path, form === 'source folder' ? SOURCE : 'plugin.wasm');
}

/** The content of that file, of an edition of the plugin. */
export async function contentOf(form: Form, edition: string, id = 'counter'): Promise<Uint8Array> {
  if (form === 'source folder') return new TextEncoder().encode(edition);
  return form === 'built folder' ? component(edition) : await packFiles(filesOf(edition, id));
}

/** Writes an edition of the plugin whole, as a person copies it there: under a name that hosts skip, then renamed. */
export async function put(form: Form, path: string, { edition, id = 'counter' }: Edition): Promise<void> {
  const hidden = join(dirname(path), `.new-${id}`);
  if (form === 'package') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(hidden, await contentOf(form, edition, id));
  } else {
    await mkdir(hidden, { recursive: true });
    await writeFile(join(hidden, 'plugin.json'), manifestOf(id));
    await writeFile(fileOf(form, hidden), await contentOf(form, edition));
  }
  await rename(hidden, path);
}

/** An edition of a plugin: all do the same, and each has other bytes. */
export interface Edition {
  readonly edition: string;
  readonly id?: string;
}

/** Builds source folders, as a compiler would. */
export function builderOf({ files }: PluginPackage): PluginBuilder | undefined {
  const file = join(files.source, SOURCE);
  if (!existsSync(file)) return undefined;
  return {
    name: 'copy',
    async build() {
      const wasm = component(await readFile(file, 'utf8'));
      const text = await directoryFiles(files.source).read('plugin.json');
      return memoryFiles(
        { 'plugin.json': new TextDecoder().decode(text), 'plugin.wasm': wasm },
        files.source,
      );
    },
  };
}

function filesOf(edition: string, id: string): PluginFiles {
  return memoryFiles({ 'plugin.json': manifestOf(id), 'plugin.wasm': component(edition) }, id);
}

function manifestOf(id: string): string {
  return JSON.stringify({
    id,
    name: id,
    version: '1.0.0',
    world: 'wasm-plugin:counter/counter',
    entry: 'plugin.wasm',
    state: { schema: 1 },
    permissions: [{ capability: 'log', reason: 'to announce', required: false }],
  });
}

/** The counter with a section that tells editions apart, and changes nothing else. */
function component(edition: string): Uint8Array {
  const text = new TextEncoder().encode(edition);
  const name = new TextEncoder().encode('edition');
  return Uint8Array.of(...COUNTER, 0, 1 + name.length + text.length, name.length, ...name, ...text);
}
