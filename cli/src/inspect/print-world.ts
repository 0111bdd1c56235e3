import type { ResolvedComponent, ResolvedExtern, ResolvedItems } from '@wasm-plugin/engine/internals';
import { printInterface } from './print-interface.js';
import { printTypes } from './print-types.js';
import { funcText, TypeNames } from './type-text.js';
import { witName } from './wit-name.js';

/** Prints what a component imports and exports as a WIT world, interfaces written out in place. */
export function printWorld(type: ResolvedComponent, name = 'root'): string {
  const names = new TypeNames().add(type.imports).add(type.exports);
  const body = [...printItems('import', type.imports, names), ...printItems('export', type.exports, names)];
  return body.length === 0 ? `world ${name} {}` : `world ${name} {\n${body.map(indent).join('\n')}\n}`;
}

function printItems(direction: 'import' | 'export', items: ResolvedItems, names: TypeNames): string[] {
  const types = printTypes(items, { names, owner: undefined });
  const others = [...items].filter(([, item]) => item.kind !== 'type');
  return [...types, ...others.map(([name, item]) => `${direction} ${printItem(name, item, names)}`)];
}

function printItem(name: string, item: ResolvedExtern, names: TypeNames): string {
  switch (item.kind) {
    case 'func':
      return `${witName(name)}: ${funcText(item.type, names)};`;
    case 'instance':
      return name.includes(':')
        ? printInterface(`${name}`, item.type.exports, { names, owner: name })
        : printInterface(`${witName(name)}: interface`, item.type.exports, { names, owner: name });
    default:
      return `/* ${item.kind} ${name} */`;
  }
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
