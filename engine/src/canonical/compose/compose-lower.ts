import type { CoreFunction } from '../core-function.js';
import { passingOf, type LowerSpec } from '../function.js';
import type { Layout } from '../../component/index.js';
import { ENDED } from '../lock.js';
import { refuseCall } from '../last-words.js';
import { mismatch } from '../values/index.js';
import { errorPayload, failedLower } from '../outcome.js';
import { promiseIn, takesPromises } from '../promise-results.js';
import { codecOf } from './codec-of.js';
import { FlatReader, type Codec, type FlatValue } from './codec.js';
import { directLower } from './direct-lower.js';

/** Makes a lowered function out of closures (specification: `canon_lower`). */
export function composeLower(spec: LowerSpec): CoreFunction {
  return directLower(spec) ?? composeFunction(spec);
}

function composeFunction(spec: LowerSpec): CoreFunction {
  const { type, callee, context: cx } = spec;
  const { instance } = cx;
  const { root } = instance;
  const passing = passingOf(type);
  const codecs = type.params.map((param) => codecOf(param.type));
  const result = type.result === undefined ? undefined : codecOf(type.result);
  const catches = cx.side === 'host' && type.result?.kind === 'result';
  const mayBePromise = cx.side === 'host' && takesPromises(type);
  const lift = (flats: readonly FlatValue[], args: unknown[]): void => {
    if (passing.usesMemory && cx.memory.u8.length === 0) cx.memory.renew();
    if (!passing.spilledParams) {
      const source = new FlatReader(flats);
      for (const codec of codecs) args.push(codec.lift(cx, source));
      return;
    }
    const pointer = (flats[0] as number) >>> 0;
    cx.check(pointer, passing.params.size, passing.params.align);
    for (let index = 0; index < codecs.length; index++) {
      args.push((codecs[index] as Codec).load(cx, pointer + (passing.params.offsets[index] as number)));
    }
  };
  const lower = (value: unknown, flats: readonly FlatValue[]): FlatValue | undefined => {
    if (result === undefined) return undefined;
    if (!passing.spilledResult) {
      const out: FlatValue[] = [];
      result.lower(cx, value, out);
      return out[0];
    }
    if (cx.memory.u8.length === 0) cx.memory.renew();
    const pointer = (flats.at(-1) as number) >>> 0;
    cx.check(pointer, (passing.result as Layout).size, (passing.result as Layout).align);
    result.store(cx, value, pointer);
    return undefined;
  };
  const call = (args: unknown[]): unknown => {
    if (!catches) return callee(...args);
    try {
      return { tag: 'ok', val: callee(...args) };
    } catch (error) {
      return { tag: 'err', val: errorPayload(error) };
    }
  };
  return ((...flats: FlatValue[]) => {
    if (!instance.mayLeave) return refuseCall(spec, flats);
    const mark = instance.lenders.length;
    let returned = false;
    const args: unknown[] = [];
    let value: unknown;
    try {
      if (passing.sequencesIn) root.crossing = root.bytes;
      lift(flats, args);
      if (cx.side === 'host') {
        root.leaveGuest();
        value = call(args);
        root.enterGuest();
      } else {
        value = call(args);
        root.meter?.tick();
      }
      returned = true;
      if (mayBePromise && promiseIn(value) !== undefined) throw mismatch();
      instance.resume(mark);
      const core = lower(value, flats);
      if (instance.given.length !== 0) instance.given.length = 0;
      if (cx.side === 'host') root.endHostCall();
      return core;
    } catch (error) {
      instance.lock = ENDED;
      throw failedLower(spec, error, { returned, value, param: args.length });
    }
  }) as CoreFunction;
}
