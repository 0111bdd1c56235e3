import type { CanonicalContext } from '../context.js';

/** A value of a core type as JavaScript sees it. */
export type FlatValue = number | bigint;

/** Core values, read one after the other. */
export class FlatReader {
  readonly values: readonly FlatValue[];
  position = 0;

  constructor(values: readonly FlatValue[]) {
    this.values = values;
  }

  next(): FlatValue {
    return this.values[this.position++] as FlatValue;
  }

  number(): number {
    return this.values[this.position++] as number;
  }
}

/** Moves values of one type across the boundary. Pointers it is given have been checked for bounds and alignment. */
export interface Codec {
  /** JavaScript value → core values. */
  lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void;
  /** Core values → JavaScript value. */
  lift(cx: CanonicalContext, source: FlatReader): unknown;
  /** JavaScript value → memory. */
  store(cx: CanonicalContext, value: unknown, pointer: number): void;
  /** Memory → JavaScript value. */
  load(cx: CanonicalContext, pointer: number): unknown;
  /** The same without arrays, for types that are always one core value and no part of memory. */
  direct?: DirectCodec;
}

/** Moves values of a type that is one core value. */
export interface DirectCodec {
  lower(cx: CanonicalContext, value: unknown): FlatValue;
  lift(cx: CanonicalContext, core: FlatValue): unknown;
}

/** Stands for a value that is not there. */
export const NO_VALUE: DirectCodec = { lower: () => 0, lift: () => undefined };
