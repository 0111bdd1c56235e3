/** A core value of a script, as an argument or an exact result. Floats are bits, so that no NaN loses its payload. */
export type CoreValue =
  | { type: 'i32'; value: number }
  | { type: 'i64'; value: bigint }
  | { type: 'f32' | 'f64'; bits: bigint }
  /** `bits` is the little-endian 128-bit number. */
  | { type: 'v128'; bits: bigint }
  | { type: 'ref.null'; heap: string | undefined }
  /** `(ref.extern n)` or `(ref.host n)`: a host value that the script knows by a number. */
  | { type: 'ref.extern' | 'ref.host'; value: number };

/** A NaN whose payload only has to be of a kind. */
export type NanKind = 'canonical' | 'arithmetic';

/** Shapes of a vector's lanes. */
export type LaneShape = 'i8x16' | 'i16x8' | 'i32x4' | 'i64x2' | 'f32x4' | 'f64x2';

/** Bits per lane. */
export const LANE_BITS: Record<LaneShape, number> = {
  i8x16: 8,
  i16x8: 16,
  i32x4: 32,
  i64x2: 64,
  f32x4: 32,
  f64x2: 64,
};

/** A pattern of results. */
export type CorePattern =
  | CoreValue
  | { type: 'f32' | 'f64'; nan: NanKind }
  | { type: 'v128'; shape: LaneShape; lanes: (bigint | NanKind)[] }
  /** Any reference of a heap type, e.g. `(ref.func)`. */
  | { type: 'ref'; heap: string }
  | { type: 'either'; options: CorePattern[] };
