/**
 * A WIT type as data. Names are in WIT's kebab-case; JavaScript sees record fields and flags in camelCase.
 *
 * Source: the value types of the component model without `stream`, `future` and `error-context`.
 */
export type ValueType =
  | Scalar
  | { readonly list: ValueType }
  | { readonly tuple: readonly ValueType[] }
  | { readonly record: readonly Field[] }
  | { readonly option: ValueType }
  | { readonly result: { readonly ok?: ValueType; readonly err?: ValueType } }
  | { readonly variant: readonly Case[] }
  | { readonly enum: readonly string[] }
  | { readonly flags: readonly string[] }
  | { readonly own: string }
  | { readonly borrow: string };

/** A type without parts. */
export type Scalar =
  'bool' | 'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32' | 'u64' | 's64' | 'f32' | 'f64' | 'char' | 'string';

/** A field of a record: name and type. */
export type Field = readonly [name: string, type: ValueType];

/** A case of a variant: name and, if it has one, the type of its payload. */
export type Case = readonly [name: string, type?: ValueType];

/** A function of an interface. A `result` as the whole result is thrown in its error case, with a `payload`. */
export interface FunctionType {
  readonly params: readonly Field[];
  readonly result?: ValueType;
}

/** The functions of an interface by name, in WIT's kebab-case. */
export type InterfaceType = Readonly<Record<string, FunctionType>>;

/** Returns the JavaScript name of a WIT name: `set-parameter` is `setParameter`. */
export function camelCase(name: string): string {
  return name.toLowerCase().replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
