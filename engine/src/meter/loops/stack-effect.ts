/** `pops * 4 + pushes` of the one-byte instructions that only compute; 255 for the others. */
const ONE_BYTE = new Uint8Array(256).fill(255);
/** The same of the vector instructions. */
const VECTOR = new Uint8Array(0x114).fill(2 * 4 + 1);

function assign(
  table: Uint8Array,
  pops: number,
  pushes: number,
  ...ranges: (readonly [number, number])[]
): void {
  for (const [first, last] of ranges) table.fill(pops * 4 + pushes, first, last + 1);
}

assign(ONE_BYTE, 0, 0, [0x01, 0x01]);
assign(ONE_BYTE, 1, 0, [0x1a, 0x1a], [0x24, 0x24]);
assign(ONE_BYTE, 3, 1, [0x1b, 0x1c]);
assign(ONE_BYTE, 0, 1, [0x23, 0x23], [0x3f, 0x3f], [0x41, 0x44]);
assign(ONE_BYTE, 1, 1, [0x28, 0x35], [0x45, 0x45], [0x50, 0x50], [0x67, 0x69], [0x79, 0x7b]);
assign(ONE_BYTE, 1, 1, [0x8b, 0x91], [0x99, 0x9f], [0xa7, 0xc4]);
assign(ONE_BYTE, 2, 0, [0x36, 0x3e]);
assign(ONE_BYTE, 2, 1, [0x46, 0x4f], [0x51, 0x66], [0x6a, 0x78], [0x7c, 0x8a], [0x92, 0x98], [0xa0, 0xa6]);

assign(
  VECTOR,
  1,
  1,
  [0, 10],
  [15, 22],
  [24, 25],
  [27, 27],
  [29, 29],
  [31, 31],
  [33, 33],
  [77, 77],
  [83, 83],
  [92, 100],
);
assign(VECTOR, 2, 0, [11, 11], [88, 91]);
assign(VECTOR, 0, 1, [12, 12]);
assign(VECTOR, 3, 1, [82, 82], [0x105, 0x10c], [0x113, 0x113]);
assign(
  VECTOR,
  1,
  1,
  [0x67, 0x6a],
  [0x74, 0x75],
  [0x7a, 0x7a],
  [0x7c, 0x81],
  [0x83, 0x84],
  [0x87, 0x8a],
  [0x94, 0x94],
);
assign(VECTOR, 1, 1, [0xa0, 0xa1], [0xa3, 0xa4], [0xa7, 0xaa], [0xc0, 0xc1], [0xc3, 0xc4], [0xc7, 0xca]);
assign(VECTOR, 1, 1, [0xe0, 0xe1], [0xe3, 0xe3], [0xec, 0xed], [0xef, 0xef], [0xf8, 0xff], [0x101, 0x104]);

/** No simple effect: the instruction does more than compute, load and store. */
export const NO_EFFECT = 255;

/** Returns `pops * 4 + pushes` of an instruction that only computes, loads or stores; `NO_EFFECT` for any other. */
export function stackEffect(op: number): number {
  if (op < 256) return ONE_BYTE[op] as number;
  const number = op & 0xfff;
  if (op >>> 12 === 0xfd) return VECTOR[number] as number;
  if (op >>> 12 === 0xfc && number < 8) return 1 * 4 + 1;
  return NO_EFFECT;
}
