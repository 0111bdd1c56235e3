import type { CoreFunction } from '../core-function.js';
import type { LowerSpec } from '../function.js';
import { ENDED } from '../lock.js';
import { refuseCall } from '../last-words.js';
import { mismatch } from '../values/index.js';
import { failedLower } from '../outcome.js';
import { takesPromises } from '../promise-results.js';
import { codecOf } from './codec-of.js';
import { NO_VALUE, type DirectCodec, type FlatValue } from './codec.js';

/**
 * Makes a lowered function of at most two parameters whose values are one core value each: it needs no arrays. Returns
 * `undefined` for any other function.
 */
export function directLower(spec: LowerSpec): CoreFunction | undefined {
  const { type, callee, context: cx } = spec;
  const { instance } = cx;
  const { root } = instance;
  const codecs = type.params.map((param) => codecOf(param.type).direct);
  const count = codecs.length;
  const result = type.result === undefined ? NO_VALUE : codecOf(type.result).direct;
  if (result === undefined || count > 2 || codecs.includes(undefined)) return undefined;
  const [first = NO_VALUE, second = NO_VALUE] = codecs as DirectCodec[];
  const host = cx.side === 'host';
  const mayBePromise = host && takesPromises(type);
  const lower = (x: FlatValue, y: FlatValue): FlatValue => {
    if (!instance.mayLeave) return refuseCall(spec, [x, y]);
    const mark = instance.lenders.length;
    let returned = false;
    let param = 0;
    let value: unknown;
    try {
      const a = first.lift(cx, x);
      param = 1;
      const b = second.lift(cx, y);
      param = -1;
      if (host) root.leaveGuest();
      value = count === 2 ? callee(a, b) : count === 1 ? callee(a) : callee();
      if (host) root.enterGuest();
      else root.meter?.tick();
      returned = true;
      if (mayBePromise && value instanceof Promise) throw mismatch();
      instance.resume(mark);
      const core = result.lower(cx, value);
      if (instance.given.length !== 0) instance.given.length = 0;
      if (host) root.endHostCall();
      return core;
    } catch (error) {
      instance.lock = ENDED;
      throw failedLower(spec, error, { returned, value, param });
    }
  };
  return lower;
}
