const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];
const SECTION = { component: 4, instance: 5, alias: 6, export: 11 } as const;
const SORT = { func: 1, instance: 5 } as const;

/** A component to be instantiated, with what it imports by the number of the part that exports it. */
export interface Part {
  bytes: Uint8Array;
  /** Names of instances, and the parts that they come from. */
  instances?: Record<string, number>;
  /** Names of functions, and the parts that they come from. */
  functions?: Record<string, number>;
}

/** Puts components into one: each gets what it imports from parts before it. The last one's functions of some names are exported. */
export function composeComponents(parts: readonly Part[], exported: readonly string[]): Uint8Array {
  const composition = new Composition();
  const made: number[] = [];
  for (const [index, { bytes, instances = {}, functions = {} }] of parts.entries()) {
    const args = [
      ...Object.entries(instances).map(([name, from]) => composition.argument('instance', name, made[from]!)),
      ...Object.entries(functions).map(([name, from]) => composition.argument('func', name, made[from]!)),
    ];
    composition.section(SECTION.component, bytes);
    made.push(composition.instantiate(index, args));
  }
  for (const name of exported) composition.export(name, made.at(-1)!);
  return composition.bytes();
}

class Composition {
  readonly #sections: Uint8Array[] = [Uint8Array.from(PREAMBLE)];
  readonly #count = { func: 0, instance: 0 };

  bytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.#sections));
  }

  section(id: number, content: Uint8Array): void {
    this.#sections.push(Uint8Array.from([id, ...number(content.length)]), content);
  }

  /** An argument of an instantiation: an export of an instance, by its own name. */
  argument(sort: keyof typeof SORT, name: string, instance: number): number[] {
    return [...text(name), SORT[sort], ...number(this.#alias(sort, name, instance))];
  }

  instantiate(component: number, args: readonly number[][]): number {
    const content = [1, 0x00, ...number(component), ...number(args.length), ...args.flat()];
    this.section(SECTION.instance, Uint8Array.from(content));
    return this.#count.instance++;
  }

  export(name: string, instance: number): void {
    const func = this.#alias('func', name, instance);
    this.section(SECTION.export, Uint8Array.from([1, 0x00, ...text(name), SORT.func, ...number(func), 0x00]));
    this.#count.func++;
  }

  #alias(sort: keyof typeof SORT, name: string, instance: number): number {
    this.section(SECTION.alias, Uint8Array.from([1, SORT[sort], 0x00, ...number(instance), ...text(name)]));
    return this.#count[sort]++;
  }
}

function text(value: string): number[] {
  const bytes = Buffer.from(value, 'utf8');
  return [...number(bytes.length), ...bytes];
}

function number(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
}
