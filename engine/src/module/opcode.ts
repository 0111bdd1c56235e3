/**
 * The immediates of an opcode. The kinds up to `LABEL` are one index into that space; the walker checks those indices
 * against the size of the space.
 */
export const IMMEDIATE = {
  FUNCTION: 0,
  TABLE: 1,
  MEMORY: 2,
  GLOBAL: 3,
  LOCAL: 4,
  TYPE: 5,
  TAG: 6,
  DATA: 7,
  ELEMENT: 8,
  LABEL: 9,
  NONE: 10,
  SIGNED32: 11,
  SIGNED64: 12,
  FOUR_BYTES: 13,
  EIGHT_BYTES: 14,
  SIXTEEN_BYTES: 15,
  ONE_BYTE: 16,
  BLOCK_TYPE: 17,
  LABEL_TABLE: 18,
  MEMORY_ARGUMENT: 19,
  MEMORY_ARGUMENT_LANE: 20,
  VALUE_TYPES: 21,
  HEAP_TYPE: 22,
  CAST: 23,
  CATCHES: 24,
  /** Two indices: the pair's spaces are in `PAIRS`. */
  TYPE_TABLE: 25,
  DATA_MEMORY: 26,
  MEMORY_MEMORY: 27,
  ELEMENT_TABLE: 28,
  TABLE_TABLE: 29,
  TYPE_FIELD: 30,
  TYPE_DATA: 31,
  TYPE_ELEMENT: 32,
  TYPE_TYPE: 33,
  ZERO_BYTE: 34,
  UNKNOWN: 255,
} as const;

/** An index that is not checked here: a field of a struct, or a count. */
export const ANY_INDEX = 10;

/** The index spaces of kinds `TYPE_TABLE` to `TYPE_TYPE`: first, second. */
export const PAIRS = new Uint8Array([5, 1, 7, 2, 2, 2, 8, 1, 1, 1, 5, ANY_INDEX, 5, 7, 5, 8, 5, 5]);

/** Opcodes the rewriter knows by name. A prefixed opcode is `prefix << 12 | number`. */
export const OP = {
  UNREACHABLE: 0x00,
  NOP: 0x01,
  BLOCK: 0x02,
  LOOP: 0x03,
  IF: 0x04,
  ELSE: 0x05,
  TRY: 0x06,
  CATCH: 0x07,
  THROW: 0x08,
  RETHROW: 0x09,
  THROW_REF: 0x0a,
  END: 0x0b,
  BR: 0x0c,
  BR_IF: 0x0d,
  BR_TABLE: 0x0e,
  RETURN: 0x0f,
  CALL: 0x10,
  CALL_INDIRECT: 0x11,
  RETURN_CALL: 0x12,
  RETURN_CALL_INDIRECT: 0x13,
  CALL_REF: 0x14,
  RETURN_CALL_REF: 0x15,
  DELEGATE: 0x18,
  CATCH_ALL: 0x19,
  DROP: 0x1a,
  SELECT: 0x1b,
  TRY_TABLE: 0x1f,
  LOCAL_GET: 0x20,
  LOCAL_SET: 0x21,
  LOCAL_TEE: 0x22,
  GLOBAL_GET: 0x23,
  GLOBAL_SET: 0x24,
  MEMORY_SIZE: 0x3f,
  MEMORY_GROW: 0x40,
  I32_CONST: 0x41,
  I64_CONST: 0x42,
  F32_CONST: 0x43,
  F64_CONST: 0x44,
  I32_EQZ: 0x45,
  I32_EQ: 0x46,
  I32_NE: 0x47,
  I32_LT_S: 0x48,
  I32_LT_U: 0x49,
  I32_GT_S: 0x4a,
  I32_GT_U: 0x4b,
  I32_LE_S: 0x4c,
  I32_LE_U: 0x4d,
  I32_GE_S: 0x4e,
  I32_GE_U: 0x4f,
  I64_EQZ: 0x50,
  I64_EQ: 0x51,
  I64_NE: 0x52,
  I64_LT_S: 0x53,
  I64_GT_S: 0x55,
  I64_GT_U: 0x56,
  I64_LE_S: 0x57,
  I64_LE_U: 0x58,
  I64_GE_S: 0x59,
  F64_NE: 0x62,
  F64_LT: 0x63,
  F64_GT: 0x64,
  F64_GE: 0x66,
  I32_ADD: 0x6a,
  I32_SUB: 0x6b,
  I32_MUL: 0x6c,
  I32_AND: 0x71,
  I64_ADD: 0x7c,
  I64_SUB: 0x7d,
  I64_MUL: 0x7e,
  I64_DIV_U: 0x80,
  I64_AND: 0x83,
  I64_SHL: 0x86,
  I64_SHR_U: 0x88,
  I64_EXTEND_I32_S: 0xac,
  I64_EXTEND_I32_U: 0xad,
  F64_MUL: 0xa2,
  I64_TRUNC_F64_S: 0xb0,
  F64_CONVERT_I32_U: 0xb8,
  F64_CONVERT_I64_S: 0xb9,
  F64_CONVERT_I64_U: 0xba,
  REF_NULL: 0xd0,
  REF_FUNC: 0xd2,
  BR_ON_NULL: 0xd5,
  BR_ON_NON_NULL: 0xd6,
  STRUCT_NEW: 0xfb000,
  STRUCT_NEW_DEFAULT: 0xfb001,
  ARRAY_NEW: 0xfb006,
  ARRAY_NEW_DEFAULT: 0xfb007,
  ARRAY_NEW_FIXED: 0xfb008,
  ARRAY_NEW_DATA: 0xfb009,
  ARRAY_NEW_ELEM: 0xfb00a,
  ARRAY_FILL: 0xfb010,
  ARRAY_COPY: 0xfb011,
  ARRAY_INIT_DATA: 0xfb012,
  ARRAY_INIT_ELEM: 0xfb013,
  BR_ON_CAST: 0xfb018,
  BR_ON_CAST_FAIL: 0xfb019,
  ANY_CONVERT_EXTERN: 0xfb01a,
  EXTERN_CONVERT_ANY: 0xfb01b,
  REF_I31: 0xfb01c,
  MEMORY_INIT: 0xfc008,
  MEMORY_COPY: 0xfc00a,
  MEMORY_FILL: 0xfc00b,
  TABLE_INIT: 0xfc00c,
  TABLE_COPY: 0xfc00e,
  TABLE_GROW: 0xfc00f,
  TABLE_FILL: 0xfc011,
  V128_CONST: 0xfd00c,
  MEMORY_ATOMIC_WAIT32: 0xfe001,
  MEMORY_ATOMIC_WAIT64: 0xfe002,
} as const;

const { UNKNOWN, NONE, MEMORY_ARGUMENT } = IMMEDIATE;
const I = IMMEDIATE;

type Row = readonly [first: number, last: number, kind: number];

function table(size: number, rows: readonly Row[]): Uint8Array {
  const kinds = new Uint8Array(size).fill(UNKNOWN);
  for (const [first, last, kind] of rows) kinds.fill(kind, first, last + 1);
  return kinds;
}

/** The immediates of each one-byte opcode; `UNKNOWN` if WebAssembly 3.0 has none, and for the prefixes. */
export const ONE_BYTE_IMMEDIATES = table(256, [
  [0x00, 0x01, NONE],
  [0x02, 0x04, I.BLOCK_TYPE],
  [0x05, 0x05, NONE],
  [0x06, 0x06, I.BLOCK_TYPE],
  [0x07, 0x08, I.TAG],
  [0x09, 0x09, I.LABEL],
  [0x0a, 0x0b, NONE],
  [0x0c, 0x0d, I.LABEL],
  [0x0e, 0x0e, I.LABEL_TABLE],
  [0x0f, 0x0f, NONE],
  [0x10, 0x10, I.FUNCTION],
  [0x11, 0x11, I.TYPE_TABLE],
  [0x12, 0x12, I.FUNCTION],
  [0x13, 0x13, I.TYPE_TABLE],
  [0x14, 0x15, I.TYPE],
  [0x18, 0x18, I.LABEL],
  [0x19, 0x1b, NONE],
  [0x1c, 0x1c, I.VALUE_TYPES],
  [0x1f, 0x1f, I.CATCHES],
  [0x20, 0x22, I.LOCAL],
  [0x23, 0x24, I.GLOBAL],
  [0x25, 0x26, I.TABLE],
  [0x28, 0x3e, MEMORY_ARGUMENT],
  [0x3f, 0x40, I.MEMORY],
  [0x41, 0x41, I.SIGNED32],
  [0x42, 0x42, I.SIGNED64],
  [0x43, 0x43, I.FOUR_BYTES],
  [0x44, 0x44, I.EIGHT_BYTES],
  [0x45, 0xc4, NONE],
  [0xd0, 0xd0, I.HEAP_TYPE],
  [0xd1, 0xd1, NONE],
  [0xd2, 0xd2, I.FUNCTION],
  [0xd3, 0xd4, NONE],
  [0xd5, 0xd6, I.LABEL],
]);

/** Prefix 0xfb: garbage collection. */
const GC_IMMEDIATES = table(31, [
  [0, 1, I.TYPE],
  [2, 5, I.TYPE_FIELD],
  [6, 7, I.TYPE],
  [8, 8, I.TYPE_FIELD],
  [9, 9, I.TYPE_DATA],
  [10, 10, I.TYPE_ELEMENT],
  [11, 14, I.TYPE],
  [15, 15, NONE],
  [16, 16, I.TYPE],
  [17, 17, I.TYPE_TYPE],
  [18, 18, I.TYPE_DATA],
  [19, 19, I.TYPE_ELEMENT],
  [20, 23, I.HEAP_TYPE],
  [24, 25, I.CAST],
  [26, 30, NONE],
]);

/** Prefix 0xfc: saturating conversions, bulk operations, wide arithmetic (19–22). */
const MISC_IMMEDIATES = table(23, [
  [0, 7, NONE],
  [8, 8, I.DATA_MEMORY],
  [9, 9, I.DATA],
  [10, 10, I.MEMORY_MEMORY],
  [11, 11, I.MEMORY],
  [12, 12, I.ELEMENT_TABLE],
  [13, 13, I.ELEMENT],
  [14, 14, I.TABLE_TABLE],
  [15, 17, I.TABLE],
  [19, 22, NONE],
]);

const VECTOR_HOLES = [
  0x9a, 0xa2, 0xa5, 0xa6, 0xaf, 0xb0, 0xb2, 0xb3, 0xb4, 0xbb, 0xc2, 0xc5, 0xc6, 0xcf, 0xd0, 0xd2, 0xd3, 0xd4,
  0xe2, 0xee,
];

/** Prefix 0xfd: SIMD, and from 0x100 relaxed SIMD. */
const VECTOR_IMMEDIATES = table(0x114, [
  [0, 11, MEMORY_ARGUMENT],
  [12, 13, I.SIXTEEN_BYTES],
  [14, 20, NONE],
  [21, 34, I.ONE_BYTE],
  [35, 83, NONE],
  [84, 91, I.MEMORY_ARGUMENT_LANE],
  [92, 93, MEMORY_ARGUMENT],
  [94, 0x113, NONE],
  ...VECTOR_HOLES.map((hole): Row => [hole, hole, UNKNOWN]),
]);

/** Prefix 0xfe: threads. */
const ATOMIC_IMMEDIATES = table(0x4f, [
  [0, 2, MEMORY_ARGUMENT],
  [3, 3, I.ZERO_BYTE],
  [0x10, 0x4e, MEMORY_ARGUMENT],
]);

/** The tables of the prefixes 0xfb to 0xfe. */
export const PREFIXED_IMMEDIATES: readonly Uint8Array[] = [
  GC_IMMEDIATES,
  MISC_IMMEDIATES,
  VECTOR_IMMEDIATES,
  ATOMIC_IMMEDIATES,
];
