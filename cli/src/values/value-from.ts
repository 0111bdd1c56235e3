import { camelCase, type ResolvedValue } from '@wasm-plugin/engine/component';
import { bytesFrom } from './bytes-from.js';
import { memberOf } from './member-of.js';
import { primitiveFrom } from './primitive-from.js';
import { valueError, type Path } from './value-error.js';

type Of<Kind extends ResolvedValue['kind']> = Extract<ResolvedValue, { kind: Kind }>;
type FlagsType = ResolvedValue & { kind: 'enum' | 'flags' };

/** Turns JSON into the JavaScript value that the engine takes for a WIT type. */
export function valueFrom(json: unknown, type: ResolvedValue, path: Path): unknown {
  switch (type.kind) {
    case 'primitive':
      return primitiveFrom(json, type.type, path);
    case 'list':
      return listFrom(json, type, path);
    case 'map':
      return mapFrom(json, type, path);
    case 'tuple':
      return tupleFrom(json, type, path);
    case 'record':
      return recordFrom(json, type, path);
    case 'variant':
      return variantFrom(json, type, path);
    case 'enum':
      if (typeof json === 'string' && type.names.includes(json)) return json;
      throw valueError(path, { found: json, wanted: type });
    case 'flags':
      return flagsFrom(json, type, path);
    case 'option':
      return optionFrom(json, type, path);
    case 'result':
      return resultFrom(json, type, path);
    case 'stream':
    case 'future':
      throw valueError(path, { found: json, wanted: `a ${type.kind}, which JSON cannot hold` });
    case 'own':
    case 'borrow':
      throw valueError(path, {
        found: json,
        wanted: `a ${type.resource.resource.label}, which JSON cannot hold`,
      });
  }
}

function listFrom(json: unknown, type: Of<'list'>, path: Path): unknown {
  const { element } = type;
  if (element.kind === 'primitive' && element.type === 'u8' && !Array.isArray(json)) {
    return bytesFrom(json, path);
  }
  if (!Array.isArray(json)) throw valueError(path, { found: json, wanted: type });
  const items = json.map((item, index) => valueFrom(item, element, `${path}[${index}]`));
  const typed = element.kind === 'primitive' ? TYPED_ARRAYS[element.type] : undefined;
  return typed === undefined ? items : typed(items);
}

/** Takes a list of pairs, or an object where the keys are strings. */
function mapFrom(json: unknown, type: Of<'map'>, path: Path): unknown {
  const { key, value } = type;
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const ofStrings = key.kind === 'primitive' && key.type === 'string';
  const pairs: unknown = isObject && ofStrings ? Object.entries(json) : json;
  if (!Array.isArray(pairs)) throw valueError(path, { found: json, wanted: type });
  return new Map(
    pairs.map((pair: unknown, index) => {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw valueError(`${path}[${index}]`, { found: pair, wanted: 'a pair [key, value]' });
      const at = valueFrom(pair[0], key, `${path}[${index}][0]`);
      return [at, valueFrom(pair[1], value, `${path}[${index}][1]`)] as const;
    }),
  );
}

/** The engine takes lists of numbers as typed arrays. */
const TYPED_ARRAYS: Record<string, ((items: unknown[]) => unknown) | undefined> = {
  u8: (items) => Uint8Array.from(items as number[]),
  s8: (items) => Int8Array.from(items as number[]),
  u16: (items) => Uint16Array.from(items as number[]),
  s16: (items) => Int16Array.from(items as number[]),
  u32: (items) => Uint32Array.from(items as number[]),
  s32: (items) => Int32Array.from(items as number[]),
  u64: (items) => BigUint64Array.from(items as bigint[]),
  s64: (items) => BigInt64Array.from(items as bigint[]),
  f32: (items) => Float32Array.from(items as number[]),
  f64: (items) => Float64Array.from(items as number[]),
};

function tupleFrom(json: unknown, type: Of<'tuple'>, path: Path): unknown {
  const { elements } = type;
  if (!Array.isArray(json) || json.length !== elements.length) {
    throw valueError(path, { found: json, wanted: type });
  }
  return elements.map((element, index) => valueFrom(json[index], element, `${path}[${index}]`));
}

function recordFrom(json: unknown, type: Of<'record'>, path: Path): unknown {
  const given = objectFrom(json, type, path);
  refuseOthers(given, { names: type.fields.map((field) => field.name), path });
  const result: Record<string, unknown> = {};
  for (const field of type.fields) {
    const key = camelCase(field.name);
    result[key] = valueFrom(memberOf(given, field.name), field.type, `${path}.${key}`);
  }
  return result;
}

function flagsFrom(json: unknown, type: FlagsType, path: Path): unknown {
  const given = Array.isArray(json)
    ? Object.fromEntries(json.map((name) => [String(name), true]))
    : objectFrom(json, type, path);
  refuseOthers(given, { names: type.names, path });
  const flags: Record<string, boolean> = {};
  for (const name of type.names) {
    const key = camelCase(name);
    const value = memberOf(given, name) ?? false;
    if (typeof value !== 'boolean') throw valueError(`${path}.${key}`, { found: value, wanted: 'a boolean' });
    flags[key] = value;
  }
  return flags;
}

function variantFrom(json: unknown, type: Of<'variant'>, path: Path): unknown {
  const { tag, val } = taggedFrom(json, type, path);
  const found = type.cases.find((each) => each.name === tag);
  if (found === undefined) throw valueError(path, { found: json, wanted: type });
  if (found.type === undefined) return { tag };
  return { tag, val: valueFrom(val, found.type, `${path}.val`) };
}

function optionFrom(json: unknown, type: Of<'option'>, path: Path): unknown {
  if (json === null || json === undefined) return undefined;
  if (type.some.kind !== 'option') return valueFrom(json, type.some, path);
  const { tag, val } = taggedFrom(json, type, path);
  if (tag === 'none') return { tag };
  if (tag === 'some') return { tag, val: valueFrom(val, type.some, `${path}.val`) };
  throw valueError(path, { found: json, wanted: type, hint: NESTED_OPTION });
}

const NESTED_OPTION = 'An option of an option is { "tag": "some", "val": … } or { "tag": "none" }';

function resultFrom(json: unknown, type: Of<'result'>, path: Path): unknown {
  const { tag, val } = taggedFrom(json, type, path);
  if (tag !== 'ok' && tag !== 'err') throw valueError(path, { found: json, wanted: type });
  const payload = type[tag];
  return { tag, val: payload === undefined ? undefined : valueFrom(val, payload, `${path}.val`) };
}

/** `{ "tag": "a", "val": 1 }`, or `"a"` for a case without a value. */
function taggedFrom(json: unknown, type: ResolvedValue, path: Path): { tag: unknown; val?: unknown } {
  if (typeof json === 'string') return { tag: json };
  const given = objectFrom(json, type, path);
  if ('tag' in given) return given as { tag: unknown; val?: unknown };
  throw valueError(path, { found: json, wanted: type, hint: 'A case is { "tag": "name", "val": … }' });
}

function objectFrom(json: unknown, type: ResolvedValue, path: Path): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw valueError(path, { found: json, wanted: type });
}

function refuseOthers(
  given: Record<string, unknown>,
  { names, path }: { names: readonly string[]; path: Path },
): void {
  const known = new Set(names.flatMap((name) => [name, camelCase(name)]));
  const other = Object.keys(given).find((key) => !known.has(key));
  if (other === undefined) return;
  const wanted = `one of ${names.map((name) => `"${camelCase(name)}"`).join(', ')}`;
  throw valueError(`a key of ${path}`, { found: other, wanted });
}
