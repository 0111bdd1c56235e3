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
  | ({ readonly own: string } & ResourceSide)
  | ({ readonly borrow: string } & ResourceSide);

/** The side of a resource. Its name is that of its interface, `#`, and its own: `acme:kv/store@1.0.0#bucket`. */
export interface ResourceSide {
  /** True if the side that offers the function imports the resource: the other side implements it. */
  readonly imported?: true;
}

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

/**
 * Returns the name of a WIT function as a member in JavaScript. An object with a `then` would be taken for a promise; a class has
 * a `constructor` of its methods, and a `prototype`, already.
 */
export function memberKey(name: string, kind: FunctionName['kind'] = 'function'): string {
  const key = camelCase(name);
  const isTaken =
    key === 'then' ||
    (kind === 'method' && key === 'constructor') ||
    (kind === 'static' && key === 'prototype');
  return isTaken ? `${key}_` : key;
}

/** The parts of a function's name. */
export interface FunctionName {
  readonly kind: 'function' | 'constructor' | 'method' | 'static';
  /** The resource that it belongs to; empty for a function of an interface. */
  readonly resource: string;
  /** Its own name; empty for a constructor. */
  readonly name: string;
}

/** Takes a name such as `[method]bucket.get` apart. A name of another form is that of a function. */
export function functionName(name: string): FunctionName {
  const [, kind, resource, own = ''] =
    /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/s.exec(name) ?? [];
  if (resource === undefined || (kind === 'constructor') !== (own === ''))
    return { kind: 'function', resource: '', name };
  return { kind: kind as FunctionName['kind'], resource, name: own };
}

/** Returns the name of a resource's class in JavaScript: `http-body` is `HttpBody`. */
export function className(resource: string): string {
  const name = camelCase(resource);
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
