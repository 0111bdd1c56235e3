import type { Side } from '../context.js';
import type { ResourceType } from '../resource-type.js';
import type { ValueType } from '../types.js';

/** The four movements of a value; they call each other for the parts of a compound. */
export interface ValueEmitters {
  /** Emits the lowering of the value `v` to core values, and gives their expressions. `v` is evaluated more than once. */
  lower(e: Emitter, type: ValueType, v: string): string[];
  /** Emits the lifting of core values, and gives the value's expression. */
  lift(e: Emitter, type: ValueType, flats: readonly string[]): string;
  /** Emits the storing of the value `v` at `pointer`, a variable. */
  store(e: Emitter, type: ValueType, v: string, pointer: string): void;
  /** Emits the loading of a value from `pointer`, a variable, and gives the value's expression. */
  load(e: Emitter, type: ValueType, pointer: string): string;
}

/** Facts beside its type that all code of a function depends on. */
export interface CallTraits {
  side: Side;
  /** True if the instance has a meter. */
  metered: boolean;
}

/**
 * Collects the text of a generated function. The text is made of fixed fragments and numbers only: names, helpers and
 * resource types are constants that the function closes over, so nothing that a guest chose is ever compiled.
 */
export class Emitter {
  readonly side: Side;
  /** True if the instance has a meter, which lists that are long are to look at. */
  readonly metered: boolean;
  readonly values: ValueEmitters;
  readonly constants: unknown[] = [];
  readonly #constantNames = new Map<unknown, string>();
  readonly #resources: readonly ResourceType[];
  readonly #lines: string[] = [];
  #variables = 0;

  constructor({ side, metered }: CallTraits, resources: readonly ResourceType[], values: ValueEmitters) {
    this.side = side;
    this.metered = metered;
    this.values = values;
    this.#resources = resources;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** Declares a variable for `expression` and gives its name. */
  bind(expression: string): string {
    const name = this.fresh();
    this.line(`const ${name} = ${expression};`);
    return name;
  }

  /** Returns an unused variable name. */
  fresh(): string {
    return `v${this.#variables++}`;
  }

  /** Returns the name of a constant with this value. */
  constant(value: unknown): string {
    let name = this.#constantNames.get(value);
    if (name === undefined) {
      name = `k${this.constants.push(value) - 1}`;
      this.#constantNames.set(value, name);
    }
    return name;
  }

  /** Returns the name of a resource type, which differs from instance to instance. */
  resource(type: ResourceType): string {
    return `r${this.#resources.indexOf(type)}`;
  }

  /** The body of the factory: constants and resources, then the lines. */
  text(): string {
    const constants = this.constants.map((_, index) => `k${index} = k[${index}]`);
    const resources = this.#resources.map((_, index) => `r${index} = r[${index}]`);
    const declared = [...constants, ...resources];
    return `'use strict';\n${declared.length > 0 ? `const ${declared.join(', ')};\n` : ''}${this.#lines.join('\n')}`;
  }
}
