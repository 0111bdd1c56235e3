import { lexWit } from './lex-wit.js';
import type { TopName, WitOutline } from './wit-outline.js';
import { WitText, type WitFile } from './wit-text.js';

/** A file and its outline. */
export interface OutlinedFile {
  file: WitFile;
  outline: WitOutline;
}

/** The files of one package. */
export interface PackageFiles {
  /** Undefined for files that hold nested packages only. */
  name: string | undefined;
  files: readonly OutlinedFile[];
}

/** A text of several packages, and the names that were changed for it. */
export interface MergedFiles {
  text: WitText;
  /** The name in a file for an item of another file, by its name in the text. */
  renamed: Map<string, string>;
}

/**
 * Makes one text of a package and those that it uses, which become nested packages: so it needs no file system to be
 * understood. A name that a file brings in with a `use` at its top is known in that file only, and gets a name of its own.
 */
export function mergeFiles(main: PackageFiles, dependencies: readonly PackageFiles[]): MergedFiles {
  const merge = new Merge([main, ...dependencies]);
  merge.text.add(`package ${main.name};\n`);
  merge.addBodies(main);
  for (const dependency of dependencies) {
    if (dependency.name !== undefined) {
      merge.text.add(`package ${dependency.name} {\n`);
      merge.addBodies(dependency);
      merge.text.add('}\n');
    }
  }
  for (const { files } of [main, ...dependencies]) merge.addNested(files);
  return { text: merge.text, renamed: merge.renamed };
}

class Merge {
  readonly text = new WitText();
  readonly renamed = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(packages: readonly PackageFiles[]) {
    const texts = packages.flatMap(({ files }) => files.map(({ file }) => file.text));
    this.#taken = new Set(texts.flatMap((text) => lexWit(text).map((token) => token.text)));
  }

  addBodies({ files }: PackageFiles): void {
    for (const one of files) {
      const names = files.length > 1 ? this.#names(one.outline.topNames) : new Map<string, string>();
      this.#addBody(one, names);
      this.text.add('\n');
    }
  }

  /** Nested packages can stand at the top of a text only. */
  addNested(files: readonly OutlinedFile[]): void {
    for (const { file, outline } of files) {
      for (const { start, end } of outline.nested) {
        this.text.add(file.text.slice(start, end), file, start).add('\n');
      }
    }
  }

  #addBody({ file, outline }: OutlinedFile, names: ReadonlyMap<string, string>): void {
    const renames = outline.topNames.filter(({ name }) => names.has(name));
    const cuts = [...outline.nested.map((span) => ({ ...span, text: '' })), ...renames.map(replacement)].sort(
      (a, b) => a.start - b.start,
    );
    let at = outline.bodyStart;
    for (const { start, end, text } of cuts) {
      this.text.add(file.text.slice(at, start), file, at).add(text, file, start);
      at = end;
    }
    this.text.add(file.text.slice(at), file, at);

    function replacement({ start, end, name, prefix }: TopName) {
      return { start, end, text: prefix + names.get(name)! };
    }
  }

  #names(topNames: readonly TopName[]): Map<string, string> {
    const names = new Map<string, string>();
    for (const { name } of topNames) {
      if (names.has(name)) continue;
      let serial = 1;
      while (this.#taken.has(`${name}-of-file${serial}`)) serial++;
      const fresh = `${name}-of-file${serial}`;
      this.#taken.add(fresh);
      this.renamed.set(fresh, name);
      names.set(name, fresh);
    }
    return names;
  }
}
