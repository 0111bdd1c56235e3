import {
  decodeModule,
  encodeModule,
  indexModule,
  InstructionCursor,
  OP,
  type CoreModule,
} from '@wasm-plugin/engine/module';

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
const I64 = 0x7e;

/**
 * The second judge: a meter that cannot be wrong in a clever way. A global counts up from minus the fuel; every
 * instruction that costs something is preceded by an addition of one to it, reachable or not, and every function entry and
 * loop header by a trap if it is not negative. It is slow, has no hook, and refuses instructions that move in bulk.
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
    for (let left = cursor.unsigned(); left > 0; left--) {
      cursor.unsigned();
      if ([0x63, 0x64].includes(bytes[cursor.position++] as number)) cursor.signed32();
    }
    code.push(...bytes.subarray(start, cursor.position), ...charge(counter), ...check(counter));
    while (!cursor.done) {
      cursor.next();
      if (cursor.op === OP.MEMORY_GROW || (cursor.op >= 0xfc008 && cursor.op <= 0xfc011)) {
        throw new Error('Cannot meter for reference: a bulk instruction');
      }
      if (!FREE.has(cursor.op)) code.push(...charge(counter));
      code.push(...bytes.subarray(cursor.at, cursor.position));
      if (cursor.op === OP.LOOP) code.push(...check(counter));
    }
    newRanges.push(code.length);
  }
  const metered: CoreModule = {
    ...module,
    globals: [
      ...module.globals,
      { value: I64, mutable: true, initial: new Uint8Array([OP.I64_CONST, 0, OP.END]) },
    ],
    exports: [...module.exports, { name: COUNTER, kind: 'global', index: counter }],
    code: { bytes: new Uint8Array(code), ranges: new Uint32Array(newRanges) },
  };
  return encodeModule(metered).bytes;
}

/** What a call came to under the reference meter. */
export interface ReferenceOutcome {
  readonly end: 'ok' | 'trap' | 'fuel';
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
  let end: ReferenceOutcome['end'] = 'ok';
  let result: unknown;
  try {
    result = target(...call.arguments);
  } catch {
    end = counter.value >= 0n ? 'fuel' : 'trap';
  }
  return { end, fuel: Math.min(call.fuel, Number(counter.value) + call.fuel), result };
}

function charge(counter: number): number[] {
  return [OP.GLOBAL_GET, ...leb(counter), OP.I64_CONST, 1, OP.I64_ADD, OP.GLOBAL_SET, ...leb(counter)];
}

function check(counter: number): number[] {
  const isOut = [OP.GLOBAL_GET, ...leb(counter), OP.I64_CONST, 0, OP.I64_GE_S];
  return [...isOut, OP.IF, 0x40, OP.UNREACHABLE, OP.END];
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
