import { ModuleError } from '@wasm-plugin/abi';
import type { ByteWriter } from '../../binary/index.js';
import { TYPE_I64, type InstructionCursor } from '../../module/index.js';

/** The most locals that V8 accepts in a function, parameters included. */
const MAX_LOCALS = 50_000;
/** The most locals that the rewriting adds. */
const ROOM_FOR_OURS = 16;

/** The locals a function declares. */
export interface DeclaredLocals {
  /** By run of one type: count, where in the source its type starts and ends. */
  readonly groups: readonly number[];
  readonly total: number;
}

/**
 * Reads the locals at the start of a body.
 *
 * @throws {ModuleError} WP_MODULE_LIMIT if ours would be too many
 */
export function readLocals(cursor: InstructionCursor, source: Uint8Array, params: number): DeclaredLocals {
  const groups: number[] = [];
  let total = 0;
  for (let left = cursor.unsigned(); left > 0; left--) {
    const count = cursor.unsigned();
    const at = cursor.position;
    const code = source[at] as number;
    cursor.position++;
    if (code === 0x63 || code === 0x64) cursor.signed32();
    if (count === 0) continue;
    groups.push(count, at, cursor.position);
    total += count;
  }
  if (params + total > MAX_LOCALS - ROOM_FOR_OURS) {
    throw new ModuleError('WP_MODULE_LIMIT', `a function with ${params + total} locals cannot be metered`, {
      offset: cursor.position,
      section: 'code',
    });
  }
  return { groups, total };
}

/**
 * Writes the locals of a rewritten body: the counter first, unless it is a parameter; the guest's, of which the first goes
 * behind the others to make room; then ours.
 */
export function writeLocals(
  out: ByteWriter,
  source: Uint8Array,
  {
    locals,
    passes,
    temporaries,
  }: { locals: DeclaredLocals; passes: boolean; temporaries: readonly number[] },
): void {
  const { groups } = locals;
  const first = groups[0];
  const kept = first === undefined ? 0 : groups.length / 3 - (first === 1 ? 1 : 0);
  out.u32((passes ? 0 : 1) + kept + (first === undefined ? 0 : 1) + temporaries.length);
  if (!passes) {
    out.byte(1);
    out.byte(TYPE_I64);
  }
  for (let at = 0; at < groups.length; at += 3) {
    const count = (groups[at] as number) - (at === 0 ? 1 : 0);
    if (count === 0) continue;
    out.u32(count);
    out.copyFrom(source, groups[at + 1], groups[at + 2]);
  }
  if (first !== undefined) {
    out.byte(1);
    out.copyFrom(source, groups[1], groups[2]);
  }
  for (const type of temporaries) {
    out.byte(1);
    out.byte(type);
  }
}
