import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateBindings } from '../bindings/index.js';
import { readWit } from '../wit/index.js';
import { readWorld } from '../world/index.js';
import { entryFrom, type BuildPluginOptions } from './build-plugin.js';

/**
 * Writes the bindings of a plugin into the folder `bindings` beside its entry file, for editors and readers to see.
 * `buildPlugin` does not need them there.
 */
export async function writeBindings({ entry, wit, world }: BuildPluginOptions): Promise<string[]> {
  const { files } = generateBindings(await readWorld(readWit(wit), world), entryFrom(entry));
  const folder = join(dirname(entry), 'bindings');
  mkdirSync(folder, { recursive: true });
  return [...files].map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}
