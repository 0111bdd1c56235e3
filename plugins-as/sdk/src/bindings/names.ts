import type { WitInterface } from '../world/index.js';

/** Words that cannot name a parameter or function in AssemblyScript, and those that the bindings themselves use. */
const RESERVED = new Set(
  (
    'abstract as assert async await bool break case catch char class const constructor continue debugger declare ' +
    'default delete do else enum export extends false finally for from function get if implements import in ' +
    'instanceof interface is keyof let module namespace never new null number object of operator package private ' +
    'protected public readonly return set static string super switch symbol this throw true try type typeof ' +
    'undefined unmanaged usize var void while with yield i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 v128 isize load store ' +
    'changetype memory reinterpret unchecked'
  ).split(' '),
);

/** `sample-rate-hz` → `sampleRateHz`; a reserved word gets a trailing `_`. */
export function camelCase(name: string): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.has(camel) ? `${camel}_` : camel;
}

/** `parameter-flags` → `ParameterFlags`. The two classes that the bindings use themselves get a trailing `_`. */
export function pascalCase(name: string): string {
  const pascal = name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  return pascal === 'Array' || pascal === 'StaticArray' ? `${pascal}_` : pascal;
}

/** `wasm-plugin:abi/audio-types@0.1.0` → `audio-types`. */
export function shortName({ name }: WitInterface): string {
  return name === '$root' || name === '' ? 'world' : name.replace(/^.*\//, '').replace(/@.*$/, '');
}

/** `wasi:io/streams@0.2.0` → `wasi-io-streams`: for where two short names are the same. */
export function longName({ name }: WitInterface): string {
  return name.replace(/@.*$/, '').replaceAll(/[:/]/g, '-');
}
