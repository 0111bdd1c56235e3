import type { ComponentCallable, LiftSpec } from '../function.js';
import { failedLift } from '../outcome.js';
import { FREE, RUNNING } from '../lock.js';
import { codecOf } from './codec-of.js';
import { NO_VALUE, type DirectCodec, type FlatValue } from './codec.js';

/** Most parameters of a function that is made directly. */
const MOST_PARAMS = 3;

/**
 * Makes a lifted function of few parameters whose values are one core value each: it needs no arrays. Returns `undefined` for
 * any other function. A core function ignores surplus arguments, so one body fits any number of parameters.
 */
export function directLift(spec: LiftSpec): ComponentCallable | undefined {
  const { type, context: cx, postReturn } = spec;
  const codecs = type.params.map((param) => codecOf(param.type).direct);
  const result = type.result === undefined ? NO_VALUE : codecOf(type.result).direct;
  if (postReturn !== undefined || result === undefined) return undefined;
  if (codecs.length > MOST_PARAMS || codecs.includes(undefined)) return undefined;
  const { instance, side } = cx;
  const { root } = instance;
  const { armed } = spec;
  const host = side === 'host';
  const core = spec.core as (...args: FlatValue[]) => FlatValue;
  const [first = NO_VALUE, second = NO_VALUE, third = NO_VALUE] = codecs as DirectCodec[];
  return (a, b, c) => {
    // `begin`, `expectRunning` and `end` by hand: V8 inlines only so much, and a call costs more than what it does here.
    if (instance.lock !== FREE) instance.admit();
    instance.lock = RUNNING;
    instance.borrows = 0;
    if (instance.slot !== undefined) instance.slot.clear();
    if (host) root.enter(armed);
    let ran = false;
    try {
      const x = first.lower(cx, a);
      const y = second.lower(cx, b);
      const z = third.lower(cx, c);
      if (instance.lock !== RUNNING) instance.admit();
      if (instance.given.length !== 0) instance.given.length = 0;
      ran = true;
      const value = result.lift(cx, core(x, y, z));
      instance.endBorrows();
      if (instance.lock !== RUNNING) instance.admit();
      instance.lock = FREE;
      if (host) root.leave();
      return value;
    } catch (error) {
      throw failedLift(spec, error, ran, [a, b, c].slice(0, codecs.length));
    }
  };
}
