import type { PrimitiveType } from '../model.js';
import { extentOf, LEAF } from './extent.js';
import {
  enumLayout,
  flagsLayout,
  handleLayout,
  listLayout,
  primitiveLayout,
  recordLayout,
  variantLayout,
  type Layout,
} from '../layout/index.js';
import type { Progress } from './progress.js';
import type {
  ResolvedCase,
  ResolvedField,
  ResolvedFunc,
  ResolvedResource,
  ResolvedValue,
} from './resolved.js';

/** Bytes a value may take at most, by the component model. */
const MAX_VALUE_BYTES = 2 ** 28;

const PRIMITIVES = new Map<PrimitiveType, ResolvedValue>();

/** Returns the type of a primitive. There is one object for each. */
export function primitiveType(type: PrimitiveType): ResolvedValue {
  let node = PRIMITIVES.get(type);
  if (node === undefined) {
    node = { kind: 'primitive', type, extent: LEAF, layout: primitiveLayout(type, 64) };
    PRIMITIVES.set(type, node);
  }
  return node;
}

export function recordType(fields: readonly ResolvedField[], progress: Progress): ResolvedValue {
  const types = fields.map((field) => field.type);
  const layout = checked(recordLayout(types.map((type) => type.layout)), progress);
  return { kind: 'record', fields, layout, extent: extentOfAll(types, progress) };
}

export function tupleType(elements: readonly ResolvedValue[], progress: Progress): ResolvedValue {
  const layout = checked(recordLayout(elements.map((type) => type.layout)), progress);
  return { kind: 'tuple', elements, layout, extent: extentOfAll(elements, progress) };
}

export function variantType(cases: readonly ResolvedCase[], progress: Progress): ResolvedValue {
  const types = cases.map((entry) => entry.type);
  const layout = checked(variantLayout(types.map((type) => type?.layout)), progress);
  return { kind: 'variant', cases, layout, extent: extentOfAll(types, progress) };
}

export function optionType(some: ResolvedValue, progress: Progress): ResolvedValue {
  const layout = checked(variantLayout([undefined, some.layout]), progress);
  return { kind: 'option', some, layout, extent: extentOfAll([some], progress) };
}

/** Returns the type of a result; either side may be absent. */
export function resultType(
  sides: { ok: ResolvedValue | undefined; err: ResolvedValue | undefined },
  progress: Progress,
): ResolvedValue {
  const { ok, err } = sides;
  const layout = checked(variantLayout([ok?.layout, err?.layout]), progress);
  return { kind: 'result', ok, err, layout, extent: extentOfAll([ok, err], progress) };
}

export function listType(element: ResolvedValue, progress: Progress): ResolvedValue {
  return {
    kind: 'list',
    element,
    layout: listLayout(element.layout, 64),
    extent: extentOfAll([element], progress),
  };
}

/** Returns the type of a map, which lies in memory as a list of pairs. */
export function mapType(
  sides: { key: ResolvedValue; value: ResolvedValue },
  progress: Progress,
): ResolvedValue {
  const { key, value } = sides;
  const layout = listLayout(recordLayout([key.layout, value.layout]), 64);
  return { kind: 'map', key, value, layout, extent: extentOfAll([key, value], progress) };
}

export function flagsType(names: readonly string[]): ResolvedValue {
  return { kind: 'flags', names, layout: flagsLayout(names.length), extent: namesExtent(names) };
}

export function enumType(names: readonly string[]): ResolvedValue {
  return { kind: 'enum', names, layout: enumLayout(names.length), extent: namesExtent(names) };
}

export function handleType(kind: 'own' | 'borrow', resource: ResolvedResource): ResolvedValue {
  return { kind, resource, layout: handleLayout(kind), extent: { size: 2, depth: 2 } };
}

/** Returns the type of a stream or a future; `element` is absent if only the fact of an element passes. */
export function copyType(
  { kind, element }: { kind: 'stream' | 'future'; element: ResolvedValue | undefined },
  progress: Progress,
): ResolvedValue {
  return { kind, element, layout: handleLayout('own'), extent: extentOfAll([element], progress) };
}

export function funcType(
  signature: { params: readonly ResolvedField[]; result: ResolvedValue | undefined; async?: true },
  progress: Progress,
): ResolvedFunc {
  const { params, result, async } = signature;
  const extent = extentOfAll([...params.map((param) => param.type), result], progress);
  return { kind: 'func', ...(async && { async }), params, result, extent };
}

function extentOfAll(
  types: readonly (ResolvedValue | undefined)[],
  progress: Progress,
): ResolvedValue['extent'] {
  return extentOf(
    types.filter((type) => type !== undefined).map((type) => type.extent),
    progress,
  );
}

function namesExtent(names: readonly string[]): ResolvedValue['extent'] {
  return { size: 1 + names.length, depth: 1 };
}

function checked(layout: Layout, progress: Progress): Layout {
  if (layout.size >= MAX_VALUE_BYTES) {
    throw progress.invalid(`value type exceeds maximum byte size of ${MAX_VALUE_BYTES}`);
  }
  return layout;
}
