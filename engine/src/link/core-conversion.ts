import { passingOf, type CoreFunction, type FuncType } from '../canonical/index.js';
import type { FlatType } from '../component/index.js';

/** Functions of ours in the core function index space: core WebAssembly does not convert their arguments. */
const hosted = new WeakSet<object>();

/** Marks a function of ours as one that core code calls. */
export function hostedCore(func: CoreFunction): CoreFunction {
  hosted.add(func);
  return func;
}

/**
 * Returns a core function whose arguments and result are converted as WebAssembly does it. A component may lift the very
 * function that it has lowered; the types of both need to agree in their core types only.
 */
export function convertingCore(func: CoreFunction, type: FuncType): CoreFunction {
  if (!hosted.has(func)) return func;
  const { params, result, spilledParams, spilledResult } = passingOf(type);
  const takes = spilledParams ? [convertI32] : (params.flat ?? []).map(conversionOf);
  const gives = spilledResult ? convertI32 : conversionOf(result?.flat?.[0]);
  const call = func as unknown as (...args: unknown[]) => unknown;
  return (...args: unknown[]) => gives(call(...takes.map((convert, index) => convert(args[index]))));
}

const convertI32 = (value: unknown): unknown => (value as number) | 0;

function conversionOf(type: FlatType | undefined): (value: unknown) => unknown {
  switch (type) {
    case 'i32':
      return convertI32;
    case 'i64':
      return (value) => BigInt.asIntN(64, value as bigint);
    case 'f32':
      return (value) => Math.fround(value as number);
    default:
      return (value) => value;
  }
}
