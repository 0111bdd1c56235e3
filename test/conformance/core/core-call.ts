import type { CorePattern, CoreValue } from '../../wast/index.js';
import { buildCallBridge, buildGlobalBridge } from './bridge-module.js';
import type { BridgedType, Signature } from './bridge-module.js';
import type { HostReferences } from './host-references.js';
import { isNanBits } from './nan.js';

/** A core value from a call: bits for values that JavaScript cannot hold, the value itself for others. */
export type CoreResult = { bits: bigint } | { js: unknown };

type Callable = (...args: unknown[]) => unknown;

const bridges = new Map<string, WebAssembly.Module>();

/**
 * Calls an exported function with core values. Calls with vectors, NaNs or references to such results go through a
 * small module that turns them into integers: JavaScript cannot hold a vector, and need not keep the bits of a NaN.
 *
 * @param expected what the call should return, `undefined` where that is not known
 */
export function callCore(
  target: Callable,
  args: readonly CoreValue[],
  expected: readonly CorePattern[] | undefined,
  host: HostReferences,
): CoreResult[] {
  const plain =
    args.every((arg) => !needsBits(arg)) && (expected ?? []).every((pattern) => !needsBits(pattern));
  if (plain && expected !== undefined) return callPlainly(target, args, host);
  const params = args.map(typeOf);
  if (expected !== undefined)
    return callBridged(target, { params, results: expected.map(typeOf) }, args, host);
  return callUnknown(target, params, args, host);
}

/** Reads an exported global. */
export function readCoreGlobal(global: WebAssembly.Global, expected: CorePattern): CoreResult {
  if (!needsBits(expected)) return { js: global.value };
  const type = typeOf(expected);
  for (const mutable of [false, true]) {
    try {
      const module = bridgeOf(`global ${type} ${mutable}`, () => buildGlobalBridge(type, mutable));
      const get = new WebAssembly.Instance(module, { '': { g: global } }).exports['f'] as Callable;
      return fromCarried([type], get())[0] as CoreResult;
    } catch (error) {
      if (!(error instanceof WebAssembly.LinkError)) throw error;
    }
  }
  throw new TypeError(`the global is no ${type}`);
}

function callPlainly(target: Callable, args: readonly CoreValue[], host: HostReferences): CoreResult[] {
  const returned = target(...args.map((arg) => toJs(arg, host)));
  if (returned === undefined) return [];
  return (Array.isArray(returned) ? returned : [returned]).map((js: unknown) => ({ js }));
}

function callBridged(
  target: Callable,
  signature: Signature,
  args: readonly CoreValue[],
  host: HostReferences,
): CoreResult[] {
  const module = bridgeOf(`${signature.params.join(' ')} → ${signature.results.join(' ')}`, () =>
    buildCallBridge(signature),
  );
  const bridge = new WebAssembly.Instance(module, { '': { f: target } }).exports['f'] as Callable;
  return fromCarried(signature.results, bridge(...args.flatMap((arg) => toCarried(arg, host))));
}

/** Calls a function whose results are not known, trying those that JavaScript could not take. */
function callUnknown(
  target: Callable,
  params: BridgedType[],
  args: readonly CoreValue[],
  host: HostReferences,
): CoreResult[] {
  try {
    return callPlainly(target, args, host);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    for (const results of [
      ['v128'],
      [],
      ['i32'],
      ['i64'],
      ['f32'],
      ['f64'],
      ['v128', 'v128'],
    ] as BridgedType[][]) {
      try {
        return callBridged(target, { params, results }, args, host);
      } catch (linkError) {
        if (!(linkError instanceof WebAssembly.LinkError)) throw linkError;
      }
    }
    throw error;
  }
}

function bridgeOf(key: string, build: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
  let module = bridges.get(key);
  if (module === undefined) bridges.set(key, (module = new WebAssembly.Module(build())));
  return module;
}

function needsBits(pattern: CorePattern): boolean {
  if (pattern.type === 'either') return pattern.options.some(needsBits);
  if (pattern.type === 'v128' || 'nan' in pattern) return true;
  return (pattern.type === 'f32' || pattern.type === 'f64') && isNanBits(pattern.type, pattern.bits);
}

function typeOf(pattern: CorePattern): BridgedType {
  switch (pattern.type) {
    case 'either':
      return typeOf(pattern.options[0] as CorePattern);
    case 'ref.null':
      return pattern.heap === 'func' ? 'funcref' : 'externref';
    case 'ref':
      return pattern.heap === 'func' ? 'funcref' : 'externref';
    case 'ref.extern':
    case 'ref.host':
      return 'externref';
    default:
      return pattern.type;
  }
}

function toJs(arg: CoreValue, host: HostReferences): unknown {
  switch (arg.type) {
    case 'i32':
    case 'i64':
      return arg.value;
    case 'f32':
    case 'f64':
      return floatOf(arg.type, arg.bits);
    case 'ref.null':
      return null;
    case 'v128':
      return undefined;
    default:
      return host.valueOf(arg.value);
  }
}

function toCarried(arg: CoreValue, host: HostReferences): unknown[] {
  if (arg.type === 'f32') return [Number(BigInt.asIntN(32, arg.bits))];
  if (arg.type === 'f64') return [BigInt.asIntN(64, arg.bits)];
  if (arg.type === 'v128') return [BigInt.asIntN(64, arg.bits), BigInt.asIntN(64, arg.bits >> 64n)];
  return [toJs(arg, host)];
}

function fromCarried(types: BridgedType[], returned: unknown): CoreResult[] {
  const parts: unknown[] = returned === undefined ? [] : Array.isArray(returned) ? [...returned] : [returned];
  return types.map((type) => {
    const part = parts.shift();
    if (type === 'f32') return { bits: BigInt.asUintN(32, BigInt(part as number)) };
    if (type === 'f64') return { bits: BigInt.asUintN(64, part as bigint) };
    if (type !== 'v128') return { js: part };
    return {
      bits: BigInt.asUintN(64, part as bigint) | (BigInt.asUintN(64, parts.shift() as bigint) << 64n),
    };
  });
}

function floatOf(type: 'f32' | 'f64', bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return type === 'f32' ? view.getFloat32(4) : view.getFloat64(0);
}
