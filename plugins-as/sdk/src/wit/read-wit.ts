import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { splitPackage } from './split-package.js';

/**
 * Reads a WIT file, or a folder with the files of one package, as one text.
 *
 * A folder `deps` in it holds the packages it uses: a file or a folder each. They become nested packages, so that
 * the text needs no file system to be understood.
 *
 * @throws {Error} the folder holds no WIT file, no file of it names the package, or two name different ones
 */
export function readWit(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, 'utf8');
  const main = readPackage(path);
  const nested = dependencies(join(path, 'deps')).map(({ name, body }) => `package ${name} {\n${body}\n}\n`);
  return [`package ${main.name};\n`, main.body, ...nested].join('\n');
}

interface Package {
  name: string;
  body: string;
}

function dependencies(folder: string): Package[] {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder).sort()
    : [];
  return entries.map((entry) => readPackage(join(folder, entry)));
}

function readPackage(path: string): Package {
  const files = statSync(path).isFile() ? [path] : witFiles(path);
  if (files.length === 0) throw new Error(`Cannot read WIT: there is no .wit file in "${path}"`);
  const parts = files.map((file) => splitPackage(readFileSync(file, 'utf8')));
  const names = [...new Set(parts.flatMap(({ name }) => (name === undefined ? [] : [name])))];
  if (names.length !== 1) {
    const found = names.length === 0 ? 'no file names a package' : `the files are of "${names.join('", "')}"`;
    throw new Error(`Cannot read WIT: ${found}, in "${path}"`);
  }
  return { name: names[0]!, body: parts.map(({ body }) => body).join('\n') };
}

function witFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wit'))
    .sort()
    .map((name) => join(folder, name));
}
