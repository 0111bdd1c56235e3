import type { ResolvedItems, ResolvedType } from '@wasm-plugin/engine/component';
import { printResource } from './print-resource.js';
import { membersText, structureText, type Place } from './type-text.js';
import { interfaceName, packageName, witId, witName } from './wit-name.js';

/** Prints the types among some items; those of other interfaces as `use`. */
export function printTypes(items: ResolvedItems, place: Place): string[] {
  const used = new Map<string, string[]>();
  const defined: string[] = [];
  for (const [name, item] of items) {
    if (item.kind !== 'type') continue;
    const origin = originOf(item.type, item.of, place);
    const first = place.names.of(item.type);
    if (origin === undefined && first?.owner === place.owner && first !== undefined && first.name !== name) {
      defined.push(`type ${witName(name)} = ${witName(first.name)};`);
    } else if (origin === undefined) {
      defined.push(printType(name, item.type, { items, place }));
    } else {
      const text = origin.name === name ? witName(name) : `${witName(origin.name)} as ${witName(name)}`;
      used.set(origin.owner, [...(used.get(origin.owner) ?? []), text]);
    }
  }
  return [...[...used].map(([owner, texts]) => `use ${useText(owner, texts, place)};`), ...defined];
}

function originOf(
  type: ResolvedType,
  of: ResolvedType,
  { names, owner }: Place,
): { name: string; owner: string } | undefined {
  const named = names.of(type.kind === 'resource' ? type : of);
  if (named?.owner === undefined || named.owner === owner) return undefined;
  return { name: named.name, owner: named.owner };
}

/** The version of an interface stands before the names: `a:b/c@1.0.0.{x}`. */
function useText(owner: string, texts: readonly string[], { inPackage }: Place): string {
  const from = packageName(owner) === inPackage ? witName(interfaceName(owner)) : witId(owner);
  return `${from}.{${texts.join(', ')}}`;
}

function printType(
  name: string,
  type: ResolvedType,
  { items, place }: { items: ResolvedItems; place: Place },
): string {
  switch (type.kind) {
    case 'resource':
      return printResource(name, items, place);
    case 'record':
    case 'variant':
    case 'flags':
    case 'enum': {
      const members = membersText(type, place.names).map((member) => `  ${member},`);
      return `${type.kind} ${witName(name)} {\n${members.join('\n')}\n}`;
    }
    case 'func':
    case 'instance':
    case 'component':
      return `/* ${type.kind} type ${name} */`;
    default:
      return `type ${witName(name)} = ${structureText(type, place.names)};`;
  }
}
