import {
  parseFunctionName,
  type ResolvedComponent,
  type ResolvedFunc,
  type ResolvedItems,
  type ResolvedValue,
} from '@wasm-plugin/engine/component';
import type { FunctionType, InterfaceType, ValueType } from '@wasm-plugin/native-bridge';

/** Functions of a component, split into those that can be served and those that cannot. */
export interface ServedTypes {
  /** Functions by full interface name; `""` for those of the world itself. */
  types: Record<string, InterfaceType>;
  /** Functions that cannot be served, since resources do not go over the wire. */
  leftOut: string[];
}

/** Lists the types of the functions that a component exports. */
export function interfaceTypes({ exports }: ResolvedComponent): ServedTypes {
  const served: ServedTypes = { types: {}, leftOut: [] };
  collect('', exports, served);
  for (const [name, item] of exports) if (item.kind === 'instance') collect(name, item.type.exports, served);
  return served;
}

function collect(group: string, items: ResolvedItems, { types, leftOut }: ServedTypes): void {
  const functions: Record<string, FunctionType> = {};
  for (const [name, item] of items) {
    if (item.kind !== 'func') continue;
    const type = parseFunctionName(name).kind === 'function' ? functionType(item.type) : undefined;
    if (type !== undefined) functions[name] = type;
    else leftOut.push(group === '' ? name : `${group}#${name}`);
  }
  if (Object.keys(functions).length > 0) types[group] = functions;
}

function functionType({ params, result }: ResolvedFunc): FunctionType | undefined {
  try {
    return {
      params: params.map(({ name, type }) => [name, valueType(type)] as const),
      ...(result === undefined ? {} : { result: valueType(result) }),
    };
  } catch (error) {
    if (error instanceof HasResource) return undefined;
    throw error;
  }
}

/** The type has a handle somewhere. */
class HasResource extends Error {}

function valueType(type: ResolvedValue): ValueType {
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'record':
      return { record: type.fields.map(({ name, type: field }) => [name, valueType(field)] as const) };
    case 'variant':
      return {
        variant: type.cases.map(({ name, type: payload }) =>
          payload === undefined ? ([name] as const) : ([name, valueType(payload)] as const),
        ),
      };
    case 'list':
      return { list: valueType(type.element) };
    case 'tuple':
      return { tuple: type.elements.map(valueType) };
    case 'flags':
      return { flags: type.names };
    case 'enum':
      return { enum: type.names };
    case 'option':
      return { option: valueType(type.some) };
    case 'result':
      return {
        result: {
          ...(type.ok === undefined ? {} : { ok: valueType(type.ok) }),
          ...(type.err === undefined ? {} : { err: valueType(type.err) }),
        },
      };
    default:
      throw new HasResource();
  }
}
