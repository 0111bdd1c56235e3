import { GuestError } from '@wasm-plugin/abi';
import { passingOf, type ComponentCallable, type LiftSpec } from '../function.js';
import type { Layout } from '../../component/index.js';
import { failedLift } from '../outcome.js';
import { callCore } from './call-core.js';
import { codecOf } from './codec-of.js';
import { directLift } from './direct-lift.js';
import { FlatReader, type Codec, type FlatValue } from './codec.js';

/** Makes a lifted function out of closures (specification: `canon_lift`). */
export function composeLift(spec: LiftSpec): ComponentCallable {
  const call = directLift(spec) ?? composeFunction(spec);
  if (!spec.method) return call;
  if (spec.type.params.length <= 3) {
    return function (this: unknown, a, b) {
      return call(this, a, b);
    };
  }
  return function (this: unknown, ...args) {
    return call(this, ...args);
  };
}

function composeFunction(spec: LiftSpec): ComponentCallable {
  const { type, postReturn, context: cx } = spec;
  const { instance } = cx;
  const { armed } = spec;
  const core = spec.core as (...args: (FlatValue | undefined)[]) => FlatValue | undefined;
  const passing = passingOf(type);
  const codecs = type.params.map((param) => codecOf(param.type));
  const result = type.result === undefined ? undefined : codecOf(type.result);
  const throws = cx.side === 'host' && type.result?.kind === 'result';
  const lower = passing.spilledParams
    ? (args: readonly unknown[], flats: FlatValue[]): void =>
        spillParams(cx, codecs, passing.params, args, flats)
    : (args: readonly unknown[], flats: FlatValue[]): void => {
        for (let index = 0; index < codecs.length; index++)
          (codecs[index] as Codec).lower(cx, args[index], flats);
      };
  const lift = (returned: FlatValue | undefined): unknown => {
    if (result === undefined) return undefined;
    if (passing.usesMemory && cx.memory.u8.length === 0) cx.memory.renew();
    if (!passing.spilledResult) return result.lift(cx, new FlatReader([returned as FlatValue]));
    const pointer = (returned as number) >>> 0;
    cx.check(pointer, (passing.result as Layout).size, (passing.result as Layout).align);
    return result.load(cx, pointer);
  };
  return (...args) => {
    instance.begin();
    if (cx.side === 'host') instance.root.enter(armed);
    let ran = false;
    let value: unknown;
    try {
      const flats: FlatValue[] = [];
      lower(args, flats);
      instance.expectRunning();
      if (instance.given.length !== 0) instance.given.length = 0;
      ran = true;
      const returned = callCore(core, flats);
      if (passing.sequencesOut) instance.root.crossing = instance.root.bytes;
      value = lift(returned);
      if (postReturn !== undefined) {
        instance.mayLeave = false;
        (postReturn as (flat?: FlatValue) => void)(returned);
        instance.allowImports();
      }
      if (passing.borrows) instance.endBorrows();
      instance.end();
      if (cx.side === 'host') instance.root.leave();
    } catch (error) {
      throw failedLift(spec, error, ran, args);
    }
    if (!throws) return value;
    const { tag, val } = value as { tag: string; val: unknown };
    if (tag === 'err') throw new GuestError(val, { plugin: instance.root.plugin });
    return val;
  };
}

function spillParams(
  cx: LiftSpec['context'],
  codecs: readonly Codec[],
  layout: Layout,
  args: readonly unknown[],
  flats: FlatValue[],
): void {
  const pointer = cx.allocate(0, 0, layout.align, layout.size);
  for (let index = 0; index < codecs.length; index++) {
    (codecs[index] as Codec).store(cx, args[index], pointer + (layout.offsets[index] as number));
  }
  flats.push(pointer);
}
