import { asType, camelNames, isNullable, pascalNames, type BindingsFile } from '@wasm-plugin/as/bindings';
import type { WitType } from '@wasm-plugin/as';

const FILE = '/convert';

interface Pair {
  from: WitType;
  to: WitType;
}

/** Writes functions that make the value of one type of the same one of another: of an exported interface and an imported one. */
export class Conversions {
  readonly #writer: BindingsFile;
  readonly #known: (Pair & { name: string })[] = [];
  readonly #functions: string[] = [];

  constructor(writer: BindingsFile) {
    this.#writer = writer;
  }

  text(): string {
    return this.#functions.join('');
  }

  /** An expression for `value` of the type `from` as one of the type `to`. */
  call(writer: BindingsFile, { from, to, value }: Pair & { value: string }): string {
    if (isSame(from, to)) return value;
    let found = this.#known.find((known) => known.from === from && known.to === to);
    if (found === undefined) {
      found = { from, to, name: `c${this.#known.length}` };
      this.#known.push(found);
      const [a, b] = [from, to].map((type) => asType(this.#writer, type));
      const body = this.#body(from, to);
      this.#functions.push(`export function ${found.name}(x: ${a}): ${b} {\n${body}\n}\n`);
    }
    return `${writer.ref(FILE, found.name)}(${value})`;
  }

  #body(from: WitType, to: WitType): string {
    const type = (type: WitType | undefined): string => asType(this.#writer, type);
    const inner = (from: WitType | undefined, to: WitType | undefined, value: string): string =>
      from === undefined ? this.#wit('unit') : this.call(this.#writer, { from, to: to!, value });
    if (from.kind === 'list' && to.kind === 'list') {
      return `  const out = new ${type(to)}(x.length);
  for (let i = 0; i < x.length; i++) out[i] = ${inner(from.element, to.element, 'x[i]')};
  return out;`;
    }
    if (from.kind === 'option' && to.kind === 'option') {
      if (isNullable(to))
        return `  if (x === null) return null;\n  return ${inner(from.some, to.some, 'x')};`;
      const some = type(to.some);
      return `  return x.isSome ? ${this.#wit('some')}<${some}>(${inner(from.some, to.some, 'x.value')}) : ${this.#wit('none')}<${some}>();`;
    }
    if (from.kind === 'result' && to.kind === 'result') {
      const generics = `<${type(to.ok)}, ${type(to.err)}>`;
      return `  return x.isOk ? ${this.#wit('ok')}${generics}(${inner(from.ok, to.ok, 'x.value')}) : ${this.#wit('err')}${generics}(${inner(from.err, to.err, 'x.error')});`;
    }
    if (from.kind === 'map' && to.kind === 'map') {
      return `  const out = new ${type(to)}();
  const keys = x.keys();
  const values = x.values();
  for (let i = 0; i < keys.length; i++) out.set(keys[i], ${inner(from.value, to.value, 'values[i]')});
  return out;`;
    }
    if (from.kind === 'tuple' && to.kind === 'tuple') {
      const parts = from.elements.map((element, i) => inner(element, to.elements[i], `x.value${i}`));
      return `  return new ${type(to)}(${parts.join(', ')});`;
    }
    if (from.kind === 'record' && to.kind === 'record') {
      const names = camelNames(from.fields.map(({ name }) => name));
      const parts = from.fields.map((field, i) => inner(field.type, to.fields[i]!.type, `x.${names[i]}`));
      return `  return new ${type(to)}(${parts.join(', ')});`;
    }
    if (from.kind === 'variant' && to.kind === 'variant') {
      const names = from.cases.map(({ name }) => name);
      const [made, payloads] = [camelNames(names), pascalNames(names)];
      const cases = from.cases.map((item, i) => {
        const payload =
          item.type === undefined ? '' : inner(item.type, to.cases[i]!.type, `x.as${payloads[i]}`);
        return `    case ${i}: return ${type(to)}.${made[i]}(${payload});\n`;
      });
      return `  switch (<i32>x.tag) {\n${cases.join('')}    default: return unreachable();\n  }`;
    }
    if (from.kind === 'enum' || from.kind === 'flags') return `  return <${type(to)}><i32>x;`;
    if (from.kind === 'borrow') return '  return x.inner$!;';
    if (to.kind === 'own' && this.#writer.context.isExported(to.resource)) {
      return `  const made = changetype<${type(to)}>(__new(offsetof<${type(to)}>(), idof<${type(to)}>()));
  made.handle = 0;
  made.inner$ = x;
  return made;`;
    }
    return `  const inner = x.inner$!;
  x.inner$ = null;
  x.drop();
  return inner;`;
  }

  #wit(name: string): string {
    return this.#writer.ref('wit', name);
  }
}

/** Returns true if AssemblyScript has one type for both. */
function isSame(from: WitType, to: WitType): boolean {
  if (from === to) return true;
  if (from.kind !== to.kind) throw new Error(`a ${from.kind} is a ${to.kind}`);
  switch (from.kind) {
    case 'list':
      return isSame(from.element, (to as typeof from).element);
    case 'map':
      return isSame(from.value, (to as typeof from).value);
    case 'option':
      return isSame(from.some, (to as typeof from).some);
    case 'tuple':
      return from.elements.every((element, i) => isSame(element, (to as typeof from).elements[i]!));
    case 'result': {
      const other = to as typeof from;
      return (
        (from.ok === undefined || isSame(from.ok, other.ok!)) &&
        (from.err === undefined || isSame(from.err, other.err!))
      );
    }
    case 'own':
    case 'borrow':
      return from.resource === (to as typeof from).resource;
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
      return false;
    default:
      return true;
  }
}
