import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mergeFiles, type OutlinedFile, type PackageFiles } from './merge-files.js';
import { WitError } from './wit-error.js';
import { outlineOf } from './wit-outline.js';
import type { WitFile, WitText } from './wit-text.js';

/** A WIT package as text, with the packages it uses nested in it. */
export interface WitPackage {
  /** E.g. `wasm-plugin:abi@0.1.0`. */
  name: string;
  text: WitText;
  files: WitFile[];
  /** The interfaces and worlds that the package itself has. */
  interfaces: string[];
  worlds: string[];
  /** Names in the text for items that a `use` at the top of a file brings in, and the file's names for them. */
  renamed: Map<string, string>;
}

/**
 * Reads a WIT file, or a folder with the files of one package. A folder `deps` in it holds the packages it uses, a file or
 * a folder each; they become nested packages, so that the text needs no file system to be understood.
 * @throws {WitError} there is no file, one is not text, or they do not name one package
 * @throws {Error} a file cannot be read
 */
export function readWit(path: string): WitPackage {
  const main = readFiles(path);
  return packageOf(main, isFolder(path) ? readDependencies(join(path, 'deps')) : []);
}

/**
 * Takes a WIT text as the only file of a package.
 * @throws {WitError} it does not name a package
 */
export function parseWit(text: string, path = 'package.wit'): WitPackage {
  return packageOf(packageFiles([{ path, text }], path), []);
}

function packageOf(main: PackageFiles, dependencies: PackageFiles[]): WitPackage {
  const [first] = main.files;
  if (main.name === undefined || first === undefined) {
    throw new WitError(
      `Cannot read WIT: no file names a package, in "${first?.file.path}"`,
      'Start one file with a line such as "package acme:audio@1.0.0;"',
    );
  }
  const all = [main, ...dependencies].flatMap(({ files }) => files);
  return {
    name: main.name,
    ...mergeFiles(main, dependencies),
    files: all.map(({ file }) => file),
    interfaces: main.files.flatMap(({ outline }) => outline.interfaces),
    worlds: main.files.flatMap(({ outline }) => outline.worlds),
  };
}

function readDependencies(folder: string): PackageFiles[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .sort()
    .map((entry) => join(folder, entry))
    .filter((path) => path.endsWith('.wit') || isFolder(path) || refuseBinary(path))
    .map(readDependency);
}

/** A dependency may consist of nested packages only. */
function readDependency(path: string): PackageFiles {
  const found = readFiles(path);
  if (found.name !== undefined || found.files.some(({ outline }) => outline.nested.length > 0)) return found;
  throw new WitError(
    `Cannot read WIT: no file names a package, in "${path}"`,
    'Start one file with a line such as "package acme:audio@1.0.0;"',
  );
}

/** Other tools take encoded packages in `deps` too. */
function refuseBinary(path: string): boolean {
  if (!/\.(wasm|wat)$/.test(path)) return false;
  throw new WitError(
    `Cannot read WIT: "${path}" is encoded, wanted WIT text`,
    `"wasm-tools component wit ${path}" gives its text`,
  );
}

function readFiles(path: string): PackageFiles {
  const files = (isFolder(path) ? witFiles(path) : [path]).map((file) => ({
    path: file,
    text: new TextDecoder().decode(readFileSync(file)),
  }));
  return packageFiles(files, path);
}

function packageFiles(files: readonly WitFile[], path: string): PackageFiles {
  if (files.length === 0) throw new WitError(`Cannot read WIT: there is no .wit file in "${path}"`);
  const outlined: OutlinedFile[] = files.map((file) => ({ file, outline: outlineOf(file.text) }));
  const named = outlined.filter(({ outline }) => outline.packageName !== undefined);
  const [first] = named;
  const other = named.find(({ outline }) => outline.packageName !== first?.outline.packageName);
  if (first === undefined || other === undefined) {
    return { name: first?.outline.packageName, files: outlined };
  }
  const [one, two] = [first, other].map(({ file, outline }) => `"${file.path}" of "${outline.packageName}"`);
  throw new WitError(
    `Cannot read WIT: ${one!.replace('" of "', '" is of package "')}, ${two}`,
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
