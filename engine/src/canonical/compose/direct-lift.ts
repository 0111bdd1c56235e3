import type { ComponentCallable, LiftSpec } from '../function.js';
import { failedLift } from '../outcome.js';
import { codecOf } from './codec-of.js';
import { NO_VALUE, type DirectCodec, type FlatValue } from './codec.js';

/** Most parameters of a function that is made directly. */
const MOST_PARAMS = 3;

/**
 * Makes a lifted function of few parameters whose values are one core value each: it needs no arrays. Gives `undefined` for
 * any other function. A core function takes no notice of arguments it has no parameters for, so one body does for all.
 */
export function directLift(spec: LiftSpec): ComponentCallable | undefined {
  const { type, context: cx, postReturn } = spec;
  const codecs = type.params.map((param) => codecOf(param.type).direct);
  const result = type.result === undefined ? NO_VALUE : codecOf(type.result).direct;
  if (postReturn !== undefined || result === undefined) return undefined;
  if (codecs.length > MOST_PARAMS || codecs.includes(undefined)) return undefined;
  const { instance, side } = cx;
  const { root } = instance;
  const core = spec.core as (...args: FlatValue[]) => FlatValue;
  const [first = NO_VALUE, second = NO_VALUE, third = NO_VALUE] = codecs as DirectCodec[];
  return (a, b, c) => {
    beginLift(spec);
    let ran = false;
    try {
      const x = first.lower(cx, a);
      const y = second.lower(cx, b);
      const z = third.lower(cx, c);
      instance.expectRunning();
      if (instance.given.length !== 0) instance.given.length = 0;
      ran = true;
      const value = result.lift(cx, core(x, y, z));
      instance.endBorrows();
      instance.end();
      if (side === 'host') root.leave();
      return value;
    } catch (error) {
      throw failedLift(spec, error, ran, [a, b, c].slice(0, codecs.length));
    }
  };
}

/** Enters the instance for a call. */
export function beginLift({ context: { instance, side }, armed }: LiftSpec): void {
  instance.begin();
  if (side === 'host') instance.root.enter(armed);
}
