import { decodeComponent, type ExternDesc } from '@wasm-plugin/engine/component';
import type { WitInterface, WitWorld } from './model.js';
import { retargetExports } from './retarget-exports.js';
import { nameType, Scope, type Entry, type Instance } from './scope.js';

/**
 * Reads an encoded world, as `encodeWorld` makes it.
 *
 * @throws {Error} the bytes are a component, but do not hold exactly one world
 */
export function decodeWorld(bytes: Uint8Array): WitWorld {
  const file = new Scope(undefined);
  for (const definition of decodeComponent(bytes).definitions) {
    if (definition.kind === 'type') file.define({ ...definition, kind: 'type' });
  }
  const holder = file.types.findLast((entry) => entry.kind === 'shape');
  if (holder === undefined) throw new Error('Cannot read the world: the bytes hold no type of a component');
  const { scope, declarations } = open(holder, 'component');
  for (const declaration of declarations) {
    if (scope.define(declaration) || declaration.kind !== 'export-declaration') continue;
    if (declaration.desc.kind === 'component') {
      const world = readWorld(shortName(declaration.name), scope.type(declaration.desc.type));
      retargetExports(world);
      return world;
    }
  }
  throw new Error('Cannot read the world: the bytes hold no world');
}

function readWorld(name: string, entry: Entry): WitWorld {
  const world: WitWorld = {
    name,
    imports: [],
    exports: [],
    rootImports: emptyInterface('$root'),
    rootExports: emptyInterface(''),
  };
  const { scope, declarations } = open(entry, 'component');
  for (const declaration of declarations) {
    if (scope.define(declaration)) continue;
    if (declaration.kind === 'import-declaration') {
      readItem(declaration, scope, world.imports, world.rootImports);
    } else if (declaration.kind === 'export-declaration') {
      readItem(declaration, scope, world.exports, world.rootExports);
    }
  }
  return world;
}

function readItem(
  { name, desc }: { name: string; desc: ExternDesc },
  scope: Scope,
  interfaces: WitInterface[],
  root: WitInterface,
): void {
  if (desc.kind !== 'instance') {
    declare(name, desc, scope, root);
    return;
  }
  const found = emptyInterface(name);
  interfaces.push(found);
  scope.instances.push(readInterface(scope.type(desc.type), found));
}

function readInterface(entry: Entry, target: WitInterface): Instance {
  const { scope, declarations } = open(entry, 'instance');
  const instance: Instance = new Map();
  for (const declaration of declarations) {
    if (scope.define(declaration) || declaration.kind !== 'export-declaration') continue;
    const type = declare(declaration.name, declaration.desc, scope, target);
    if (type !== undefined) instance.set(declaration.name, type);
  }
  return instance;
}

/** Adds a function or type to an interface, and the type to the scope. */
function declare(name: string, desc: ExternDesc, scope: Scope, owner: WitInterface): Entry | undefined {
  if (desc.kind === 'func') {
    const func = scope.type(desc.type);
    if (func.kind !== 'func') throw new Error(`Cannot read the world: "${name}" is not a function`);
    owner.functions.push({ name, params: func.params, result: func.result });
    return undefined;
  }
  if (desc.kind === 'type-sub-resource') {
    const resource = { kind: 'resource' as const, name, owner };
    owner.types.push(resource);
    return push(scope, { kind: 'resource', resource });
  }
  if (desc.kind !== 'type-eq') throw new Error(`Cannot read the world: "${name}" is a ${desc.kind}`);
  const entry = scope.type(desc.type);
  nameType(entry, name, owner);
  return push(scope, entry);
}

function push(scope: Scope, entry: Entry): Entry {
  scope.types.push(entry);
  return entry;
}

function open(entry: Entry, of: 'instance' | 'component') {
  if (entry.kind !== 'shape' || entry.of !== of) throw new Error(`Cannot read the world: a type is no ${of}`);
  return { scope: new Scope(entry.scope), declarations: entry.declarations };
}

function emptyInterface(name: string): WitInterface {
  return { name, types: [], functions: [] };
}

/** `wasm-plugin:abi/audio-effect@0.1.0` → `audio-effect`. */
function shortName(name: string): string {
  return name.replace(/^.*\//, '').replace(/@.*$/, '');
}
