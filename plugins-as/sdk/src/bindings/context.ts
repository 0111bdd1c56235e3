import type { WitInterface, WitResource, WitType, WitTypeDefinition, WitWorld } from '../world/index.js';
import { docComment } from './doc-comment.js';
import { InterfaceNames } from './interface-names.js';
import { camelCase, fullName, longName, NameScope, shortName } from './names.js';
import { ModuleWriter } from './module-writer.js';

/** The files every plugin's bindings have, beside one for each interface. */
export const WIT_FILE = 'wit';
export const RUNTIME_FILE = 'runtime';
export const ABI_FILE = 'abi';
export const ABORT_FILE = 'abort';
export const STATE_FILE = 'state';
export const EXPORTS_FILE = 'exports';
/** Stands for the plugin's own entry file. */
export const GUEST_FILE = '..';

/** The shortest name that none of the other interfaces has too: without package and version, without version, or whole. */
function nameAmong(side: readonly WitInterface[], owner: WitInterface): string {
  const own = [shortName, longName].find((nameOf) =>
    side.every((other) => other === owner || nameOf(other) !== nameOf(owner)),
  );
  return (own ?? fullName)(owner);
}

/** State that the parts of the generator share while they make the bindings of one world. */
export class Context {
  readonly world: WitWorld;
  /** Code that moves values, in `abi.ts`: made when first asked for. */
  readonly abi: BindingsFile;
  /** Sizes of the tuples used so far. */
  readonly tuples = new Set<number>();
  readonly #modules = new Map<string, BindingsFile>();
  readonly #files = new Map<WitInterface, string>();
  readonly #names = new Map<WitInterface, InterfaceNames>();
  readonly #namespaces = new Map<WitInterface, string>();
  readonly #exported: Set<WitInterface>;
  readonly #helpers = new Map<string, string>();
  readonly #named = new Map<object, number>();
  #fresh = 0;

  constructor(world: WitWorld) {
    this.world = world;
    this.#exported = new Set([...world.exports, world.rootExports]);
    const files = new NameScope([WIT_FILE, RUNTIME_FILE, ABORT_FILE, STATE_FILE, ABI_FILE, EXPORTS_FILE]);
    const sides = [
      [world.rootImports, ...world.imports],
      [world.rootExports, ...world.exports],
    ];
    for (const side of sides) {
      for (const owner of side) {
        const name = nameAmong(side, owner);
        this.#files.set(owner, files.take(name, `exported-${name}`));
        this.#names.set(owner, new InterfaceNames(owner, this.#exported.has(owner)));
      }
    }
    this.#nameNamespaces();
    this.abi = this.module(ABI_FILE);
  }

  /** The files so far. */
  get modules(): readonly BindingsFile[] {
    return [...this.#modules.values()];
  }

  module(file: string): BindingsFile {
    const found = this.#modules.get(file);
    if (found) return found;
    const made = new BindingsFile(file, this);
    this.#modules.set(file, made);
    return made;
  }

  /** The file with the types and imported functions of an interface. */
  fileOf(owner: WitInterface): string {
    const file = this.#files.get(owner);
    if (file === undefined) throw new Error(`Cannot bind: "${owner.name}" is not of this world`);
    return file;
  }

  /** The namespace of the plugin that implements an exported interface. */
  namespaceOf(owner: WitInterface): string {
    return this.#namespaces.get(owner) ?? '';
  }

  /** The names of an interface's own items. */
  namesOf(owner: WitInterface): InterfaceNames {
    const names = this.#names.get(owner);
    if (names === undefined) throw new Error(`Cannot bind: "${owner.name}" is not of this world`);
    return names;
  }

  /** The class or enum of a type, in the file of its interface. */
  typeName(type: WitTypeDefinition): string {
    return this.namesOf(type.owner).type(type);
  }

  /** The doc comment of an item of an interface, or of a member of one, as AssemblyScript has it; empty if there is none. */
  doc(
    owner: WitInterface,
    item: string,
    { indent = '', more }: { indent?: string; more?: string } = {},
  ): string {
    return docComment(this.world.docs?.get(`${owner.name}#${item}`), { indent, more });
  }

  /** The world's own functions stand beside the namespaces. */
  #nameNamespaces(): void {
    const { exports, rootExports } = this.world;
    const scope = new NameScope(
      rootExports.functions.map((func) => this.namesOf(rootExports).function(func)),
    );
    for (const owner of exports) {
      this.#namespaces.set(owner, scope.take(camelCase(nameAmong(exports, owner))));
    }
  }

  isExported({ owner }: WitResource): boolean {
    return this.#exported.has(owner);
  }

  /** A name that no other local variable has. */
  fresh(prefix: string): string {
    return `${prefix}${this.#fresh++}`;
  }

  /** The name of a helper function for a type; `make` writes it into `abi.ts` the first time. */
  helper(purpose: string, type: WitType, make: (name: string) => void): string {
    const key = `${purpose} ${this.#key(type)}`;
    const found = this.#helpers.get(key);
    if (found !== undefined) return found;
    const name = `${purpose}${this.#helpers.size}`;
    this.#helpers.set(key, name);
    make(name);
    return name;
  }

  #key(type: WitType | undefined): string {
    if (type === undefined) return '_';
    if ('owner' in type) return `#${this.#number(type)}`;
    if (type.kind === 'list') return `list<${this.#key(type.element)}>`;
    if (type.kind === 'map') return `map<${this.#key(type.key)},${this.#key(type.value)}>`;
    if (type.kind === 'tuple') return `tuple<${type.elements.map((element) => this.#key(element)).join()}>`;
    if (type.kind === 'option') return `option<${this.#key(type.some)}>`;
    if (type.kind === 'result') return `result<${this.#key(type.ok)},${this.#key(type.err)}>`;
    return 'resource' in type ? `${type.kind}<#${this.#number(type.resource)}>` : type.kind;
  }

  #number(named: object): number {
    const number = this.#named.get(named) ?? this.#named.size;
    this.#named.set(named, number);
    return number;
  }
}

/** One file of the bindings of a world, for the functions that write into it. */
export class BindingsFile extends ModuleWriter {
  readonly context: Context;

  constructor(file: string, context: Context) {
    super(file);
    this.context = context;
  }
}
