import type { ResolvedFunc, ResolvedItems } from '@wasm-plugin/engine/component';
import { funcText, paramsText, type Place } from './type-text.js';
import { witName } from './wit-name.js';

/** Prints a resource with its constructor, methods and static functions. */
export function printResource(resource: string, items: ResolvedItems, place: Place): string {
  const members = [...items].flatMap(([name, item]) => {
    const text = item.kind === 'func' ? printMember(name, item.type, { resource, place }) : undefined;
    return text === undefined ? [] : [`  ${text}`];
  });
  const head = `resource ${witName(resource)}`;
  return members.length === 0 ? `${head};` : `${head} {\n${members.join('\n')}\n}`;
}

function printMember(
  name: string,
  type: ResolvedFunc,
  { resource, place }: { resource: string; place: Place },
): string | undefined {
  const { names } = place;
  if (name === `[constructor]${resource}`) return `constructor(${paramsText(type, names)});`;
  const [, kind, member] = /^\[(method|static)\](.*)$/.exec(name) ?? [];
  if (kind === undefined || !member?.startsWith(`${resource}.`)) return undefined;
  const own = witName(member.slice(resource.length + 1));
  return kind === 'method'
    ? `${own}: ${funcText(type, names, 1)};`
    : `${own}: static ${funcText(type, names)};`;
}
