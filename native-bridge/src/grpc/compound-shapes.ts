import { camelCase, typedArrayFor, type Case, type Field, type ValueType } from '../value/index.js';
import type { ProtoScope } from './proto-scope.js';
import { pascalCase, snakeCase, upperCase } from './proto-names.js';
import { ownField, unfit, type Place, type Shape, type ShapeMaker } from './shape.js';

type Compound = Exclude<ValueType, string>;

interface Making extends Place {
  readonly maker: ShapeMaker;
}

/** Returns true if a list is `bytes`. */
export function isBytes(type: Compound): boolean {
  return 'list' in type && type.list === 'u8';
}

/** Returns the shape of a type with parts, and writes the messages that it needs into the scope. */
export function compoundShape(type: Compound, making: Making): Shape {
  if ('list' in type) return isBytes(type) ? BYTES : listShape(type.list, making);
  if ('option' in type) return optionShape(type.option, making);
  if ('record' in type) return recordShape(type.record, making);
  if ('tuple' in type) return tupleShape(type.tuple, making);
  if ('variant' in type) return variantShape(type.variant, making);
  if ('result' in type) return variantShape(resultCases(type.result), making);
  if ('enum' in type) return enumShape(type.enum, making);
  if ('flags' in type) return flagsShape(type.flags, making);
  const resource = 'own' in type ? type.own : type.borrow;
  throw new TypeError(`Cannot write the resource "${resource}" in protobuf: handles hold in one connection`);
}

/** Lists the cases of a result. */
export function resultCases({ ok, err }: { readonly ok?: ValueType; readonly err?: ValueType }): Case[] {
  return [ok === undefined ? ['ok'] : ['ok', ok], err === undefined ? ['err'] : ['err', err]];
}

const BYTES: Shape = {
  label: '',
  type: 'bytes',
  to(value, path) {
    if (value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return Uint8Array.from(value as number[]);
    throw unfit(path, 'bytes');
  },
  // A copy: that of the message is a view of all that came.
  from: (field) => new Uint8Array((field as Uint8Array | undefined) ?? []),
};

function listShape(element: ValueType, making: Making): Shape {
  const each = making.maker.singleShape(element, making);
  const TypedArray = typedArrayFor(element);
  return {
    label: 'repeated',
    type: each.type,
    to(value, path) {
      if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && 'length' in value))
        throw unfit(path, 'an array');
      return Array.from(value as ArrayLike<unknown>, (item, index) => each.to(item, `${path}[${index}]`));
    },
    from(field, path) {
      const items = ((field as unknown[] | undefined) ?? []).map((item, index) =>
        each.from(item, `${path}[${index}]`),
      );
      return TypedArray === undefined
        ? items
        : (TypedArray as Float32ArrayConstructor).from(items as number[]);
    },
  };
}

function optionShape(some: ValueType, making: Making): Shape {
  const one = making.maker.singleShape(some, making);
  const nested = typeof some === 'object' && 'option' in some;
  return {
    label: 'optional',
    type: one.type,
    to(value, path) {
      if (!nested) return value === undefined ? undefined : one.to(value, path);
      const { tag, val } = (value ?? {}) as { tag?: unknown; val?: unknown };
      if (tag !== 'some' && tag !== 'none') throw unfit(`${path}.tag`, '"some" or "none"');
      return tag === 'some' ? one.to(val, path) : undefined;
    },
    from(field, path) {
      if (!nested) return field === undefined ? undefined : one.from(field, path);
      return field === undefined ? { tag: 'none' } : { tag: 'some', val: one.from(field, path) };
    },
  };
}

/** Makes a message with a field for each part, numbered in their order from 1. */
export function partsOf(
  parts: readonly (readonly [name: string, type: ValueType])[],
  { scope, maker }: { scope: ProtoScope; maker: ShapeMaker },
): readonly (readonly [name: string, shape: Shape])[] {
  return parts.map(([name, type], index) => {
    const shape = maker.shapeOf(type, { scope, hint: pascalCase(name) });
    scope.field({ name: snakeCase(name), number: index + 1, ...shape });
    return [snakeCase(name), shape] as const;
  });
}

function recordShape(fields: readonly Field[], making: Making): Shape {
  const { scope, hint, maker } = making;
  const parts = partsOf(fields, { scope: scope.message(hint), maker });
  const keys = fields.map(([name]) => camelCase(name));
  return {
    label: '',
    type: hint,
    to(value, path) {
      if (typeof value !== 'object' || value === null) throw unfit(path, 'an object');
      return Object.fromEntries(
        parts.map(([name, shape], at) => [
          name,
          shape.to(memberOf(value, keys[at] as string), `${path}.${keys[at]}`),
        ]),
      );
    },
    from: (field, path) =>
      Object.fromEntries(
        parts.map(([name, shape], at) => [
          keys[at] as string,
          shape.from(ownField(field, name), `${path}.${keys[at]}`),
        ]),
      ),
  };
}

function tupleShape(types: readonly ValueType[], making: Making): Shape {
  const { scope, hint, maker } = making;
  const parts = partsOf(
    types.map((type, index) => [`f${index}`, type] as const),
    { scope: scope.message(hint), maker },
  );
  return {
    label: '',
    type: hint,
    to(value, path) {
      if (!Array.isArray(value) || value.length !== parts.length)
        throw unfit(path, `an array of ${parts.length}`);
      return Object.fromEntries(
        parts.map(([name, shape], at) => [name, shape.to(value[at], `${path}[${at}]`)]),
      );
    },
    from: (field, path) =>
      parts.map(([name, shape], at) => shape.from(ownField(field, name), `${path}[${at}]`)),
  };
}

/** Makes a message with one of several fields; a case without a value is a field of an empty message. */
function variantShape(cases: readonly Case[], making: Making): Shape {
  const { hint, maker } = making;
  const scope = making.scope.message(hint);
  const empty = cases.some(([name]) => snakeCase(name) === 'nothing') ? 'NoValue' : 'Nothing';
  if (cases.some(([, type]) => type === undefined)) scope.message(empty);
  const choice = new Set(cases.map(([name]) => snakeCase(name))).has('choice') ? 'choice_' : 'choice';
  const shapes = cases.map(([name, type]) =>
    type === undefined ? undefined : maker.singleShape(type, { scope, hint: pascalCase(name) }),
  );
  const oneof = scope.block(`oneof ${choice}`);
  for (const [at, [name]] of cases.entries()) {
    const type = shapes[at]?.type ?? empty;
    oneof.field({ label: '', type, name: snakeCase(name), number: at + 1 });
  }
  return {
    label: '',
    type: hint,
    to(value, path) {
      const { tag, val } = (value ?? {}) as { tag?: unknown; val?: unknown };
      const at = cases.findIndex(([name]) => name === tag);
      if (at < 0) throw unfit(`${path}.tag`, 'a case of the type');
      return { [snakeCase(tag as string)]: shapes[at]?.to(val, `${path}.val`) ?? {} };
    },
    from(field, path) {
      const at = cases.findIndex(([name]) => ownField(field, snakeCase(name)) !== undefined);
      const [tag] = cases[at] ?? [];
      if (tag === undefined) throw unfit(path, 'one of the cases that this side knows');
      const shape = shapes[at];
      if (shape === undefined) return { tag };
      return { tag, val: shape.from(ownField(field, snakeCase(tag)), `${path}.val`) };
    },
  };
}

/** Makes an enum from 1 on: an absent field is no case. */
function enumShape(names: readonly string[], making: Making): Shape {
  const { scope, hint } = making;
  const inner = scope.block(`enum ${hint}`);
  const prefix = hint.replaceAll(/(?<!^)([A-Z])/g, '_$1').toUpperCase();
  inner.line(`${prefix}_UNSPECIFIED = 0;`);
  for (const [index, name] of names.entries()) inner.line(`${prefix}_${upperCase(name)} = ${index + 1};`);
  return {
    label: '',
    type: hint,
    to(value, path) {
      const at = names.indexOf(value as string);
      if (at < 0) throw unfit(path, `one of ${names.join(', ')}`);
      return at + 1;
    },
    from(field, path) {
      const name = names[Number(field ?? 0) - 1];
      if (name === undefined) throw unfit(path, `one of ${names.join(', ')}`);
      return name;
    },
  };
}

function flagsShape(names: readonly string[], making: Making): Shape {
  return recordShape(
    names.map((name) => [name, 'bool'] as const),
    making,
  );
}

/** Returns a member that is the value's own, or a getter of its class. */
function memberOf(value: object, name: string): unknown {
  if (name in Object.prototype && !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
