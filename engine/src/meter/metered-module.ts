import type { OffsetMap } from './offset-map.js';
import type { StackCounting } from './plan.js';
import type { PrivateNames } from './private-names.js';

/** Figures of a rewritten module. */
export interface MeterStats {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Functions the module defines. */
  readonly functions: number;
  /** Loops that run without the counter while the fuel suffices. */
  readonly loopsHoisted: number;
  /** Functions that take the counter as a parameter. */
  readonly functionsPassing: number;
}

/** Facts of a metered module that its instances need. */
export interface MeteredFacts {
  readonly names: PrivateNames;
  /** The minimum of each memory the module defines. */
  readonly memoryPages: readonly number[];
  /** The minimum of each table the module defines. */
  readonly tableElements: readonly number[];
  /** The way its frames are counted, from the plan. */
  readonly stackDepth: StackCounting;
  readonly stats: MeterStats;
}

/** A metered module. */
export interface MeteredModule extends MeteredFacts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly offsetMap: OffsetMap;
}
