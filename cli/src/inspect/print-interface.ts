import type { ResolvedItems } from '@wasm-plugin/engine/component';
import { printTypes } from './print-types.js';
import { funcText, type Place } from './type-text.js';
import { witName } from './wit-name.js';

/** Prints an interface with its types and functions. */
export function printInterface(head: string, items: ResolvedItems, place: Place): string {
  const body = [...printTypes(items, place), ...printFunctions(items, place)];
  if (body.length === 0) return `${head} {}`;
  return `${head} {\n${body.map(indent).join('\n')}\n}`;
}

/** Moves lines in. */
export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

/** Functions that belong to no resource. */
function printFunctions(items: ResolvedItems, place: Place): string[] {
  return [...items].flatMap(([name, item]) =>
    item.kind === 'func' && !name.startsWith('[')
      ? [`${witName(name)}: ${funcText(item.type, place.names)};`]
      : [],
  );
}
