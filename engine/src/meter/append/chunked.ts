import { OP } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { Assembler, I32, I64 } from './assembler.js';
import { pushPoll, type HookPlace } from './hook.js';

/** The number of bytes that are moved between two looks at the deadline. */
const CHUNK_BYTES = 1 << 20;
const PAGE_SHIFT = 16;

/** Instructions for addresses of one width. */
interface Width {
  readonly type: number;
  readonly literal: (body: Assembler, value: number) => Assembler;
  readonly add: number;
  readonly sub: number;
  readonly isMore: number;
  readonly toI64: (body: Assembler) => Assembler;
}

const NARROW: Width = {
  type: I32,
  literal: (body, value) => body.i32(value),
  add: OP.I32_ADD,
  sub: OP.I32_SUB,
  isMore: OP.I32_GT_U,
  toI64: (body) => body.op(OP.I64_EXTEND_I32_U),
};

const WIDE: Width = {
  type: I64,
  literal: (body, value) => body.i64(value),
  add: OP.I64_ADD,
  sub: OP.I64_SUB,
  isMore: OP.I64_GT_U,
  toI64: (body) => body,
};

/**
 * Appends the function that stands for `memory.fill`: long runs go piece by piece, with a look at the deadline between
 * two. Nothing is written if the whole would trap.
 */
export function appendFill(appendix: Appendix, place: HookPlace, memory: number, isWide: boolean): number {
  const width = isWide ? WIDE : NARROW;
  const body = new Assembler();
  const fill = (length: (to: Assembler) => Assembler) =>
    length(body.get(0).get(1)).index(OP.MEMORY_FILL, memory);
  whileLong(
    body,
    { width, length: 2, fits: (to) => pushFits(to, width, { start: 0, memory, length: 2 }) },
    () => {
      fill((to) => width.literal(to, CHUNK_BYTES));
      width.literal(body.get(0), CHUNK_BYTES).op(width.add).set(0);
      pushPoll(body, place);
    },
  );
  fill((to) => to.get(2));
  return appendix.add(appendix.type([width.type, I32, width.type], []), body.finish());
}

/** Appends the function that stands for `memory.copy`; pieces go in the order that lets the ranges overlap. */
export function appendCopy(
  appendix: Appendix,
  place: HookPlace,
  {
    to: target,
    from: source,
    wide: isWide,
  }: { readonly to: number; readonly from: number; readonly wide: boolean },
): number {
  const width = isWide ? WIDE : NARROW;
  const body = new Assembler();
  const fits = (to: Assembler) => {
    pushFits(to, width, { start: 0, memory: target, length: 2 });
    return pushFits(to, width, { start: 1, memory: source, length: 2 }).op(OP.I32_AND);
  };
  whileLong(body, { width, length: 2, fits }, () => {
    body.get(0).get(1).op(width.isMore).if();
    // Backwards: the last piece first. The length was lowered already.
    body.get(0).get(2).op(width.add).get(1).get(2).op(width.add);
    width.literal(body, CHUNK_BYTES).index(OP.MEMORY_COPY, target).u32(source);
    body.op(OP.ELSE).get(0).get(1);
    width.literal(body, CHUNK_BYTES).index(OP.MEMORY_COPY, target).u32(source);
    for (const address of [0, 1]) width.literal(body.get(address), CHUNK_BYTES).op(width.add).set(address);
    body.end();
    pushPoll(body, place);
  });
  body.get(0).get(1).get(2).index(OP.MEMORY_COPY, target).u32(source);
  return appendix.add(appendix.type([width.type, width.type, width.type], []), body.finish());
}

/** Repeats while more than a chunk is left and the whole fits, lowering the length by a chunk before each round. */
function whileLong(
  body: Assembler,
  { width, length, fits }: { width: Width; length: number; fits: (body: Assembler) => Assembler },
  round: () => void,
): void {
  width.literal(body.get(length), CHUNK_BYTES).op(width.isMore).if();
  fits(body).if().op(OP.LOOP, 0x40);
  width.literal(body.get(length), CHUNK_BYTES).op(width.sub).set(length);
  round();
  width.literal(body.get(length), CHUNK_BYTES).op(width.isMore).index(OP.BR_IF, 0).end().end().end();
}

/** Pushes whether `start + length` lies within the memory. */
function pushFits(
  body: Assembler,
  width: Width,
  { start, memory, length }: { start: number; memory: number; length: number },
): Assembler {
  // length <= size && start <= size - length, as the sum could overflow
  const size = (to: Assembler) =>
    width.toI64(to.index(OP.MEMORY_SIZE, memory)).i64(PAGE_SHIFT).op(OP.I64_SHL);
  width.toI64(body.get(length));
  size(body).op(OP.I64_LE_U);
  width.toI64(body.get(start));
  width.toI64(size(body).get(length)).op(OP.I64_SUB, OP.I64_LE_U);
  return body.op(OP.I32_AND);
}
