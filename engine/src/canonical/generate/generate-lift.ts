import { GuestError } from '@wasm-plugin/abi';
import { passingOf } from '../function.js';
import type { Layout } from '../layout.js';
import type { FuncType, ValueType } from '../types.js';
import { emitOffset } from './emit-flat.js';
import type { Emitter } from './emitter.js';

/** Emits the body of a lifted function's factory (specification: `canon_lift`). */
export function generateLift(e: Emitter, type: FuncType, given: { post: boolean; method: boolean }): void {
  const passing = passingOf(type);
  const args = type.params.map((_, index) => `a${index}`);
  const throws = e.side === 'host' && type.result?.kind === 'result';
  e.line('const i = cx.instance, m = cx.memory, root = i.root;');
  e.line(`return function (${(given.method ? args.slice(1) : args).join(', ')}) {`);
  if (given.method) e.line('const a0 = this; owner.collect();');
  e.line('if (i.lock !== 0) i.refuse();');
  e.line('i.lock = 1;');
  if (e.side === 'host') e.line('root.begin();');
  if (passing.borrows) e.line('i.borrows = 0;');
  if (throws) e.line('let failure;');
  e.line('let ran = false;');
  e.line('try {');
  const flats = emitArguments(e, type, args);
  e.line('ran = true;');
  e.line(`${type.result === undefined ? '' : 'const r = '}core(${flats.join(', ')});`);
  const value = type.result === undefined ? undefined : emitReturned(e, type, throws);
  if (given.post) {
    e.line(`i.mayLeave = false; post(${type.result === undefined ? '' : 'r'}); i.mayLeave = true;`);
  }
  if (passing.borrows) e.line('i.endBorrows();');
  e.line('i.lock = 0;');
  if (value !== undefined)
    e.line(throws ? `if (failure === undefined) return ${value};` : `return ${value};`);
  e.line('} catch (error) {');
  e.line(`throw fail(error, ran, [${args.join(', ')}]);`);
  e.line('}');
  if (throws) e.line('throw failure;');
  e.line('};');
}

function emitArguments(e: Emitter, type: FuncType, args: readonly string[]): string[] {
  const { params, spilledParams } = passingOf(type);
  if (!spilledParams)
    return type.params.flatMap((param, index) => e.values.lower(e, param.type, args[index] as string));
  const pointer = e.bind(`cx.allocate(0, 0, ${params.align}, ${params.size})`);
  type.params.forEach((param, index) => {
    e.values.store(
      e,
      param.type,
      args[index] as string,
      emitOffset(e, pointer, params.offsets[index] as number),
    );
  });
  return [pointer];
}

function emitReturned(e: Emitter, type: FuncType, throws: boolean): string {
  const { result, spilledResult } = passingOf(type);
  let value: string;
  if (spilledResult) {
    const { size, align } = result as Layout;
    e.line('if (m.u8.length === 0) m.renew();');
    const pointer = e.bind('r >>> 0');
    e.line(`cx.check(${pointer}, ${size}, ${align});`);
    value = e.values.load(e, type.result as ValueType, pointer);
  } else {
    value = e.values.lift(e, type.result as ValueType, ['r']);
  }
  if (!throws) return value;
  e.line(
    `if (${value}.tag === 'err') failure = new ${e.constant(GuestError)}(${value}.val, { plugin: root.plugin });`,
  );
  return `${value}.val`;
}
