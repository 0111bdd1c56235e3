import type { Random } from '../support/random.js';

const SCALARS = [
  'bool',
  'u8',
  's8',
  'u16',
  's16',
  'u32',
  's32',
  'u64',
  's64',
  'f32',
  'f64',
  'char',
  'string',
];

/** Names that every object of JavaScript has, and words of its grammar: a guest may call its fields, flags and cases so. */
const JS_NAMES = [
  'to-string',
  'value-of',
  'has-own-property',
  'is-prototype-of',
  'property-is-enumerable',
  'to-locale-string',
  'constructor',
  'prototype',
  'length',
  'name',
  'then',
  'tag',
  'val',
  'class',
  'new',
  'this',
  'null',
  'true',
  'function',
  'typeof',
  'delete',
  'arguments',
  'eval',
  'await',
  'get',
  'proto',
];

/** Writes a WIT interface of random types and of functions that echo them. */
export class RandomInterface {
  readonly #random: Random;
  readonly #types: string[] = [];
  readonly #names: readonly string[];
  #serial = 0;

  /** `names` are taken for fields, flags and cases; `js` are those that JavaScript has a meaning for. */
  constructor(random: Random, names: 'plain' | 'js' = 'plain') {
    this.#random = random;
    this.#names = names === 'js' ? JS_NAMES : [];
  }

  /** Returns the text of a package with the world `echoes`, which imports and exports `echo`. */
  text(functions: number): string {
    const lines = this.#random.many(functions, (index) => `echo-x${index}: ${this.#function()};`);
    lines.push(`wide-variant: func(x: ${this.#wideVariant()}) -> wide;`);
    lines.push(`wide-enum: func(x: wide-names) -> wide-names;`);
    return `package test:random;

interface echo {
${[...this.#types, ...lines].map((line) => `  ${line}`).join('\n')}
}

world echoes {
  import echo;
  export echo;
}
`;
  }

  #function(): string {
    const params = this.#random.many(this.#random.pick([1, 1, 1, 2, 3, 6]), () => this.#type(3));
    const result = params.length === 1 ? params[0] : `tuple<${params.join(', ')}>`;
    return `func(${params.map((type, index) => `p${index}: ${type}`).join(', ')}) -> ${result}`;
  }

  /** More than 256 cases: their discriminant takes two bytes. */
  #wideVariant(): string {
    const payloads = ['f64', 'u32', 'string', 's64', 'list<f32>', 'f32', undefined];
    const cases = this.#random.many(300, (index) => {
      const payload = payloads[index % payloads.length];
      return payload === undefined ? `c${index}` : `c${index}(${payload})`;
    });
    this.#types.push(`variant wide { ${cases.join(', ')} }`);
    this.#types.push(`enum wide-names { ${this.#random.many(257, (index) => `n${index}`).join(', ')} }`);
    return 'wide';
  }

  #type(depth: number): string {
    const random = this.#random;
    if (depth === 0 || random.chance(0.25)) return random.pick(SCALARS);
    const inner = (): string => this.#type(depth - 1);
    switch (random.below(8)) {
      case 0:
        return `list<${inner()}>`;
      case 1:
        return `option<${inner()}>`;
      case 2:
        return `tuple<${random.many(1 + random.below(4), inner).join(', ')}>`;
      case 3:
        return this.#result(inner);
      case 4:
        return this.#define(
          (name) => `record ${name} { ${this.#fields(random.many(1 + random.below(9), inner))} }`,
        );
      case 5:
        return this.#define(
          (name) => `flags ${name} { ${this.#namesOf('n', 1 + random.below(32)).join(', ')} }`,
        );
      case 6:
        return this.#define(
          (name) => `enum ${name} { ${this.#namesOf('n', 1 + random.below(6)).join(', ')} }`,
        );
      default:
        return this.#define((name) => {
          const payloads = random.many(1 + random.below(6), () => (random.chance(0.8) ? inner() : undefined));
          const names = this.#namesOf('k', payloads.length);
          const cases = payloads.map((each, index) =>
            each === undefined ? names[index] : `${names[index]}(${each})`,
          );
          return `variant ${name} { ${cases.join(', ')} }`;
        });
    }
  }

  #result(inner: () => string): string {
    return this.#random.pick([
      () => 'result',
      () => `result<${inner()}>`,
      () => `result<_, ${inner()}>`,
      () => `result<${inner()}, ${inner()}>`,
    ])();
  }

  #fields(types: readonly string[]): string {
    const names = this.#namesOf('field-x', types.length);
    return types.map((type, index) => `${names[index]}: ${type}`).join(', ');
  }

  /** Returns names for the parts of one type: none twice. */
  #namesOf(prefix: string, count: number): string[] {
    const left = [...this.#names];
    return Array.from({ length: count }, (_, index) =>
      left.length === 0 ? `${prefix}${index}` : `%${left.splice(this.#random.below(left.length), 1)[0]}`,
    );
  }

  #define(write: (name: string) => string): string {
    const name = `type-x${this.#serial++}`;
    this.#types.push(write(name));
    return name;
  }
}
