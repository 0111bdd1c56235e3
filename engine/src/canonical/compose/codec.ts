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
}
