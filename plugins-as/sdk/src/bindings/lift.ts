import type { FlatType } from '@wasm-plugin/engine/component';
import type { WitType } from '../world/index.js';
import { asType } from './as-type.js';
import { makeCase, makeWhole } from './cases.js';
import { ABI_FILE, RUNTIME_FILE, type BindingsFile, type Context } from './context.js';
import { liftHandle } from './handles.js';
import { liftList, liftMap, selectCase } from './load.js';
import { flatOf } from './lower.js';
import { casesOf, isScalar, partsOf } from './type-parts.js';

/** An expression that makes a value of its core values. Takes the needed ones from the front. */
export function lift(writer: BindingsFile, type: WitType, flats: string[]): string {
  const { context } = writer;
  const next = () => flats.shift()!;
  if (type.kind === 'bool') return `${next()} != 0`;
  if (isScalar(type)) return `<${asType(writer, type)}>${next()}`;
  const parts = partsOf(type);
  if (parts) {
    const values = parts.map((part) => lift(writer, part, flats));
    return makeWhole(writer, type, values);
  }
  switch (type.kind) {
    case 'string':
      return `${writer.ref(RUNTIME_FILE, 'liftString')}(${next()}, ${next()})`;
    case 'list':
      return liftList(writer, type, { data: next(), length: next() });
    case 'map':
      return liftMap(writer, type, { data: next(), length: next() });
    case 'enum':
    case 'flags':
      return next();
    case 'own':
    case 'borrow':
      return liftHandle(writer, type, next());
    default: {
      const args = flats.splice(0, flatOf(type).length);
      return `${writer.ref(ABI_FILE, lifter(context, type))}(${args.join(', ')})`;
    }
  }
}

function lifter(context: Context, type: WitType): string {
  return context.helper('lift', type, (name) => {
    const { abi } = context;
    const cases = casesOf(type)!;
    const [, ...joined] = flatOf(type);
    const returns = cases.map((part, index) => {
      const flats = part && flatOf(part).map((want, i) => narrow(`f${i}`, joined[i]!, want));
      return makeCase(abi, type, { index, payload: part && lift(abi, part, flats!) });
    });
    const params = ['tag: i32', ...joined.map((flat, i) => `f${i}: ${flat}`)];
    const head = `export function ${name}(${params.join(', ')}): ${asType(abi, type)} {\n`;
    abi.add(`${head}${selectCase('tag', returns)}}\n`);
  });
}

/** Takes a core value out of a wider one that several cases share. */
function narrow(value: string, have: FlatType, want: FlatType): string {
  if (have === want) return value;
  if (have === 'i64' && want === 'i32') return `<i32>${value}`;
  if (have === 'i64' && want === 'f64') return `reinterpret<f64>(${value})`;
  return `reinterpret<f32>(${have === 'i64' ? `<i32>${value}` : value})`;
}
