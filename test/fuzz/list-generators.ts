import { readdir } from 'node:fs/promises';
import type { Generator } from './generator.js';

/** The folder of the generators. */
export const GENERATORS = new URL('generators/', import.meta.url);

/** Returns every generator of a folder, in the order of their names. */
export async function listGenerators(folder: URL = GENERATORS): Promise<Generator[]> {
  const files = (await readdir(folder)).filter((name) => /^[\w-]+\.[jt]s$/.test(name)).sort();
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, folder).href) as Promise<{ generator: Generator }>),
  );
  return modules.map((module) => module.generator);
}
