/** One AssemblyScript file being written: its imports, and its text. */
export class ModuleWriter {
  /** Without `.ts`, relative to the folder of the bindings. */
  readonly file: string;
  readonly #imports = new Map<string, string>();
  readonly #blocks: string[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** Returns the name in this file of the item `name` of another file, and imports it if needed. */
  ref(file: string, name: string): string {
    if (file === this.file) return name;
    const alias =
      file === '..' ? 'guest' : `$${file.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`;
    this.#imports.set(file, alias);
    return `${alias}.${name}`;
  }

  add(block: string): void {
    this.#blocks.push(block);
  }

  /** The text. `entry` is where the plugin's own code is, relative to the bindings. */
  text(entry: string): string {
    const imports = [...this.#imports].map(([file, alias]) => {
      const path = file === '..' ? entry : `./${file}`;
      return `import * as ${alias} from '${path}';\n`;
    });
    return `// Made by @wasm-plugin/as; not to be edited.\n${imports.join('')}\n${this.#blocks.join('\n')}`;
  }
}
