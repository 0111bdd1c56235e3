import { AbiError } from '@wasm-plugin/abi';
import { camelCase, memberKey, parseFunctionName, pascalCase } from '../canonical/index.js';
import type { ResolvedComponent, ResolvedExtern, ResolvedItems, ResolvedValue } from '../component/index.js';

/**
 * Sees to it that no two names of a component become one in JavaScript, as `a1` and `a-1` would: of its imports and
 * exports, and in the records and flags that its functions take and give. The specification allows such names; newer tools
 * do not. Linear in the type.
 * @throws {AbiError} WP_ABI_NAMES
 */
export function checkJsNames({ imports, exports }: ResolvedComponent): void {
  const seen = new Set<ResolvedValue>();
  checkItems(imports, { owner: 'the imports', seen });
  checkItems(exports, { owner: 'the exports', seen });
}

interface Place {
  owner: string;
  /** Value types that were looked at. */
  seen: Set<ResolvedValue>;
}

function checkItems(items: ResolvedItems, place: Place): void {
  const names = new JsNames(place.owner);
  for (const [name, item] of items) {
    const key = keyOf(name, item);
    if (key !== undefined) names.add(key, name);
    if (item.kind === 'instance') {
      checkItems(item.type.exports, { ...place, owner: `the interface "${name}"` });
    } else if (item.kind === 'func') {
      for (const param of item.type.params) checkValue(param.type, place);
      checkValue(item.type.result, place);
    }
  }
}

/** Returns the key of an item in JavaScript; `undefined` if it has no key there, or one that is unique because the name is. */
function keyOf(name: string, { kind, type }: ResolvedExtern): string | undefined {
  if (name.includes(':') || kind === 'component') return undefined;
  if (kind === 'type') return type.kind === 'resource' ? pascalCase(name) : undefined;
  const parsed = parseFunctionName(name);
  const key = memberKey(parsed.name, parsed.kind);
  if (parsed.kind === 'function') return key;
  const owner = pascalCase(parsed.resource);
  if (parsed.kind === 'constructor') return `new ${owner}`;
  return parsed.kind === 'static' ? `${owner}.${key}` : `${owner}.prototype.${key}`;
}

function checkValue(value: ResolvedValue | undefined, place: Place): void {
  if (value === undefined || place.seen.has(value)) return;
  place.seen.add(value);
  switch (value.kind) {
    case 'record':
      checkKeys(
        value.fields.map(({ name }) => name),
        `a record of ${place.owner}`,
      );
      for (const { type } of value.fields) checkValue(type, place);
      return;
    case 'flags':
      checkKeys(value.names, `flags of ${place.owner}`);
      return;
    case 'variant':
      for (const { type } of value.cases) checkValue(type, place);
      return;
    case 'tuple':
      for (const element of value.elements) checkValue(element, place);
      return;
    case 'list':
    case 'stream':
    case 'future':
      checkValue(value.element, place);
      return;
    case 'map':
      checkValue(value.value, place);
      return;
    case 'option':
      checkValue(value.some, place);
      return;
    case 'result':
      checkValue(value.ok, place);
      checkValue(value.err, place);
      return;
    default:
  }
}

function checkKeys(names: readonly string[], owner: string): void {
  const keys = new JsNames(owner);
  for (const name of names) keys.add(camelCase(name), name);
}

/** The names of one object in JavaScript. */
class JsNames {
  readonly #owner: string;
  /** By name in JavaScript, the name in WIT. */
  readonly #taken = new Map<string, string>();

  constructor(owner: string) {
    this.#owner = owner;
  }

  add(key: string, name: string): void {
    const other = this.#taken.get(key);
    if (other !== undefined) {
      throw new AbiError(
        'WP_ABI_NAMES',
        `Cannot load the component: "${other}" and "${name}" of ${this.#owner} are both "${key}" in JavaScript; rename one`,
      );
    }
    this.#taken.set(key, name);
  }
}
