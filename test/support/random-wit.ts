import type { Random } from './random.js';

const SCALARS = 'bool u8 s8 u16 s16 u32 s32 u64 s64 f32 f64 char string'.split(' ');

/** Types of keys of a map. */
const KEYS = SCALARS.filter((type) => type !== 'f32' && type !== 'f64');

/** Keywords of AssemblyScript, JavaScript, Rust and WIT, and words that bindings or JavaScript itself use. */
export const WORDS: readonly string[] = (
  'abstract any arguments array as assert async await become bigint bool boolean borrow box break case catch ' +
  'changetype char class clone const constructor continue crate data debugger declare default delete do drop ' +
  'dropped dyn else enum err error eval event exception export exports extends extern f32 f64 false final ' +
  'finally flags fn for from func function future gen get give global guest handle hash i16 i32 i64 i8 if impl ' +
  'implements import in include infer infinity instanceof interface is isize keyof length let list load loop ' +
  'macro macro-rules map match memory mod module move mut name namespace never new none null number object of ' +
  'ok option override own package payload priv private promise protected proto prototype pub public raw ' +
  'readonly record ref reinterpret resource result return root s32 safe self set some static store str stream ' +
  'string struct super switch symbol tag then this throw to-json to-string trait true try tuple type typeof ' +
  'u16 u32 u64 u8 unchecked undefined union unit unmanaged unsafe unsized use usize v128 value value-of var ' +
  'variant vec virtual void where while with world yield'
).split(' ');

/** An interface that was written: what others can use of it. */
interface Written {
  /** As another package would name it. */
  path: string;
  name: string;
  packageName: string;
  types: TypeName[];
  /** The interfaces that it uses. */
  uses: Set<Written>;
}

interface TypeName {
  name: string;
  isResource: boolean;
  /** True if a value may hold a borrowed handle, which a result may not. */
  borrows: boolean;
}

/** A package as files, and the same as one text in which every path is written out. */
export interface RandomPackage {
  files: Record<string, string>;
  text: string;
  worlds: string[];
}

/** Options of a random package. */
export interface RandomWitOptions {
  /** Depth of nested types. @default 5 */
  depth?: number;
  /** If true, the world imports and exports each interface, so that a guest can pass on its arguments. @default false */
  proxy?: boolean;
  /** If true, there are resources. @default true */
  resources?: boolean;
}

/** Writes random packages of WIT without async features: every kind of type, and names that are words of languages. */
export class RandomWit {
  readonly #random: Random;
  readonly #depth: number;
  readonly #proxy: boolean;
  readonly #resources: boolean;

  constructor(random: Random, { depth = 5, proxy = false, resources = true }: RandomWitOptions = {}) {
    this.#random = random;
    this.#depth = depth;
    this.#proxy = proxy;
    this.#resources = resources;
  }

  package(): RandomPackage {
    const random = this.#random;
    const interfaces: Written[] = [];
    const files: Record<string, string> = {};
    const nested: string[] = [];
    for (let i = random.below(3); i > 0; i--) {
      const packageName = `%dep${i}:%${random.pick(WORDS)}${random.pick(['', '@0.1.0', '@1.2.3-rc.1'])}`;
      const texts = this.#interfaces(packageName, { interfaces, count: 1 + random.below(2) });
      files[`deps/dep${i}.wit`] = `package ${packageName};\n${texts.map(({ text }) => text).join('')}`;
      nested.push(`package ${packageName} {\n${texts.map(({ text }) => text).join('')}}\n`);
    }
    const packageName = `fuzz:main${random.pick(['', '@0.0.1'])}`;
    const own = this.#interfaces(packageName, { interfaces, count: 1 + random.below(3) });
    const world = this.#world(packageName, interfaces);
    const texts = [...own, world];
    for (const [index, { text, aliased }] of texts.entries()) {
      const head = index === 0 ? `package ${packageName} ;\n` : '';
      files[`file${index}.wit`] = `${head}${random.chance(0.5) ? aliased : text}`;
    }
    const text = `package ${packageName};\n${texts.map(({ text }) => text).join('')}${nested.join('')}`;
    return { files, text, worlds: [world.name] };
  }

  #interfaces(
    packageName: string,
    { interfaces, count }: { interfaces: Written[]; count: number },
  ): { text: string; aliased: string; name: string }[] {
    const scope = new Set(
      interfaces.filter((each) => each.packageName === packageName).map(({ name }) => name),
    );
    return this.#random.many(count, () => {
      const name = this.#name(scope);
      const written: Written = {
        name,
        packageName,
        path: pathOf(packageName, name),
        types: [],
        uses: new Set(),
      };
      const body = this.#interface(written, interfaces);
      interfaces.push(written);
      return {
        name,
        text: `interface ${name} {\n${body.text}}\n`,
        aliased: `${body.top}interface ${name} {\n${body.aliased}}\n`,
      };
    });
  }

  #interface(written: Written, others: readonly Written[]): { text: string; aliased: string; top: string } {
    const random = this.#random;
    const scope = new Set<string>();
    let [text, aliased, top] = ['', '', ''];
    for (const [index, other] of others.entries()) {
      const path = other.packageName === written.packageName ? other.name : other.path;
      const chosen = other.types.filter(() => random.chance(0.3));
      if (chosen.length === 0) continue;
      written.uses.add(other);
      const names = chosen.map((type) => {
        const name =
          scope.has(type.name.toLowerCase()) || random.chance(0.3)
            ? this.#name(scope)
            : taken(scope, type.name);
        written.types.push({ ...type, name });
        return name === type.name ? name : `${type.name} as ${name}`;
      });
      text += `  use ${path}.{${names.join(', ')}};\n`;
      top += `use ${path} as %alias${index};\n`;
      aliased += `  use alias${index}.{${names.join(', ')}};\n`;
    }
    const body = new InterfaceBody(random, {
      written,
      scope,
      name: () => this.#name(scope),
      depth: this.#depth,
      resources: this.#resources,
    });
    const rest = body.text(1 + random.below(5), 1 + random.below(5));
    return { text: text + rest, aliased: aliased + rest, top };
  }

  #world(
    packageName: string,
    interfaces: readonly Written[],
  ): { name: string; text: string; aliased: string } {
    const random = this.#random;
    const name = this.#name(new Set(interfaces.map((each) => each.name.toLowerCase())));
    const exported = new Set<Written>();
    let items = '';
    for (const each of interfaces) {
      const path = each.packageName === packageName ? each.name : each.path;
      const isClosed = [...each.uses].every((used) => exported.has(used));
      if (this.#proxy || random.chance(0.5)) items += `  import ${path};\n`;
      if (!this.#proxy && !(isClosed && random.chance(0.5))) continue;
      exported.add(each);
      items += `  export ${path};\n`;
    }
    const scope = new Set<string>();
    const root: Written = { name: '', packageName, path: '', types: [], uses: new Set() };
    const body = new InterfaceBody(random, {
      written: root,
      scope,
      name: () => this.#name(scope),
      depth: this.#depth,
      resources: false,
    });
    items += body.types(random.below(3));
    for (let i = random.below(3); i > 0; i--) {
      const func = `${this.#name(scope)}: ${body.func()};\n`;
      if (this.#proxy) items += `  import ${func}  export ${func}`;
      else items += `  ${random.pick(['import', 'export'])} ${func}`;
    }
    const text = `world ${name} {\n${items}}\n`;
    return { name: name.slice(1), text, aliased: text };
  }

  #name(scope: Set<string>): string {
    const random = this.#random;
    for (let more = 0; ; more++) {
      const words = random.many(random.pick([1, 1, 2]), () => random.pick(WORDS));
      const name = `%${words.join('-')}${more > 3 ? more : ''}`;
      if (!scope.has(name.toLowerCase())) return taken(scope, name);
    }
  }
}

function taken(scope: Set<string>, name: string): string {
  scope.add(name.toLowerCase());
  return name;
}

function pathOf(packageName: string, name: string): string {
  const [path, version] = packageName.split('@');
  return `${path}/${name}${version === undefined ? '' : `@${version}`}`;
}

interface BodyFacts {
  written: Written;
  scope: Set<string>;
  name: () => string;
  depth: number;
  resources: boolean;
}

/** Writes the types and functions of one interface. */
class InterfaceBody {
  readonly #random: Random;
  readonly #facts: BodyFacts;
  #resources = '';

  constructor(random: Random, facts: BodyFacts) {
    this.#random = random;
    this.#facts = facts;
  }

  text(types: number, functions: number): string {
    const declared = this.types(types);
    const functionsText = this.#random.many(functions, () => `  ${this.#facts.name()}: ${this.func()};\n`);
    return declared + this.#resources + functionsText.join('');
  }

  types(count: number): string {
    return this.#random.many(count, () => this.#declare()).join('');
  }

  func(constructs?: string): string {
    const random = this.#random;
    const scope = new Set<string>();
    const params = random.many(random.pick([0, 1, 1, 2, 3, 6, 18]), () => {
      let name: string;
      do name = `%${random.pick(WORDS)}${random.pick(['', '', '-x', '2'])}`;
      while (scope.has(name) || name === '%self');
      scope.add(name);
      return `${name}: ${this.#type(random.pick([1, 2, this.#facts.depth]), true).text}`;
    });
    if (constructs !== undefined) return `(${params.join(', ')})${constructs}`;
    const result = random.chance(0.7) ? ` -> ${this.#type(this.#facts.depth, false).text}` : '';
    return `func(${params.join(', ')})${result}`;
  }

  #declare(): string {
    const random = this.#random;
    const { written, name: fresh, depth, resources } = this.#facts;
    const name = fresh();
    const kind = random.below(resources ? 6 : 5);
    if (kind === 5) {
      written.types.push({ name, isResource: true, borrows: false });
      this.#resources += this.#resource(name);
      return '';
    }
    const borrows = kind < 3 && random.chance(0.1);
    const inner = (): string => {
      const type = this.#type(depth - 1, borrows);
      return type.text;
    };
    const members = (count: number, write: (name: string) => string): string => {
      const scope = new Set<string>();
      return random
        .many(count, () => {
          let member: string;
          do member = `%${random.pick(WORDS)}${random.pick(['', '', '-x', '2'])}`;
          while (scope.has(member));
          scope.add(member);
          return write(member);
        })
        .join(', ');
    };
    const text = [
      () => `record ${name} { ${members(1 + random.below(6), (field) => `${field}: ${inner()}`)} }`,
      () =>
        `variant ${name} { ${members(1 + random.below(6), (item) => (random.chance(0.7) ? `${item}(${inner()})` : item))} }`,
      () => `type ${name} = ${inner()};`,
      () => `enum ${name} { ${members(1 + random.below(9), (item) => item)} }`,
      () => `flags ${name} { ${members(random.pick([1, 8, 9, 16, 17, 32]), (item) => item)} }`,
    ][kind]!();
    written.types.push({ name, isResource: false, borrows });
    return `  ${text}\n`;
  }

  #resource(name: string): string {
    const random = this.#random;
    // A function of a resource may not be called as the resource: it would be the same name in a component.
    const scope = new Set<string>([name]);
    const items = random.many(random.below(4), () => {
      let member: string;
      do member = `%${random.pick(WORDS)}`;
      while (scope.has(member));
      scope.add(member);
      const func = this.func();
      return `    ${member}: ${random.chance(0.3) ? `static ${func}` : func};\n`;
    });
    const made = random.pick([
      undefined,
      '',
      ` -> result<${name}>`,
      ` -> result<${name}, ${this.#type(2, false).text}>`,
    ]);
    if (made !== undefined) items.push(`    constructor${this.func(made)};\n`);
    return `  resource ${name} {\n${items.join('')}  }\n`;
  }

  #type(depth: number, mayBorrow: boolean): { text: string } {
    const random = this.#random;
    const inner = (): string => this.#type(depth - 1, mayBorrow).text;
    const names = this.#facts.written.types.filter((type) => mayBorrow || !type.borrows);
    if (names.length > 0 && random.chance(0.3)) {
      const { name, isResource } = random.pick(names);
      return { text: isResource && mayBorrow && random.chance(0.5) ? `borrow<${name}>` : name };
    }
    if (depth <= 0 || random.chance(0.2)) return { text: random.pick(SCALARS) };
    const text = [
      () => `list<${inner()}>`,
      () => `option<${inner()}>`,
      () => `map<${random.pick(KEYS)}, ${inner()}>`,
      () => `tuple<${random.many(1 + random.below(3), inner).join(', ')}>`,
      () => 'result',
      () => `result<${inner()}>`,
      () => `result<_, ${inner()}>`,
      () => `result<${inner()}, ${inner()}>`,
    ];
    return { text: random.pick(text)() };
  }
}
