import type { FuncType, ResourceType, ValueType } from '../canonical/index.js';
import type { DefinedType, FuncType as FuncTypeAst, Type, ValType } from '../component/index.js';
import type { RuntimeType, Scope } from './scope.js';
import { share, shared } from './shared-types.js';

const primitives = new Map<string, ValueType>();

/** Resolves a value type: an index becomes its type, and handles get their resource's identity. */
export function resolveValType(type: ValType, scope: Scope): ValueType {
  if (typeof type === 'number') return (scope.get('type', type) as { type: ValueType }).type;
  let primitive = primitives.get(type);
  if (primitive === undefined) {
    primitive = share({ kind: type } as ValueType);
    primitives.set(type, primitive);
  }
  return primitive;
}

/** Resolves any type but a resource definition, which has an owner (see `instantiate.ts`). */
export function resolveType(type: Exclude<Type, { kind: 'resource' }>, scope: Scope): RuntimeType {
  switch (type.kind) {
    case 'func':
      return shared(type, scope, FUNCTIONS);
    case 'instance':
      return { kind: 'instance-type', type, scope };
    case 'component':
      return { kind: 'component-type', type, scope };
    default:
      return { kind: 'value', type: shared(type, scope, VALUES) };
  }
}

const FUNCTIONS = { resolve: resolveValType, make: resolveFuncType };
const VALUES = { resolve: resolveValType, make: resolveDefinedType };

function resolveFuncType(type: FuncTypeAst, scope: Scope): FuncType {
  return {
    kind: 'func',
    ...(type.async && { async: true }),
    params: type.params.map((param) => ({ name: param.name, type: resolveValType(param.type, scope) })),
    result: optional(type.result, scope),
  };
}

function resolveDefinedType(type: DefinedType, scope: Scope): ValueType {
  switch (type.kind) {
    case 'primitive':
      return resolveValType(type.type, scope);
    case 'record':
      return {
        kind: 'record',
        fields: type.fields.map((field) => ({ name: field.name, type: resolveValType(field.type, scope) })),
      };
    case 'variant':
      return {
        kind: 'variant',
        cases: type.cases.map((each) => ({ name: each.name, type: optional(each.type, scope) })),
      };
    case 'list':
      return { kind: 'list', element: resolveValType(type.element, scope) };
    case 'map': {
      const key = resolveValType(type.key, scope);
      const value = resolveValType(type.value, scope);
      return { kind: 'map', key, value, entry: { kind: 'tuple', elements: [key, value] } };
    }
    case 'tuple':
      return { kind: 'tuple', elements: type.elements.map((element) => resolveValType(element, scope)) };
    case 'option':
      return { kind: 'option', some: resolveValType(type.some, scope) };
    case 'result':
      return { kind: 'result', ok: optional(type.ok, scope), err: optional(type.err, scope) };
    case 'stream':
    case 'future':
      return { kind: type.kind, element: optional(type.element, scope) };
    case 'own':
    case 'borrow':
      return { kind: type.kind, resource: resourceAt(type.resource, scope) };
    default:
      return type;
  }
}

function optional(type: ValType | undefined, scope: Scope): ValueType | undefined {
  return type === undefined ? undefined : resolveValType(type, scope);
}

/** Returns the resource type of a type index. */
export function resourceAt(index: number, scope: Scope): ResourceType {
  return (scope.get('type', index) as { resource: ResourceType }).resource;
}
