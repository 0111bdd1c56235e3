import { layoutOf, type FlatType } from '@wasm-plugin/engine/component';
import type { WitType } from '../world/index.js';
import { caseOf, partsOfValue, payloadOf } from './cases.js';
import { RUNTIME_FILE, type BindingsFile } from './context.js';
import { lowerHandle } from './handles.js';
import { lowerList, lowerMap } from './store.js';
import { casesOf, isScalar, partsOf } from './type-parts.js';

/**
 * Statements that turn a value into core values. `value` is a variable or a field of one; `targets` are variables
 * that exist and are zero, of the core types in the type's layout. Takes as many as it needs from the front.
 */
export function lower(
  writer: BindingsFile,
  type: WitType,
  { value, targets }: { value: string; targets: string[] },
): string[] {
  const next = () => targets.shift()!;
  if (isScalar(type)) return [`${next()} = <${flatOf(type)[0]}>${value};`];
  const parts = partsOf(type);
  if (parts) {
    const values = partsOfValue(type, value);
    return parts.flatMap((part, i) => lower(writer, part, { value: values[i]!, targets }));
  }
  switch (type.kind) {
    case 'string':
      return [
        `${next()} = <i32>${writer.ref(RUNTIME_FILE, 'stringData')}(${value});`,
        `${next()} = ${value}.length;`,
      ];
    case 'list': {
      const data = isScalar(type.element) ? `changetype<usize>(${value})` : lowerList(writer, type, value);
      return [`${next()} = <i32>${data};`, `${next()} = ${value}.length;`];
    }
    case 'map':
      return [`${next()} = <i32>${lowerMap(writer, type, value)};`, `${next()} = ${value}.size;`];
    case 'enum':
    case 'flags':
      return [`${next()} = ${value};`];
    case 'own':
    case 'borrow':
      return [`${next()} = ${lowerHandle(writer, type, value)};`];
    default:
      return lowerCases(writer, type, { value, targets });
  }
}

function lowerCases(
  writer: BindingsFile,
  type: WitType,
  { value, targets }: { value: string; targets: string[] },
): string[] {
  const { context } = writer;
  const cases = casesOf(type)!;
  const [, ...joined] = flatOf(type);
  const tag = targets.shift()!;
  const shared = targets.splice(0, joined.length);
  const blocks = cases.flatMap((part, index) => {
    if (part === undefined) return [];
    const payload = context.fresh('payload$');
    const own = flatOf(part).map((flat) => ({ flat, name: context.fresh('f$$') }));
    return [
      `  case ${index}: {`,
      `    const ${payload} = ${payloadOf(type, value, index)};`,
      ...own.map(({ flat, name }) => `    let ${name}: ${flat} = 0;`),
      ...lower(writer, part, { value: payload, targets: own.map(({ name }) => name) }).map(indent),
      ...own.map(({ flat, name }, i) => `    ${shared[i]} = ${widen(name, flat, joined[i]!)};`),
      '    break;',
      '  }',
    ];
  });
  const head = `${tag} = ${caseOf(type, value)};`;
  return blocks.length === 0 ? [head] : [head, `switch (${tag}) {`, ...blocks, '}'];
}

/** The core types of a value that is not passed through memory. */
export function flatOf(type: WitType): readonly FlatType[] {
  return layoutOf(type).flat!;
}

/** Puts a core value into a wider one that several cases share. */
function widen(value: string, have: FlatType, want: FlatType): string {
  if (have === want) return value;
  if (have === 'f64') return `reinterpret<i64>(${value})`;
  const bits = have === 'f32' ? `reinterpret<i32>(${value})` : value;
  return want === 'i64' ? `<i64><u32>${bits}` : bits;
}

function indent(line: string): string {
  return `    ${line}`;
}
