import type {
  ResolvedCoreItem,
  ResolvedExtern,
  ResolvedFunc,
  ResolvedType,
  ResolvedValue,
} from './resolved.js';

/** The number of parts of a type that are written out before "…". */
const MAX_PARTS = 8;

/** The number of levels of a type that are written out. */
const MAX_LEVELS = 4;

/** Returns a value type as WIT writes it, large parts cut short. */
export function describeValue(type: ResolvedValue, levels = MAX_LEVELS): string {
  if (levels === 0) return '…';
  const inner = (part: ResolvedValue | undefined): string =>
    part === undefined ? '_' : describeValue(part, levels - 1);
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'record':
      return `record { ${parts(type.fields, (field) => `${field.name}: ${inner(field.type)}`)} }`;
    case 'variant':
      return `variant { ${parts(type.cases, (entry) => (entry.type ? `${entry.name}(${inner(entry.type)})` : entry.name))} }`;
    case 'list':
      return `list<${inner(type.element)}>`;
    case 'map':
      return `map<${inner(type.key)}, ${inner(type.value)}>`;
    case 'tuple':
      return `tuple<${parts(type.elements, inner)}>`;
    case 'flags':
    case 'enum':
      return `${type.kind} { ${parts(type.names, (name) => name)} }`;
    case 'option':
      return `option<${inner(type.some)}>`;
    case 'result':
      if (type.ok === undefined && type.err === undefined) return 'result';
      return type.err === undefined
        ? `result<${inner(type.ok)}>`
        : `result<${inner(type.ok)}, ${inner(type.err)}>`;
    case 'stream':
    case 'future':
      return type.element === undefined ? type.kind : `${type.kind}<${inner(type.element)}>`;
    case 'own':
    case 'borrow':
      return `${type.kind}<${type.resource.resource.label}>`;
  }
}

/** Returns a function type as WIT writes it. */
export function describeFunc(type: ResolvedFunc): string {
  const params = parts(type.params, (param) => `${param.name}: ${describeValue(param.type, 2)}`);
  return `${type.async ? 'async ' : ''}func(${params})${type.result ? ` -> ${describeValue(type.result, 2)}` : ''}`;
}

/** Returns the kind of a type. */
export function describeType(type: ResolvedType): string {
  switch (type.kind) {
    case 'resource':
      return `resource ${type.resource.label}`;
    case 'func':
      return describeFunc(type);
    case 'instance':
    case 'component':
      return `${type.kind} type`;
    default:
      return describeValue(type);
  }
}

/** Returns the kind of an import or export. */
export function describeExtern(item: ResolvedExtern): string {
  return item.kind === 'core-module' ? 'module' : item.kind;
}

/** Describes an import or export: a function by its type, else by its kind. */
export function describeItem(item: ResolvedExtern): string {
  return item.kind === 'func' ? describeFunc(item.type) : describeExtern(item);
}

/** Returns the type of a core item as the text format writes it. */
export function describeCoreItem(item: ResolvedCoreItem): string {
  switch (item.kind) {
    case 'func':
    case 'tag':
      return `(${item.kind} (param ${item.type.params.join(' ')}) (result ${item.type.results.join(' ')}))`
        .replace(' (param )', '')
        .replace(' (result )', '');
    case 'table':
      return `(table ${limits(item)} ${item.element})`;
    case 'memory':
      return `(memory ${limits(item)})`;
    case 'global':
      return item.mutable ? `(global (mut ${item.type}))` : `(global ${item.type})`;
  }
}

function limits(item: Extract<ResolvedCoreItem, { minimum: bigint }>): string {
  const maximum = item.maximum === undefined ? '' : ` ${item.maximum}`;
  return `${item.index64 ? 'i64 ' : ''}${item.minimum}${maximum}${item.shared ? ' shared' : ''}`;
}

function parts<T>(all: readonly T[], describe: (part: T) => string): string {
  const shown = all.slice(0, MAX_PARTS).map(describe);
  if (all.length > MAX_PARTS) shown.push(`… ${all.length - MAX_PARTS} more`);
  return shown.join(', ');
}
