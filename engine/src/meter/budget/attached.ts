import type { MeteredFacts } from '../metered-module.js';

/** An instance that is held to a budget, and the functions it is driven with; see `ControlFunctions`. */
export interface Attached {
  readonly instance: WebAssembly.Instance;
  readonly metered: MeteredFacts;
  readonly slice: (fuel: number) => void;
  readonly begin: (fuel: number) => void;
  readonly exchange: (fuel: number) => number;
  readonly used: () => number;
  readonly earlier: () => number;
  /** Returns the fuel that it was given and has not used. */
  readonly unspent: () => number;
  readonly settle: () => void;
  /** The number of the call in progress. */
  readonly callNumber: () => number;
  /** The most frames that were on the stack at once, if they are counted. */
  readonly stackPeak: (() => number) | undefined;
  /** The call in which it last asked for fuel; -1 if that was before the call in progress. */
  calls: number;
  /** True if it has run in the call in progress, if several share a budget. */
  isActive: boolean;
}

/** Finds the functions that an instance of a metered module is driven with. */
export function controlsOf(metered: MeteredFacts, instance: WebAssembly.Instance): Attached {
  const { names } = metered;
  const control = <T>(name: string) => instance.exports[name] as T;
  return {
    instance,
    metered,
    slice: control(names.slice),
    begin: control(names.begin),
    exchange: control(names.exchange),
    used: control(names.used),
    earlier: control(names.earlier),
    unspent: control(names.unspent),
    settle: control(names.settle),
    callNumber: control(names.calls),
    stackPeak: names.frames && control(names.frames.peak),
    calls: -1,
    isActive: false,
  };
}
