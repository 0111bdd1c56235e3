import { layoutOf, recordLayout } from '@wasm-plugin/engine/component';
import type { WitType } from '../world/index.js';
import { asType } from './as-type.js';
import { makeCase, makeWhole } from './cases.js';
import { ABI_FILE, RUNTIME_FILE, type Context } from './context.js';
import { liftHandle } from './handles.js';
import type { ModuleWriter } from './module-writer.js';
import { casesOf, isScalar, partsOf } from './type-parts.js';

/** An expression that reads a value from memory at `at`. */
export function load(context: Context, writer: ModuleWriter, type: WitType, at: string): string {
  const runtime = (name: string) => writer.ref(RUNTIME_FILE, name);
  if (type.kind === 'bool') return `load<u8>(${at}) != 0`;
  if (isScalar(type)) return `load<${asType(context, writer, type)}>(${at})`;
  switch (type.kind) {
    case 'string':
      return `${runtime('loadString')}(${at})`;
    case 'list':
      return liftList(context, writer, type, `load<usize>(${at})`, `load<usize>(${at}, 4)`);
    case 'map':
      return liftMap(context, writer, type, `load<usize>(${at})`, `load<usize>(${at}, 4)`);
    case 'enum':
      return `<i32>load<u${layoutOf(type).size * 8}>(${at})`;
    case 'flags':
      return `<i32>load<u${layoutOf(type).size * 8}>(${at})`;
    case 'own':
    case 'borrow':
      return liftHandle(context, writer, type, `load<i32>(${at})`);
    default:
      return `${writer.ref(ABI_FILE, loader(context, type))}(${at})`;
  }
}

/** An expression for a list whose elements lie at `data`. */
export function liftList(
  context: Context,
  writer: ModuleWriter,
  type: WitType & { kind: 'list' },
  data: string,
  length: string,
): string {
  const { element } = type;
  if (isScalar(element)) {
    const liftScalars = writer.ref(RUNTIME_FILE, 'liftScalars');
    return `${liftScalars}<${asType(context, writer, element)}>(${data}, ${length})`;
  }
  const helper = context.helper('loadList', type, (name) => {
    const { abi } = context;
    const list = asType(context, abi, type);
    abi.add(`export function ${name}(data: usize, length: usize): ${list} {
  const list = new ${list}(<i32>length);
  for (let i: usize = 0; i < length; i++) {
    unchecked((list[<i32>i] = ${load(context, abi, element, `data + i * ${layoutOf(element).size}`)}));
  }
  return list;
}
`);
  });
  return `${writer.ref(ABI_FILE, helper)}(${data}, ${length})`;
}

/** An expression for a map whose entries lie at `data`. Of equal keys the last one counts. */
export function liftMap(
  context: Context,
  writer: ModuleWriter,
  type: WitType & { kind: 'map' },
  data: string,
  length: string,
): string {
  const helper = context.helper('loadMap', type, (name) => {
    const { abi } = context;
    const map = asType(context, abi, type);
    const { offsets, size } = recordLayout([layoutOf(type.key), layoutOf(type.value)]);
    const [key, value] = [type.key, type.value].map((part, i) =>
      load(context, abi, part, `at + ${offsets[i]}`),
    );
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
    abi.add(`export function ${name}(at: usize): ${asType(context, abi, type)} {\n${body}}\n`);
  });
}

function loadParts(context: Context, type: WitType, parts: WitType[]): string {
  const { offsets } = layoutOf(type);
  const values = parts.map((part, i) => load(context, context.abi, part, `at + ${offsets[i]}`));
  return `  return ${makeWhole(context, context.abi, type, values)};\n`;
}

function loadCases(context: Context, type: WitType, cases: (WitType | undefined)[]): string {
  const { abi } = context;
  const returns = cases.map((part, index) => {
    const payload = part && load(context, abi, part, `at + ${layoutOf(type).offsets[0]}`);
    return makeCase(context, abi, type, { index, payload });
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
