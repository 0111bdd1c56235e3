import { decodeModule, encodeModule, type CoreModule } from '@wasm-plugin/engine/module';
import { functionTypeAt, indexModule, InstructionCursor, OP, type ModuleIndex } from '#internals';
import type { End } from './run-metered.js';
import { I32, I64, signed, unsigned as leb } from './wasm-builder.js';

const FREE = new Set<number>([
  OP.NOP,
  OP.DROP,
  OP.BLOCK,
  OP.LOOP,
  OP.UNREACHABLE,
  OP.RETURN,
  OP.ELSE,
  OP.END,
  OP.CATCH,
  OP.CATCH_ALL,
  OP.DELEGATE,
]);

const COUNTER = '(reference counter)';
const STOPPED = '(reference stopped)';
const ZERO = { value: I64, mutable: true, initial: new Uint8Array([OP.I64_CONST, 0, OP.END]) };

/**
 * The second judge: a meter that cannot be wrong in a clever way. A global counts up from minus the fuel; every
 * instruction that costs something is preceded by an addition of one to it, reachable or not, and every function entry and
 * loop header by a trap if it is not negative. Behind a bulk instruction its length is added and checked. It is slow, has no
 * hook, and knows a bulk length as a constant only right behind that constant.
 */
export function referenceMeter(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const module = decodeModule(binary);
  const index = indexModule(module);
  const counter = index.globals;
  const { bytes, ranges } = module.code;
  const cursor = new InstructionCursor(bytes, index.spaces);
  const code: number[] = [];
  const newRanges: number[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    newRanges.push(code.length);
    const start = ranges[at] as number;
    cursor.enter(start, ranges[at + 1] as number, 0xffffffff);
    const groups = cursor.unsigned();
    const groupsStart = cursor.position;
    let locals = functionTypeAt(index, module.functions[at / 2] as number)?.params.length ?? 0;
    for (let left = groups; left > 0; left--) {
      locals += cursor.unsigned();
      if ([0x63, 0x64].includes(bytes[cursor.position++] as number)) cursor.signed32();
    }
    code.push(...leb(groups + 2), ...bytes.subarray(groupsStart, cursor.position), 2, I32, 2, I64);
    code.push(...charge(counter), ...check(counter));
    let constant = Infinity;
    while (!cursor.done) {
      cursor.next();
      const instruction = [...bytes.subarray(cursor.at, cursor.position)];
      if (!FREE.has(cursor.op)) code.push(...charge(counter));
      if (BULK.has(cursor.op)) {
        const wide = isWide(index, cursor);
        const size = { wide, length: locals + (wide ? 2 : 0), result: locals + (wide ? 3 : 1) };
        code.push(...bulk(instruction, { counter, constant, grows: GROWS.has(cursor.op), ...size }));
      } else code.push(...instruction);
      if (cursor.op === OP.LOOP) code.push(...check(counter));
      constant = constantOf(cursor, bytes);
    }
    newRanges.push(code.length);
  }
  const metered: CoreModule = {
    ...module,
    globals: [...module.globals, ZERO, ZERO],
    exports: [
      ...module.exports,
      { name: COUNTER, kind: 'global', index: counter },
      { name: STOPPED, kind: 'global', index: counter + 1 },
    ],
    code: { bytes: new Uint8Array(code), ranges: new Uint32Array(newRanges) },
  };
  return encodeModule(metered).bytes;
}

const GROWS = new Set<number>([OP.MEMORY_GROW, OP.TABLE_GROW]);
/** The bulk instructions, by opcode. */
const BULK = new Set<number>([
  ...GROWS,
  ...[0x008, 0x00a, 0x00b, 0x00c, 0x00e, 0x011].map((number) => 0xfc000 + number),
  ...[6, 7, 9, 10, 16, 17, 18, 19].map((number) => 0xfb000 + number),
]);
/** wasmtime charges a constant up to this together with the instruction, and does not check it. */
const FLAT = 128;

/** Returns true if the topmost operand of a bulk instruction is an i64. */
function isWide({ memories, tables }: ModuleIndex, { op, first, second }: InstructionCursor): boolean {
  const memory = (at: number) => memories[at]?.wide === true;
  const table = (at: number) => tables[at]?.limits.wide === true;
  if (op === OP.MEMORY_GROW || op === OP.MEMORY_FILL) return memory(first);
  if (op === OP.MEMORY_COPY) return memory(first) && memory(second);
  if (op === OP.TABLE_GROW || op === OP.TABLE_FILL) return table(first);
  return op === OP.TABLE_COPY && table(first) && table(second);
}

function constantOf(cursor: InstructionCursor, bytes: Uint8Array): number {
  if (cursor.op === OP.I32_CONST) return cursor.first;
  const [low = 0, high = 0] = bytes.subarray(cursor.operands);
  if (cursor.op !== OP.I64_CONST) return Infinity;
  if (low < 0x40) return low;
  return low >= 0x80 && high < 0x40 ? (low & 0x7f) + high * 0x80 : Infinity;
}

interface Bulk {
  readonly counter: number;
  readonly constant: number;
  readonly grows: boolean;
  readonly wide: boolean;
  /** Locals for the length and the result. */
  readonly length: number;
  readonly result: number;
}

function bulk(instruction: readonly number[], how: Bulk): number[] {
  const { counter, constant, grows, wide, length, result } = how;
  const index = leb(counter);
  const add = (units: readonly number[]) => {
    return [OP.GLOBAL_GET, ...index, ...units, OP.I64_ADD, OP.GLOBAL_SET, ...index];
  };
  if (constant >= 0 && constant <= FLAT) {
    return [...add([OP.I64_CONST, ...signed(constant)]), ...instruction];
  }
  const units = [OP.LOCAL_GET, ...leb(length), ...(wide ? [] : [OP.I64_EXTEND_I32_U])];
  const charged = [...add(units), ...check(counter)];
  const moved = [OP.LOCAL_TEE, ...leb(length), ...instruction];
  if (!grows) return [...moved, ...charged];
  const differs = wide ? [OP.I64_CONST, 0x7f, OP.I64_NE] : [OP.I32_CONST, 0x7f, OP.I32_NE];
  const tested = [OP.LOCAL_TEE, ...leb(result), OP.LOCAL_GET, ...leb(result), ...differs];
  return [...moved, ...tested, OP.IF, 0x40, ...charged, OP.END];
}

/** Result of a call under the reference meter. */
export interface ReferenceOutcome {
  readonly end: End;
  readonly fuel: number;
  readonly result: unknown;
}

/** Calls an export of a fresh instance with so much fuel. */
export function runReference(
  module: WebAssembly.Module,
  call: { readonly name: string; readonly arguments: readonly unknown[]; readonly fuel: number },
): ReferenceOutcome {
  const instance = new WebAssembly.Instance(module, {});
  const counter = instance.exports[COUNTER] as WebAssembly.Global<'i64'>;
  counter.value = -BigInt(call.fuel);
  const target = instance.exports[call.name] as (...values: unknown[]) => unknown;
  let end: End = 'ok';
  let result: unknown;
  try {
    result = target(...call.arguments);
  } catch (error) {
    const stopped = instance.exports[STOPPED] as WebAssembly.Global<'i64'>;
    end = stopped.value === 1n ? 'fuel' : error instanceof RangeError ? 'stack' : 'trap';
  }
  return { end, fuel: Math.min(call.fuel, Number(counter.value) + call.fuel), result };
}

function charge(counter: number): number[] {
  return [OP.GLOBAL_GET, ...leb(counter), OP.I64_CONST, 1, OP.I64_ADD, OP.GLOBAL_SET, ...leb(counter)];
}

function check(counter: number): number[] {
  const isOut = [OP.GLOBAL_GET, ...leb(counter), OP.I64_CONST, 0, OP.I64_GE_S];
  return [...isOut, OP.IF, 0x40, OP.I64_CONST, 1, OP.GLOBAL_SET, ...leb(counter + 1), OP.UNREACHABLE, OP.END];
}
