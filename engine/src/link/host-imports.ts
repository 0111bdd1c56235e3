import { AbiError } from '@wasm-plugin/abi';
import {
  camelCase,
  classKey,
  hostMember,
  parseFunctionName,
  pascalCase,
  type ComponentCallable,
  type FuncType,
  type FunctionName,
} from '../canonical/index.js';
import type { Declaration, ExternDesc, ResolvedExtern } from '../component/index.js';
import { HostFunc } from './component-func.js';
import type { GivenImports } from './given-imports.js';
import { moduleFrom } from './given-module.js';
import { hostResource, type HostClass } from './host-resource.js';
import { memberHint } from './import-hint.js';
import { resolveType } from './resolve-type.js';
import { Scope, type InstanceExports, type Item, type RuntimeType } from './scope.js';

/** An import of a component. */
export interface HostImport {
  name: string;
  desc: ExternDesc;
  /** Its type according to the validation. */
  declared: ResolvedExtern | undefined;
}

/** Makes the item of a component's import from the host's value. */
export function importFromHost(
  { name, desc, declared }: HostImport,
  scope: Scope,
  given: GivenImports,
): Item {
  const hint = (): string => given.hintFor(name);
  const resource = resourceNameOf(name, desc);
  if (resource === undefined)
    return provide(name, desc, scope, new Provider({ name, declared }, given.get(name), hint));
  // A resource of the world itself: its class is given under the name that it has in JavaScript.
  const hostClass = given.get(pascalCase(resource)) ?? given.get(resource);
  const provider = new Provider({ name: pascalCase(resource), declared }, hostClass, hint);
  if (desc.kind !== 'func') return provide(name, desc, scope, provider);
  const func = provider.resourceFunction(parseFunctionName(name));
  return { sort: 'func', value: new HostFunc(name, scope.get('type', desc.type) as FuncType, func) };
}

/** The resource that an import of the world itself is, or belongs to. */
function resourceNameOf(name: string, desc: ExternDesc): string | undefined {
  if (desc.kind === 'type-sub-resource') return name;
  return desc.kind === 'func' && name.startsWith('[') ? parseFunctionName(name).resource : undefined;
}

/** One import as the host gave it. */
class Provider {
  readonly #name: string;
  readonly #declared: ResolvedExtern | undefined;
  readonly #given: unknown;
  /** Advice for the case that it is missing. */
  readonly #hint: () => string;

  constructor({ name, declared }: Pick<HostImport, 'name' | 'declared'>, given: unknown, hint: () => string) {
    this.#name = name;
    this.#declared = declared;
    this.#given = given;
    this.#hint = hint;
  }

  /**
   * The provider of a member of an interface.
   * @param key the member's name in WIT, if that is another
   */
  member(name: string, key = name): Provider {
    const holder = this.#given as object;
    const declared = this.#declared?.kind === 'instance' ? this.#declared.type.exports.get(key) : undefined;
    return new Provider({ name: `${this.#name}#${name}`, declared }, this.#get(name), () =>
      memberHint(name, holder),
    );
  }

  #get(key: string): unknown {
    const { missing } = this;
    const given = this.#given;
    if ((typeof given !== 'object' && typeof given !== 'function') || given === null)
      throw missing('an object');
    return hostMember(given, key);
  }

  readonly missing = (wanted: string): AbiError =>
    new AbiError(
      'WP_IMPORT_MISSING',
      `Cannot instantiate: the host gives no "${this.#name}"; wanted ${wanted}${this.#given === undefined ? this.#hint() : ''}`,
    );

  /** A function of the world itself. */
  callable(): ComponentCallable {
    const given = this.#given;
    if (typeof given === 'function') return given as ComponentCallable;
    const inner =
      typeof given === 'object' && given !== null ? (given as { default?: unknown }).default : undefined;
    if (typeof inner !== 'function') throw this.missing('a function');
    return inner as ComponentCallable;
  }

  /** A class of the world itself. */
  hostClass(): HostClass | undefined {
    return typeof this.#given === 'function' ? (this.#given as HostClass) : undefined;
  }

  core(): WebAssembly.Module {
    const given = this.#given;
    if (!(given instanceof WebAssembly.Module || given instanceof Uint8Array))
      throw this.missing('a WebAssembly.Module or its bytes');
    const declared = this.#declared?.kind === 'core-module' ? this.#declared.type : undefined;
    return moduleFrom(given, { name: this.#name, declared });
  }

  /** A function that belongs to an interface, or to a resource of it. */
  function(name: string): ComponentCallable {
    const parsed = parseFunctionName(name);
    if (parsed.kind === 'function') return this.#plain(camelCase(parsed.name));
    return this.member(pascalCase(parsed.resource)).resourceFunction(parsed);
  }

  /** A function of the resource whose class this is. */
  resourceFunction(parsed: FunctionName): ComponentCallable {
    const given = this.#given as (new (...args: unknown[]) => object) | undefined;
    if (typeof given !== 'function') throw this.missing('a class');
    return resourceFunction(given, parsed, (key) =>
      new Provider({ name: `${this.#name}.${key}`, declared: undefined }, undefined, () => '').missing(
        'a function',
      ),
    );
  }

  #plain(key: string): ComponentCallable {
    const value = this.#get(key);
    if (typeof value !== 'function') throw this.member(key).missing('a function');
    return value as ComponentCallable;
  }
}

function resourceFunction(
  given: new (...args: unknown[]) => object,
  parsed: FunctionName,
  missing: (key: string) => AbiError,
): ComponentCallable {
  if (parsed.kind === 'constructor') return (...args) => new given(...args);
  const key = classKey(parsed);
  if (parsed.kind === 'static') {
    if (typeof hostMember(given, key) !== 'function') throw missing(key);
    const statics = given as unknown as Record<string, ComponentCallable>;
    return (...args) => (statics[key] as ComponentCallable)(...args);
  }
  const prototype = given.prototype as object;
  if (typeof hostMember(prototype, key) !== 'function') throw missing(key);
  return (self, ...args) => (self as Record<string, ComponentCallable>)[key]?.(...args);
}

function provide(name: string, desc: ExternDesc, scope: Scope, provider: Provider): Item {
  switch (desc.kind) {
    case 'func':
      return {
        sort: 'func',
        value: new HostFunc(name, scope.get('type', desc.type) as FuncType, provider.callable()),
      };
    case 'type-eq':
      return { sort: 'type', value: scope.get('type', desc.type) };
    case 'type-sub-resource':
      return {
        sort: 'type',
        value: { kind: 'resource', resource: hostResource(name, provider.hostClass()) },
      };
    case 'instance':
      return { sort: 'instance', value: provideInstance(name, scope.get('type', desc.type), provider) };
    case 'core-module':
      return { sort: 'core-module', value: provider.core() };
    default:
      throw provider.missing(`a ${desc.kind}, which a host cannot give`);
  }
}

function provideInstance(name: string, type: RuntimeType, provider: Provider): InstanceExports {
  const { type: ast, scope: outer } = type as Extract<RuntimeType, { kind: 'instance-type' }>;
  const scope = new Scope(outer, outer.context);
  const exports: InstanceExports = new Map();
  for (const declaration of ast.declarations) {
    const exported = declare(declaration, scope, (key, desc) =>
      provideMember(name, key, desc, scope, provider),
    );
    if (exported !== undefined) exports.set(...exported);
  }
  return exports;
}

function provideMember(name: string, key: string, desc: ExternDesc, scope: Scope, provider: Provider): Item {
  if (desc.kind === 'func') {
    const type = scope.get('type', desc.type) as FuncType;
    return { sort: 'func', value: new HostFunc(`${name}#${key}`, type, provider.function(key)) };
  }
  return provide(
    `${name}#${key}`,
    desc,
    scope,
    desc.kind === 'type-eq'
      ? provider
      : provider.member(desc.kind === 'type-sub-resource' ? pascalCase(key) : camelCase(key), key),
  );
}

/** Adds a declaration of an instance type to its scope; gives the export it declares. */
function declare(
  declaration: Declaration,
  scope: Scope,
  provideExport: (name: string, desc: ExternDesc) => Item,
): [string, Item] | undefined {
  switch (declaration.kind) {
    case 'core-type':
      scope.add('core-type', undefined);
      return undefined;
    case 'type':
      if (declaration.type.kind !== 'resource') scope.add('type', resolveType(declaration.type, scope));
      return undefined;
    case 'alias': {
      const { target, sort } = declaration;
      if (target.kind === 'outer') scope.addItem(scope.outer(target.count).item(sort, target.index));
      else scope.addItem(scope.get('instance', target.instance).get(target.name) as Item);
      return undefined;
    }
    case 'export-declaration': {
      const item = provideExport(declaration.name, declaration.desc);
      scope.addItem(item);
      return [declaration.name, item];
    }
    default:
      return undefined;
  }
}
