import type { ResolvedComponent, ResolvedExtern, ResolvedItems } from '@wasm-plugin/engine/component';
import { indent, printInterface } from './print-interface.js';
import { printTypes } from './print-types.js';
import { funcText, TypeNames, type Place } from './type-text.js';
import { interfaceName, packageName, witId, witName } from './wit-name.js';

/** A world to be printed. */
export interface NamedWorld {
  name: string;
  type: ResolvedComponent;
}

/** The package of a component, which names none. As other tools call it. */
const NAMELESS = 'root:component';

/**
 * Prints worlds as the text of one WIT package: the worlds, the interfaces of the package, and the other packages that they
 * name, nested. `wasm-plugin wit build` takes it.
 * @param name - of the package, with its version
 */
export function printPackage(worlds: readonly NamedWorld[], name = NAMELESS): string {
  const names = new TypeNames();
  for (const { type } of worlds) names.add(type.imports).add(type.exports);
  const packages = new Map<string, string[]>([[name, []]]);
  for (const [id, items] of interfacesOf(worlds)) {
    const owner = packageName(id);
    const head = `interface ${witName(interfaceName(id))}`;
    const text = printInterface(head, items, { names, owner: id, inPackage: owner });
    packages.set(owner, [...(packages.get(owner) ?? []), text]);
  }
  const own = packages.get(name) ?? [];
  packages.delete(name);
  const place = { names, owner: undefined, inPackage: name };
  return [
    `package ${witId(name)};`,
    ...own,
    ...worlds.map((world) => printWorld(world, place)),
    ...[...packages].map(([each, texts]) => `package ${witId(each)} {\n${texts.map(indent).join('\n\n')}\n}`),
  ].join('\n\n');
}

/** Every interface that has a package, with all items known of it: imports and exports may show different ones. */
function interfacesOf(worlds: readonly NamedWorld[]): Map<string, ResolvedItems> {
  const found = new Map<string, Map<string, ResolvedExtern>>();
  for (const { type } of worlds) {
    for (const [name, item] of [...type.imports, ...type.exports]) {
      if (item.kind !== 'instance' || !name.includes(':')) continue;
      const items = found.get(name) ?? new Map<string, ResolvedExtern>();
      for (const [key, inner] of item.type.exports) if (!items.has(key)) items.set(key, inner);
      found.set(name, items);
    }
  }
  return found;
}

function printWorld({ name, type }: NamedWorld, place: Place): string {
  // A type of the world itself is an import, and is exported again if an exported function uses it.
  const types = new Map([...type.exports, ...type.imports]);
  const body = [
    ...printTypes(types, place),
    ...printItems('import', type.imports, place),
    ...printItems('export', type.exports, place),
  ];
  const head = `world ${witName(name)}`;
  return body.length === 0 ? `${head} {}` : `${head} {\n${body.map(indent).join('\n')}\n}`;
}

function printItems(direction: 'import' | 'export', items: ResolvedItems, place: Place): string[] {
  return [...items].flatMap(([name, item]) =>
    // The functions of a resource stand in it.
    item.kind === 'type' || name.startsWith('[') ? [] : [`${direction} ${printItem(name, item, place)}`],
  );
}

function printItem(name: string, item: ResolvedExtern, place: Place): string {
  switch (item.kind) {
    case 'func':
      return `${witName(name)}: ${funcText(item.type, place.names)};`;
    case 'instance':
      return name.includes(':')
        ? `${packageName(name) === place.inPackage ? witName(interfaceName(name)) : witId(name)};`
        : printInterface(`${witName(name)}: interface`, item.type.exports, { ...place, owner: name });
    default:
      return `/* ${item.kind} ${name} */`;
  }
}
