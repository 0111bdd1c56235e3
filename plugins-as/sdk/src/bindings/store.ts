import { layoutOf, recordLayout } from '@wasm-plugin/engine/component';
import type { WitType } from '../world/index.js';
import { asType } from './as-type.js';
import { caseOf, partsOfValue, payloadOf } from './cases.js';
import { ABI_FILE, RUNTIME_FILE, type BindingsFile, type Context } from './context.js';
import { lowerHandle } from './handles.js';
import { casesOf, isScalar, partsOf } from './type-parts.js';

/** A statement that writes `value` to memory at `at`. */
export function store(
  writer: BindingsFile,
  type: WitType,
  { at, value }: { at: string; value: string },
): string {
  const { context } = writer;
  const runtime = (name: string) => writer.ref(RUNTIME_FILE, name);
  if (isScalar(type)) return `store<${asType(writer, type)}>(${at}, ${value});`;
  switch (type.kind) {
    case 'string':
      return `${runtime('storeString')}(${at}, ${value});`;
    case 'list':
      if (isScalar(type.element)) {
        return `${runtime('storeScalars')}<${asType(writer, type.element)}>(${at}, ${value});`;
      }
      return `store<usize>(${at}, ${lowerList(writer, type, value)}); store<i32>(${at}, ${value}.length, 4);`;
    case 'map':
      return `store<usize>(${at}, ${lowerMap(writer, type, value)}); store<i32>(${at}, ${value}.size, 4);`;
    case 'enum':
      return storeSmall(layoutOf(type).size, at, value);
    case 'flags':
      return storeSmall(layoutOf(type).size, at, value);
    case 'own':
    case 'borrow':
      return `store<i32>(${at}, ${lowerHandle(writer, type, value)});`;
    default:
      return `${writer.ref(ABI_FILE, storer(context, type))}(${at}, ${value});`;
  }
}

/** An expression that writes the elements of a list of objects to memory, and gives their address. */
export function lowerList(writer: BindingsFile, type: WitType & { kind: 'list' }, value: string): string {
  const { context } = writer;
  const helper = context.helper('storeList', type, (name) => {
    const { abi } = context;
    const bytes = layoutOf(type.element).size;
    const statement = store(abi, type.element, { at: `data + i * ${bytes}`, value: 'element' });
    abi.add(`export function ${name}(list: ${asType(abi, type)}): usize {
  const length = list.length;
  const data = ${abi.ref(RUNTIME_FILE, 'allocate')}(length * ${bytes});
  for (let i = 0; i < length; i++) {
    const element = unchecked(list[i]);
    ${statement}
  }
  return data;
}
`);
  });
  return `${writer.ref(ABI_FILE, helper)}(${value})`;
}

/** An expression that writes the entries of a map to memory, and gives their address. */
export function lowerMap(writer: BindingsFile, type: WitType & { kind: 'map' }, value: string): string {
  const { context } = writer;
  const helper = context.helper('storeMap', type, (name) => {
    const { abi } = context;
    const { offsets, size } = recordLayout([layoutOf(type.key), layoutOf(type.value)]);
    const [key, item] = [type.key, type.value].map((part, i) =>
      store(abi, part, { at: `at + ${offsets[i]}`, value: i === 0 ? 'key' : 'value' }),
    );
    abi.add(`export function ${name}(map: ${asType(abi, type)}): usize {
  const keys = map.keys();
  const values = map.values();
  const data = ${abi.ref(RUNTIME_FILE, 'allocate')}(keys.length * ${size});
  for (let i = 0; i < keys.length; i++) {
    const at = data + i * ${size};
    const key = unchecked(keys[i]);
    const value = unchecked(values[i]);
    ${key}
    ${item}
  }
  return data;
}
`);
  });
  return `${writer.ref(ABI_FILE, helper)}(${value})`;
}

function storer(context: Context, type: WitType): string {
  return context.helper('store', type, (name) => {
    const { abi } = context;
    const parts = partsOf(type);
    const body = parts ? storeParts(context, type, parts) : storeCases(context, type, casesOf(type)!);
    abi.add(`export function ${name}(at: usize, value: ${asType(abi, type)}): void {\n${body}}\n`);
  });
}

function storeParts(context: Context, type: WitType, parts: WitType[]): string {
  const { offsets } = layoutOf(type);
  const values = partsOfValue(type, 'value');
  const lines = parts.map((part, i) => {
    return `  ${store(context.abi, part, { at: `at + ${offsets[i]}`, value: values[i]! })}\n`;
  });
  return lines.join('');
}

function storeCases(context: Context, type: WitType, cases: (WitType | undefined)[]): string {
  const at = `at + ${layoutOf(type).offsets[0]}`;
  const lines = cases.flatMap((part, index) => {
    if (part === undefined) return [];
    const statement = store(context.abi, part, { at, value: payloadOf(type, 'value', index) });
    return [`    case ${index}: {\n      ${statement}\n      break;\n    }\n`];
  });
  const tag = `  const tag = ${caseOf(type, 'value')};\n  store<u${layoutOf(type).discriminant * 8}>(at, tag);\n`;
  return lines.length === 0 ? tag : `${tag}  switch (tag) {\n${lines.join('')}  }\n`;
}

function storeSmall(bytes: number, at: string, value: string): string {
  return `store<u${bytes * 8}>(${at}, <u${bytes * 8}>${value});`;
}
