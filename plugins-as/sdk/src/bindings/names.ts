import type { WitInterface } from '../world/index.js';

/** Words that cannot name a parameter or function in AssemblyScript, and those that the bindings themselves use. */
const RESERVED = new Set(
  (
    'abstract as assert async await bool break case catch char class const constructor continue debugger declare ' +
    'default delete do else enum export extends false finally for from function get if implements import in ' +
    'instanceof interface is keyof let module namespace never new null number object of operator override package ' +
    'private protected public readonly return set static string super switch symbol this throw true try type typeof ' +
    'undefined unmanaged usize var void while with yield i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 v128 isize load store ' +
    'changetype memory reinterpret unchecked'
  ).split(' '),
);

/** `sample-rate-hz` → `sampleRateHz`; a reserved word gets a trailing `_`. */
export function camelCase(name: string): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.has(camel) ? `${camel}_` : camel;
}

/** Classes that the bindings use themselves. */
const USED = new Set(['Array', 'Map', 'StaticArray']);

/** `parameter-flags` → `ParameterFlags`. The classes that the bindings use themselves get a trailing `_`. */
export function pascalCase(name: string): string {
  const pascal = name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  return USED.has(pascal) ? `${pascal}_` : pascal;
}

/**
 * Names that differ in WIT can be one in AssemblyScript, as `x-y` and `xY`, `a-1` and `a1`, or a type `event-tag` and the tags
 * of a variant `event`. Later names get a trailing `_`.
 */
export class NameScope {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** Returns the first of some names that is free, or else the last with `_` behind it; it is taken from then on. */
  take(...names: [string, ...string[]]): string {
    let name = names.find((each) => !this.#taken.has(each)) ?? names.at(-1)!;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    return name;
  }
}

/** The names of parameters, fields, or functions of the cases of a variant. */
export function camelNames(names: readonly string[]): string[] {
  const scope = new NameScope();
  return names.map((name) => scope.take(camelCase(name)));
}

/** The names of the members of an enum. */
export function pascalNames(names: readonly string[]): string[] {
  const scope = new NameScope();
  return names.map((name) => scope.take(pascalCase(name)));
}

/** `wasm-plugin:abi/audio-types@0.1.0` → `audio-types`. */
export function shortName({ name }: WitInterface): string {
  return name === '$root' || name === '' ? 'world' : name.replace(/^.*\//, '').replace(/@.*$/, '');
}

/** `wasi:io/streams@0.2.0` → `wasi-io-streams`: for if two short names are the same. */
export function longName({ name }: WitInterface): string {
  return name.replace(/@.*$/, '').replaceAll(/[:/]/g, '-');
}

/** `wasi:io/streams@0.2.0` → `wasi-io-streams0_2_0`: for if two long names are the same. */
export function fullName(owner: WitInterface): string {
  const version = owner.name.split('@')[1] ?? '';
  return `${longName(owner)}${version.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}
