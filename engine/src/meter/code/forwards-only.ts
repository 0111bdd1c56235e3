import { indexModule, InstructionCursor, OP, type CoreModule } from '../../module/index.js';

/** Modules with more code are not looked into. */
const MAX_CODE_BYTES = 65_536;

/**
 * Returns true if a module's functions do no more than pass their parameters on in a single call, as those that join the core
 * modules of a component do. Such a module needs no meter for a deadline: a chain of its functions is as long as the stack,
 * and ends in one that is metered, or in the host.
 */
export function forwardsOnly(module: CoreModule): boolean {
  const { bytes, ranges } = module.code;
  if (bytes.length > MAX_CODE_BYTES || module.start !== undefined) return false;
  const cursor = new InstructionCursor(bytes, indexModule(module).spaces);
  for (let at = 0; at < ranges.length; at += 2) {
    const [start = 0, end = 0] = ranges.subarray(at, at + 2);
    if (bytes[start] !== 0 || !forwards(cursor, start + 1, end)) return false;
  }
  return true;
}

function forwards(cursor: InstructionCursor, start: number, end: number): boolean {
  let calls = 0;
  cursor.enter(start, end, 2 ** 16);
  while (!cursor.done) {
    cursor.next();
    if (cursor.op === OP.CALL || cursor.op === OP.CALL_INDIRECT) calls++;
    else if (![OP.LOCAL_GET, OP.I32_CONST, OP.END].some((op) => op === cursor.op)) return false;
  }
  return calls <= 1;
}
