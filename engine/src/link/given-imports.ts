import { camelCase } from '../canonical/index.js';
import { InterfaceNames } from '../component/index.js';
import { importHint } from './import-hint.js';

/**
 * Imports of a component from the host: by import name, functions, classes, and objects of them. For `wasi:cli/stdout@0.2.3`
 * the engine takes the first of these keys that exists: the same name; `wasi:cli/stdout`, which fits every version; the newest
 * compatible version, as `wasi:cli/stdout@0.2.6`; its track, `wasi:cli/stdout@0.2`. Versions are compatible if they share the
 * major version, or the minor one below 1.0.0; below 0.1.0, and for pre-releases, only equal ones are. A function of the world
 * itself may be given in camel case. A core module is given as bytes, and checked against its declared type, or as a
 * `WebAssembly.Module`, of which only names and kinds are checked.
 */
export type HostImports = Readonly<Record<string, unknown>>;

/** The imports of the host, found by name. */
export class GivenImports {
  readonly #imports: HostImports;
  /** Made when a name has been asked for that is not there as such. */
  #names: InterfaceNames | undefined;

  constructor(imports: HostImports) {
    this.#imports = imports;
  }

  /** Returns the value under `name`, or under the name that goes for it. */
  get(name: string): unknown {
    const key = this.#keyFor(name);
    return key === undefined ? undefined : this.#imports[key];
  }

  /** Returns advice about a missing import. */
  hintFor(name: string): string {
    return importHint(name, Object.keys(this.#imports));
  }

  #keyFor(name: string): string | undefined {
    if (this.#has(name)) return name;
    if (!name.includes('@')) return this.#has(camelCase(name)) ? camelCase(name) : undefined;
    this.#names ??= new InterfaceNames(Object.keys(this.#imports));
    return this.#names.findGiven(name);
  }

  #has(key: string): boolean {
    return Object.hasOwn(this.#imports, key);
  }
}
