import {
  decodeComponent,
  describeValue,
  validateComponent,
  type ResolvedComponent,
  type ResolvedFunc,
  type ResolvedItems,
  type ResolvedType,
  type ResolvedValue,
} from '@wasm-plugin/engine/component';

/** Decodes and checks a component. @throws {ModuleError} */
export function readComponent(bytes: Uint8Array): ResolvedComponent {
  return validateComponent(decodeComponent(bytes));
}

/** Names of types, by the type. */
type Names = ReadonlyMap<ResolvedType, string>;

/** Returns the names that an interface gives to its types. */
export function namesOf(items: ResolvedItems): Names {
  const named = [...items].filter(([, { kind }]) => kind === 'type');
  return new Map(named.map(([name, { type }]) => [type as ResolvedType, name]));
}

/** Writes a value type as WIT does. */
export function typeText(type: ResolvedValue, names: Names): string {
  const own = names.get(type);
  if (own !== undefined) return own;
  const inner = (each: ResolvedValue | undefined): string =>
    each === undefined ? '_' : typeText(each, names);
  if (type.kind === 'list') return `list<${inner(type.element)}>`;
  if (type.kind === 'option') return `option<${inner(type.some)}>`;
  if (type.kind === 'tuple') return `tuple<${type.elements.map(inner).join(', ')}>`;
  if (type.kind === 'result') return `result<${inner(type.ok)}, ${inner(type.err)}>`;
  return describeValue(type);
}

/** Writes the type of a function as WIT does. */
export function signature({ params, result }: ResolvedFunc, names: Names): string {
  const given = params.map(({ name, type }) => `${name}: ${typeText(type, names)}`).join(', ');
  return `func(${given})${result === undefined ? '' : ` -> ${typeText(result, names)}`}`;
}

/** Writes what a component imports and exports. */
export function witText({ imports, exports }: ResolvedComponent): string {
  return `world {\n${[...lines(imports, 'import'), ...lines(exports, 'export')].join('\n')}\n}`;
}

function lines(of: ResolvedItems, verb: 'import' | 'export'): string[] {
  return [...of].map(([name, item]) => {
    if (item.kind === 'func') return `  ${verb} ${name}: ${signature(item.type, namesOf(of))};`;
    if (item.kind !== 'instance') return `  ${verb} ${name}: ${item.kind};`;
    const names = namesOf(item.type.exports);
    const own = [...item.type.exports].flatMap(([each, { kind, type }]) =>
      kind === 'func' ? [`    ${each}: ${signature(type as ResolvedFunc, names)};`] : [],
    );
    return own.length === 0 ? `  ${verb} ${name};` : `  ${verb} ${name} {\n${own.join('\n')}\n  }`;
  });
}
