import type {
  ResolvedComponent,
  ResolvedFunc,
  ResolvedItems,
  ResolvedValue,
} from '@wasm-plugin/engine/component';
import type { FunctionType, InterfaceType, ValueType } from '@wasm-plugin/native-bridge';

/** Functions of a component, split into those that can be served and those that cannot. */
export interface ServedTypes {
  /** Functions by full interface name; `""` for those of the world itself. */
  types: Record<string, InterfaceType>;
  /** Functions that cannot be served: they have resources which the component imports. */
  leftOut: string[];
}

/** The identity of a resource, as the checker has it. */
type Identity = Extract<ResolvedValue, { kind: 'own' | 'borrow' }>['resource']['resource'];

/** Resources that the component exports, by the name that they have on the wire. */
type ExportedResources = Map<Identity, string>;

/** Lists the types of the functions that a component exports. */
export function interfaceTypes({ exports }: ResolvedComponent): ServedTypes {
  const served: ServedTypes = { types: {}, leftOut: [] };
  const groups: [string, ResolvedItems][] = [['', exports]];
  for (const [name, item] of exports) if (item.kind === 'instance') groups.push([name, item.type.exports]);
  const resources: ExportedResources = new Map();
  for (const [group, items] of groups)
    for (const [name, item] of items) {
      if (item.kind !== 'type' || item.type.kind !== 'resource' || resources.has(item.type.resource))
        continue;
      resources.set(item.type.resource, group === '' ? name : `${group}#${name}`);
    }
  for (const [group, items] of groups) collect(served, { group, items, resources });
  return served;
}

interface Group {
  group: string;
  items: ResolvedItems;
  resources: ExportedResources;
}

function collect({ types, leftOut }: ServedTypes, { group, items, resources }: Group): void {
  const functions: Record<string, FunctionType> = {};
  for (const [name, item] of items) {
    if (item.kind !== 'func') continue;
    const type = functionType(item.type, resources);
    if (type === undefined) leftOut.push(group === '' ? name : `${group}#${name}`);
    else functions[name] = type;
  }
  if (Object.keys(functions).length > 0) types[group] = functions;
}

function functionType(
  { params, result }: ResolvedFunc,
  resources: ExportedResources,
): FunctionType | undefined {
  try {
    return {
      params: params.map(({ name, type }) => [name, valueType(type, resources)] as const),
      ...(result === undefined ? {} : { result: valueType(result, resources) }),
    };
  } catch (error) {
    if (error instanceof HasForeignResource) return undefined;
    throw error;
  }
}

/** The type has a handle of a resource that the component imports, or another kind that does not go over the wire. */
class HasForeignResource extends Error {}

function valueType(type: ResolvedValue, resources: ExportedResources): ValueType {
  const part = (inner: ResolvedValue): ValueType => valueType(inner, resources);
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'record':
      return { record: type.fields.map(({ name, type: field }) => [name, part(field)] as const) };
    case 'variant':
      return {
        variant: type.cases.map(({ name, type: payload }) =>
          payload === undefined ? ([name] as const) : ([name, part(payload)] as const),
        ),
      };
    case 'list':
      return { list: part(type.element) };
    case 'tuple':
      return { tuple: type.elements.map(part) };
    case 'flags':
      return { flags: type.names };
    case 'enum':
      return { enum: type.names };
    case 'option':
      return { option: part(type.some) };
    case 'result':
      return {
        result: {
          ...(type.ok === undefined ? {} : { ok: part(type.ok) }),
          ...(type.err === undefined ? {} : { err: part(type.err) }),
        },
      };
    case 'own':
    case 'borrow': {
      const name = resources.get(type.resource.resource);
      if (name === undefined) throw new HasForeignResource();
      return type.kind === 'own' ? { own: name } : { borrow: name };
    }
    default:
      throw new HasForeignResource();
  }
}

/** Interfaces that a host calls, not those who use the plugin. */
const OF_THE_HOST = /^wasm-plugin:abi\/(?:lifecycle|state)(?:@|$)/;

/** Leaves out the interfaces that only the plugin's host calls. */
export function typesForCallers<Type>(types: Readonly<Record<string, Type>>): Record<string, Type> {
  return Object.fromEntries(Object.entries(types).filter(([name]) => !OF_THE_HOST.test(name)));
}
