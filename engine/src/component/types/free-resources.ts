import type { Progress } from './progress.js';
import type { ResolvedItems, ResolvedType, Resource } from './resolved.js';

/**
 * Returns the resources that types speak of and do not bring along themselves.
 * @throws {ModuleError} WP_MODULE_LIMIT if that takes too long
 */
export function freeResources(nodes: Iterable<ResolvedType>, progress: Progress): Set<Resource> {
  const free = new Set<Resource>();
  const seen = new Set<ResolvedType>();
  const visit = (node: ResolvedType): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'resource') free.add(node.resource);
    const parts = partsOf(node);
    progress.spend(1 + parts.length);
    for (const part of parts) visit(part);
    if (node.kind === 'instance' || node.kind === 'component') {
      for (const resource of node.bound) free.delete(resource);
    }
    if (node.kind === 'component') {
      for (const resource of node.imported) free.delete(resource);
    }
  };
  for (const node of nodes) visit(node);
  return free;
}

/** Returns the types of imports or exports. */
export function typesOf(items: ResolvedItems): ResolvedType[] {
  const types: ResolvedType[] = [];
  for (const item of items.values()) {
    if (item.kind !== 'core-module') types.push(item.type);
  }
  return types;
}

/**
 * Returns the resources that `items` export as a type, be it in an instance among them.
 * @throws {ModuleError} WP_MODULE_LIMIT if that takes too long
 */
export function exportedResources(items: ResolvedItems, progress: Progress): Set<Resource> {
  const found = new Set<Resource>();
  const seen = new Set<ResolvedItems>();
  const search = (level: ResolvedItems): void => {
    if (seen.has(level)) return;
    seen.add(level);
    progress.spend(level.size);
    for (const item of level.values()) {
      if (item.kind === 'type' && item.type.kind === 'resource') found.add(item.type.resource);
      if (item.kind === 'instance') search(item.type.exports);
    }
  };
  search(items);
  return found;
}

function partsOf(node: ResolvedType): ResolvedType[] {
  switch (node.kind) {
    case 'primitive':
    case 'flags':
    case 'enum':
    case 'resource':
      return [];
    case 'own':
    case 'borrow':
      return [node.resource];
    case 'list':
      return [node.element];
    case 'stream':
    case 'future':
      return node.element === undefined ? [] : [node.element];
    case 'map':
      return [node.key, node.value];
    case 'option':
      return [node.some];
    case 'result':
      return [node.ok, node.err].filter((side) => side !== undefined);
    case 'tuple':
      return [...node.elements];
    case 'record':
      return node.fields.map((field) => field.type);
    case 'variant':
      return node.cases.map((entry) => entry.type).filter((type) => type !== undefined);
    case 'func':
      return [...node.params.map((param) => param.type), ...(node.result ? [node.result] : [])];
    case 'instance':
      return typesOf(node.exports);
    case 'component':
      return [...typesOf(node.imports), ...typesOf(node.exports)];
  }
}
