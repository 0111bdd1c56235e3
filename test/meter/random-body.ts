import { signed, unsigned } from './wasm-builder.js';

/** Features of the bodies: at most one family of exceptions, as V8 does not mix them. */
export interface Uses {
  readonly legacyExceptions?: boolean;
  readonly exceptionReferences?: boolean;
  readonly arrays?: boolean;
  readonly wideMemory?: boolean;
  readonly functionReferences?: boolean;
  readonly atomics?: boolean;
}

/** Indices of the items in the module of `random-program.ts` that bodies name. */
export const LAYOUT = {
  functions: 4,
  types: { call: 0, nothing: 1, number: 2, bytes: 3, longs: 4 },
  tags: { nothing: 0, number: 1 },
  /** Local 0 is the parameter; these follow. */
  locals: { numbers: 4, bytes: 4, longs: 5 },
} as const;

/** Values of a branch to it; `catch` has none and can be thrown again from; no branch goes to `reference`. */
type Label = 'none' | 'number' | 'catch' | 'reference';
type Code = number[];

const { types, tags, locals } = LAYOUT;
const I32 = 0x7f;
const NONE = 0x40;
const EXNREF = 0x69;

/** Makes random bodies of type i32 → i32, which always validate: the same numbers make the same bodies. */
export class RandomBody {
  readonly #random: (below: number) => number;
  readonly #uses: Uses;
  #budget = 0;

  /** @param random gives a whole number below the one it is given */
  constructor(random: (below: number) => number, uses: Uses) {
    this.#random = random;
    this.#uses = uses;
  }

  /** Returns the instructions of a body, without its closing `end`. */
  body(): Code {
    this.#budget = 60;
    const { arrays } = this.#uses;
    const made = arrays
      ? [types.bytes, locals.bytes, types.longs, locals.longs].flatMap((index, at) =>
          at % 2 === 0 ? [0x41, 20, 0xfb, 7, index] : [0x21, index],
        )
      : [];
    return [...made, ...this.#statements(['number'], 6), ...this.#number(['number'])];
  }

  #pick<T>(...choices: readonly T[]): T {
    return choices[this.#random(choices.length)] as T;
  }

  #statements(labels: readonly Label[], most: number): Code {
    const code: Code = [];
    for (let left = 1 + this.#random(most); left > 0; left--) code.push(...this.#statement(labels));
    return code;
  }

  #inside(labels: readonly Label[], label: Label): Code {
    return this.#statements([label, ...labels], 3);
  }

  #statement(labels: readonly Label[]): Code {
    if (this.#budget-- <= 0) return [0x01];
    const { legacyExceptions, exceptionReferences, arrays, functionReferences } = this.#uses;
    const choices: (() => Code)[] = [
      () => [...this.#number(labels), 0x21, this.#random(locals.numbers)],
      () => [...this.#number(labels), 0x1a],
      () => [0x02, NONE, ...this.#inside(labels, 'none'), 0x0b],
      () => this.#loop(labels),
      () => [...this.#number(labels), 0x04, NONE, ...this.#inside(labels, 'none'), 0x0b],
      () => this.#ifElse(labels),
      () => this.#branch(labels),
      () => this.#branch(labels),
      () => this.#bulk(labels),
      () => this.#bulk(labels),
      () => this.#tailCall(labels),
    ];
    if (legacyExceptions) choices.push(...Array(5).fill(() => this.#try(labels)));
    if (exceptionReferences) choices.push(...Array(5).fill(() => this.#tryTable(labels)));
    if (legacyExceptions || exceptionReferences) choices.push(() => this.#throw(labels));
    if (arrays) choices.push(...Array(4).fill(() => this.#array(labels)));
    if (functionReferences) choices.push(() => this.#onReference(labels));
    return this.#pick(...choices)();
  }

  #loop(labels: readonly Label[]): Code {
    const inner = this.#inside(labels, 'none');
    return [0x03, NONE, ...inner, ...this.#number(['none', ...labels]), 0x0d, 0, 0x0b];
  }

  #ifElse(labels: readonly Label[]): Code {
    const then = this.#inside(labels, 'none');
    return [...this.#number(labels), 0x04, NONE, ...then, 0x05, ...this.#inside(labels, 'none'), 0x0b];
  }

  #to(labels: readonly Label[], wanted: 'none' | 'number'): number | undefined {
    const fits = (label: Label) => label === wanted || (label === 'catch' && wanted === 'none');
    const fit = labels.flatMap((label, at) => (fits(label) ? [at] : []));
    return fit.length === 0 ? undefined : this.#pick(...fit);
  }

  #branch(labels: readonly Label[]): Code {
    const plain = this.#to(labels, 'none');
    const numbered = this.#to(labels, 'number') as number;
    const conditional = (to: number) => [...this.#number(labels), 0x0d, ...unsigned(to)];
    const forms = [
      () => [...this.#number(labels), ...conditional(numbered), 0x1a],
      () => [...this.#number(labels), ...(this.#random(2) === 0 ? [0x0f] : [0x0c, ...unsigned(numbered)])],
    ];
    if (plain !== undefined) {
      const table = [this.#to(labels, 'none'), this.#to(labels, 'none'), plain] as number[];
      forms.push(
        () => conditional(plain),
        () => conditional(plain),
        () => [...conditional(plain), 0x0c, ...unsigned(plain)],
        () => [...this.#number(labels), 0x0e, 2, ...table.flatMap((to) => unsigned(to))],
      );
    }
    return this.#pick(...forms)();
  }

  #tailCall(labels: readonly Label[]): Code {
    const direct = [...this.#lower(), 0x12, this.#random(LAYOUT.functions)];
    const indirect = [...this.#lower(), ...this.#index(['none', ...labels]), 0x13, types.call, 0];
    const call = this.#random(2) === 0 ? direct : indirect;
    return [...this.#number(labels), 0x04, NONE, ...call, 0x0b];
  }

  /** Less than the parameter, so that calls come to an end now and then. */
  #lower(): Code {
    return [0x20, 0, 0x41, 1, 0x6b];
  }

  #index(labels: readonly Label[]): Code {
    return [...this.#number(labels), 0x41, 3, 0x71];
  }

  #bulk(labels: readonly Label[]): Code {
    const small = () =>
      this.#pick([...this.#number(labels), 0x41, ...signed(0xff), 0x71], [0x41, 9], [0x41, 0xc8, 1]);
    const wide = this.#uses.wideMemory === true;
    const address = () => (wide ? [...small(), 0xad] : small());
    return this.#pick(
      () => [...address(), ...small(), ...address(), 0xfc, 11, 0],
      () => [...address(), ...address(), ...address(), 0xfc, 10, 0, 0],
      () => [...address(), 0x41, 0, ...this.#number(labels), 0x41, 7, 0x71, 0xfc, 8, 0, 0],
      () => [...this.#number(labels), 0x41, 1, 0x71, ...(wide ? [0xad] : []), 0x40, 0, 0x1a],
      () => [0xd2, 1, ...this.#index(labels), 0xfc, 15, 0, 0x1a],
      () => [0x41, 4, 0x41, 5, ...this.#index(labels), 0xfc, 14, 0, 0],
      () => [0x41, 4, 0xd2, 2, ...this.#index(labels), 0xfc, 17, 0],
    )();
  }

  #array(labels: readonly Label[]): Code {
    const bytes = [0x20, locals.bytes];
    const longs = [0x20, locals.longs];
    const few = () => [...this.#number(labels), 0x41, 15, 0x71];
    return this.#pick(
      () => [...bytes, 0x41, 1, 0x41, 7, ...few(), 0xfb, 16, types.bytes],
      () => [...longs, 0x41, 1, 0x42, 7, ...few(), 0xfb, 16, types.longs],
      () => [...longs, 0x41, 2, ...longs, 0x41, 1, ...few(), 0xfb, 17, types.longs, types.longs],
      () => [...bytes, 0x41, 2, 0x41, 0, ...few(), 0x41, 7, 0x71, 0xfb, 18, types.bytes, 0],
      () => [0x42, 5, ...few(), 0x41, 20, 0x6a, 0xfb, 6, types.longs, 0x21, locals.longs],
      () => [...few(), 0x41, 20, 0x6a, 0xfb, 7, types.bytes, 0x21, locals.bytes],
      () => [0x41, 0, ...few(), 0x41, 7, 0x71, 0xfb, 9, types.bytes, 0, 0x1a],
    )();
  }

  #throw(labels: readonly Label[]): Code {
    const inside: readonly Label[] = ['none', ...labels];
    const thrown = this.#pick([0x08, tags.nothing], [...this.#number(inside), 0x08, tags.number]);
    const caught = inside.indexOf('catch');
    const form = caught < 0 || this.#random(2) === 0 ? thrown : [0x09, ...unsigned(caught)];
    return [...this.#number(labels), 0x04, NONE, ...form, 0x0b];
  }

  #try(labels: readonly Label[]): Code {
    const code = [0x06, NONE, ...this.#inside(labels, 'none')];
    if (this.#random(4) === 0) return [...code, 0x18, ...unsigned(this.#random(labels.length))];
    const handler = () => this.#inside(labels, 'catch');
    if (this.#random(2) === 0) code.push(0x07, tags.number, 0x21, 1, ...handler());
    if (this.#random(2) === 0) code.push(0x07, tags.nothing, ...handler());
    if (this.#random(2) === 0) code.push(0x19, ...handler());
    return [...code, 0x0b];
  }

  #tryTable(labels: readonly Label[]): Code {
    // Handlers of any label that takes their values; the innermost is a block right around.
    const outer: Label[] = ['none', ...labels];
    const plain = () => this.#to(outer, 'none') as number;
    const clauses: Code[] = [];
    for (let left = this.#random(4); left > 0; left--) {
      clauses.push(
        this.#pick(
          [0, tags.nothing, ...unsigned(plain())],
          [0, tags.number, ...unsigned(this.#to(outer, 'number') as number)],
          [2, ...unsigned(plain())],
        ),
      );
    }
    const inner = this.#inside(outer, 'none');
    const table = [0x1f, NONE, ...unsigned(clauses.length), ...clauses.flat(), ...inner, 0x0b];
    if (this.#random(3) > 0) return [0x02, NONE, ...table, 0x0b];
    const again = [0x1f, NONE, 1, 3, 0, ...this.#inside(['reference', 'none', ...labels], 'none'), 0x0b];
    // block $out (block $caught (result exnref) … br $out) throw_ref or drop
    const caught = [0x02, EXNREF, ...again, 0x0c, 1, 0x0b, this.#random(2) === 0 ? 0x0a : 0x1a];
    return [0x02, NONE, ...caught, 0x0b];
  }

  /** `br_on_null`, `br_on_non_null`, and casts, whose labels are encoded behind flags. */
  #onReference(labels: readonly Label[]): Code {
    const plain = this.#to(labels, 'none');
    const reference = this.#pick([0xd2, this.#random(LAYOUT.functions)], [0xd0, types.call]);
    const onNull = plain === undefined ? [0x01] : [...reference, 0xd5, ...unsigned(plain), 0x1a];
    if (!this.#uses.arrays) return onNull;
    const bytes = this.#pick([0x20, locals.bytes], [0x20, locals.longs], [0xd0, 0x6e]);
    const nested = this.#inside(['reference', ...labels], 'none');
    // block (result anyref) block … br_on_cast 1 anyref (ref bytes) … end ref.null any end drop
    const cast = [...bytes, 0xfb, this.#pick(0x18, 0x19), 1, 1, 0x6e, types.bytes, 0x1a];
    return this.#pick(onNull, [0x02, 0x6e, 0x02, NONE, ...nested, ...cast, 0x0b, 0xd0, 0x6e, 0x0b, 0x1a]);
  }

  #number(labels: readonly Label[]): Code {
    if (this.#budget-- <= 0 || this.#random(3) === 0) return this.#leaf();
    const { functionReferences, arrays, atomics, wideMemory } = this.#uses;
    const address = () => [
      ...this.#number(labels),
      0x41,
      ...signed(0x7c),
      0x71,
      ...(wideMemory ? [0xad] : []),
    ];
    const choices: (() => Code)[] = [
      () => [...this.#number(labels), ...this.#number(labels), this.#pick(0x6a, 0x6b, 0x71, 0x73, 0x48)],
      () => [...this.#number(labels), ...this.#number(labels), ...this.#number(labels), 0x1b],
      () => [...address(), 0x28, 2, 0],
      () => [...this.#lower(), 0x10, this.#random(LAYOUT.functions)],
      () => [...this.#lower(), ...this.#index(labels), 0x11, types.call, 0],
      () => [
        0x02,
        I32,
        ...this.#statements(['number', ...labels], 2),
        ...this.#number(['number', ...labels]),
        0x0b,
      ],
      () => this.#numberIf(labels),
    ];
    if (functionReferences)
      choices.push(() => [...this.#lower(), 0xd2, this.#random(LAYOUT.functions), 0x14, types.call]);
    if (arrays) choices.push(() => [0x20, this.#pick<number>(locals.bytes, locals.longs), 0xfb, 15]);
    if (atomics) choices.push(() => [...address(), ...this.#number(labels), 0xfe, 0x1e, 2, 0]);
    return this.#pick(...choices)();
  }

  #numberIf(labels: readonly Label[]): Code {
    const inner: readonly Label[] = ['number', ...labels];
    const then = this.#number(inner);
    return [...this.#number(labels), 0x04, I32, ...then, 0x05, ...this.#number(inner), 0x0b];
  }

  #leaf(): Code {
    return this.#pick([0x41, this.#random(64)], [0x20, this.#random(locals.numbers)], [0x20, 0], [0x20, 0]);
  }
}
