import type { PrimitiveType } from '../component/index.js';
import type { ResourceType } from './resource-type.js';

/** A value type with everything resolved: no indices, resources by identity. Shared nodes make it a DAG. */
export type ValueType =
  | { kind: Exclude<PrimitiveType, 'string'> }
  | { kind: 'string' }
  | { kind: 'record'; fields: RecordField[] }
  | { kind: 'tuple'; elements: ValueType[] }
  | { kind: 'variant'; cases: VariantCase[] }
  | { kind: 'enum'; names: string[] }
  | { kind: 'option'; some: ValueType }
  | { kind: 'result'; ok: ValueType | undefined; err: ValueType | undefined }
  | { kind: 'flags'; names: string[] }
  | { kind: 'list'; element: ValueType }
  | MapType
  | CopyType
  | { kind: 'own'; resource: ResourceType }
  | { kind: 'borrow'; resource: ResourceType };

/** A stream or a future: its value is the end that reads. */
export interface CopyType {
  kind: 'stream' | 'future';
  /** Absent if only the fact of an element passes. */
  element: ValueType | undefined;
}

/** A map lies in memory as a list of its entries; its value in JavaScript is a `Map`. */
export interface MapType {
  kind: 'map';
  key: ValueType;
  value: ValueType;
  /** A tuple of both. */
  entry: Extract<ValueType, { kind: 'tuple' }>;
}

export interface RecordField {
  /** The name in WIT. */
  name: string;
  type: ValueType;
}

export interface VariantCase {
  name: string;
  type: ValueType | undefined;
}

/** The type of a component function. */
export interface FuncType {
  kind: 'func';
  /** True if a call may wait. */
  async?: true;
  params: RecordField[];
  result: ValueType | undefined;
}

/** The cases of a variant-like type, as the specification's `despecialize` gives them. */
export function casesOf(type: ValueType): VariantCase[] | undefined {
  switch (type.kind) {
    case 'variant':
      return type.cases;
    case 'enum':
      return type.names.map((name) => ({ name, type: undefined }));
    case 'option':
      return [
        { name: 'none', type: undefined },
        { name: 'some', type: type.some },
      ];
    case 'result':
      return [
        { name: 'ok', type: type.ok },
        { name: 'err', type: type.err },
      ];
    default:
      return undefined;
  }
}

/** The fields of a record-like type, as the specification's `despecialize` gives them. */
export function fieldTypesOf(type: ValueType): ValueType[] | undefined {
  if (type.kind === 'record') return type.fields.map((field) => field.type);
  return type.kind === 'tuple' ? type.elements : undefined;
}

/** The types that a type is made of. */
export function partsOf(type: ValueType): ValueType[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'tuple':
      return type.elements;
    case 'list':
      return [type.element];
    case 'stream':
    case 'future':
      return type.element === undefined ? [] : [type.element];
    case 'map':
      return [type.entry];
    case 'option':
      return [type.some];
    case 'result':
      return [type.ok, type.err].filter((part) => part !== undefined);
    case 'variant':
      return type.cases.map((each) => each.type).filter((part) => part !== undefined);
    default:
      return [];
  }
}
