import { layoutOf, recordLayout } from '@wasm-plugin/engine/component';
import type { WitType } from '../world/index.js';
import { asType } from './as-type.js';
import { makeCase, makeWhole } from './cases.js';
import { ABI_FILE, RUNTIME_FILE, type BindingsFile, type Context } from './context.js';
import { liftHandle } from './handles.js';
import { casesOf, isScalar, partsOf } from './type-parts.js';

/** An expression that reads a value from memory at `at`. */
export function load(writer: BindingsFile, type: WitType, at: string): string {
  const { context } = writer;
  const runtime = (name: string) => writer.ref(RUNTIME_FILE, name);
  if (type.kind === 'bool') return `load<u8>(${at}) != 0`;
  if (isScalar(type)) return `load<${asType(writer, type)}>(${at})`;
  switch (type.kind) {
    case 'string':
      return `${runtime('loadString')}(${at})`;
    case 'list':
      return liftList(writer, type, lengthened(at));
    case 'map':
      return liftMap(writer, type, lengthened(at));
    case 'enum':
      return `<i32>load<u${layoutOf(type).size * 8}>(${at})`;
    case 'flags':
      return `<i32>load<u${layoutOf(type).size * 8}>(${at})`;
    case 'own':
    case 'borrow':
      return liftHandle(writer, type, `load<i32>(${at})`);
    default:
      return `${writer.ref(ABI_FILE, loader(context, type))}(${at})`;
  }
}

/** The expressions of the address and the length that lie at `at`. */
function lengthened(at: string): { data: string; length: string } {
  return { data: `load<usize>(${at})`, length: `load<usize>(${at}, 4)` };
}

/** An expression for a list whose elements lie at `data`. */
export function liftList(
  writer: BindingsFile,
  type: WitType & { kind: 'list' },
  { data, length }: { data: string; length: string },
): string {
  const { context } = writer;
  const { element } = type;
  if (isScalar(element)) {
    const liftScalars = writer.ref(RUNTIME_FILE, 'liftScalars');
    return `${liftScalars}<${asType(writer, element)}>(${data}, ${length})`;
  }
  const helper = context.helper('loadList', type, (name) => {
    const { abi } = context;
    const list = asType(abi, type);
    abi.add(`export function ${name}(data: usize, length: usize): ${list} {
  const list = new ${list}(<i32>length);
  for (let i: usize = 0; i < length; i++) {
    unchecked((list[<i32>i] = ${load(abi, element, `data + i * ${layoutOf(element).size}`)}));
  }
  return list;
}
`);
  });
  return `${writer.ref(ABI_FILE, helper)}(${data}, ${length})`;
}

/** An expression for a map whose entries lie at `data`. Of equal keys the last one counts. */
export function liftMap(
  writer: BindingsFile,
  type: WitType & { kind: 'map' },
  { data, length }: { data: string; length: string },
): string {
  const { context } = writer;
  const helper = context.helper('loadMap', type, (name) => {
    const { abi } = context;
    const map = asType(abi, type);
    const { offsets, size } = recordLayout([layoutOf(type.key), layoutOf(type.value)]);
    const [key, value] = [type.key, type.value].map((part, i) => load(abi, part, `at + ${offsets[i]}`));
    abi.add(`export function ${name}(data: usize, length: usize): ${map} {
  const map = new ${map}();
  for (let i: usize = 0; i < length; i++) {
    const at = data + i * ${size};
    map.set(${key}, ${value});
  }
  return map;
}
`);
  });
  return `${writer.ref(ABI_FILE, helper)}(${data}, ${length})`;
}

function loader(context: Context, type: WitType): string {
  return context.helper('load', type, (name) => {
    const { abi } = context;
    const parts = partsOf(type);
    const body = parts ? loadParts(context, type, parts) : loadCases(context, type, casesOf(type)!);
    abi.add(`export function ${name}(at: usize): ${asType(abi, type)} {\n${body}}\n`);
  });
}

function loadParts(context: Context, type: WitType, parts: WitType[]): string {
  const { offsets } = layoutOf(type);
  const values = parts.map((part, i) => load(context.abi, part, `at + ${offsets[i]}`));
  return `  return ${makeWhole(context.abi, type, values)};\n`;
}

function loadCases(context: Context, type: WitType, cases: (WitType | undefined)[]): string {
  const { abi } = context;
  const returns = cases.map((part, index) => {
    const payload = part && load(abi, part, `at + ${layoutOf(type).offsets[0]}`);
    return makeCase(abi, type, { index, payload });
  });
  return selectCase(`load<u${layoutOf(type).discriminant * 8}>(at)`, returns);
}

/** Statements that return one of some expressions. The host has checked that there are no other cases. */
export function selectCase(tag: string, returns: string[]): string {
  const lines = returns.map((expression, index) => {
    const label = index === returns.length - 1 ? 'default' : `case ${index}`;
    return `    ${label}:\n      return ${expression};\n`;
  });
  return `  switch (<i32>${tag}) {\n${lines.join('')}  }\n`;
}
