import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { splitHead } from './split-head.js';
import { WitError } from './wit-error.js';
import { WitText, type WitFile } from './wit-text.js';

/** A WIT package as text, with the packages it uses nested in it. */
export interface WitPackage {
  /** E.g. `wasm-plugin:abi@0.1.0`. */
  name: string;
  text: WitText;
  files: WitFile[];
}

/**
 * Reads a WIT file, or a folder with the files of one package. A folder `deps` in it holds the packages it uses, a file or
 * a folder each; they become nested packages, so that the text needs no file system to be understood.
 * @throws {WitError} there is no file, one is not text, or they do not name one package
 * @throws {Error} a file cannot be read
 */
export function readWit(path: string): WitPackage {
  const main = readFiles(path);
  const dependencies = isFolder(path) ? readDependencies(join(path, 'deps')) : [];
  const text = new WitText().add(`package ${main.name};\n`);
  addBodies(text, main.files);
  for (const { name, files } of dependencies) {
    text.add(`package ${name} {\n`);
    addBodies(text, files);
    text.add('}\n');
  }
  return { name: main.name, text, files: [main, ...dependencies].flatMap(({ files }) => files) };
}

interface Files {
  name: string;
  files: WitFile[];
}

function addBodies(text: WitText, files: readonly WitFile[]): void {
  for (const file of files) {
    const { bodyStart } = splitHead(file.text);
    text.add(file.text.slice(bodyStart), file, bodyStart).add('\n');
  }
}

function readDependencies(folder: string): Files[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .sort()
    .map((entry) => join(folder, entry))
    .filter((path) => path.endsWith('.wit') || isFolder(path) || refuseBinary(path))
    .map(readFiles);
}

/** Other tools take encoded packages in `deps` too. */
function refuseBinary(path: string): boolean {
  if (!/\.(wasm|wat)$/.test(path)) return false;
  throw new WitError(
    `Cannot read WIT: "${path}" is encoded, wanted WIT text`,
    `"wasm-tools component wit ${path}" gives its text`,
  );
}

function readFiles(path: string): Files {
  const files = (isFolder(path) ? witFiles(path) : [path]).map((file) => ({
    path: file,
    text: new TextDecoder().decode(readFileSync(file)),
  }));
  if (files.length === 0) throw new WitError(`Cannot read WIT: there is no .wit file in "${path}"`);
  const named = files.flatMap((file) => {
    const { name } = splitHead(file.text);
    return name === undefined ? [] : [{ file: file.path, name }];
  });
  const [first] = named;
  if (first === undefined) {
    throw new WitError(
      `Cannot read WIT: no file names a package, in "${path}"`,
      'Start one file with a line such as "package acme:audio@1.0.0;"',
    );
  }
  const other = named.find(({ name }) => name !== first.name);
  if (other === undefined) return { name: first.name, files };
  throw new WitError(
    `Cannot read WIT: "${first.file}" is of package "${first.name}", "${other.file}" of "${other.name}"`,
    'The files of a folder are one package; others go into its folder "deps"',
  );
}

function witFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wit'))
    .sort()
    .map((name) => join(folder, name));
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
