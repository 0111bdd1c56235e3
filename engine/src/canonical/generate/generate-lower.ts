import { canBeBad, passingOf } from '../function.js';
import { layoutOf, type FlatType, type Layout } from '../../component/index.js';
import { ENDED } from '../lock.js';
import { mismatch } from '../values/index.js';
import { errorPayload } from '../outcome.js';
import { takesPromises } from '../promise-results.js';
import type { FuncType } from '../types.js';
import { emitOffset } from './emit-flat.js';
import type { Emitter } from './emitter.js';

/** Emits the body of a lowered function's factory (specification: `canon_lower`), for an instance with a meter or without. */
export function generateLower(e: Emitter, type: FuncType): void {
  const { metered } = e;
  const passing = passingOf(type);
  const count = passing.spilledParams ? 1 : (passing.params.flat as readonly FlatType[]).length;
  const flats = Array.from({ length: count + (passing.spilledResult ? 1 : 0) }, (_, index) => `p${index}`);
  const catches = e.side === 'host' && type.result?.kind === 'result';
  const gives = e.side === 'host' && passing.givesOwn;
  e.line('const i = cx.instance, m = cx.memory, root = i.root;');
  e.line(`return function (${flats.join(', ')}) {`);
  e.line(`if (!i.mayLeave) return refuse([${flats.join(', ')}]);`);
  e.line('const mark = i.lenders.length;');
  const places = type.params.filter((param) => canBeBad(param.type)).length > 0;
  e.line(`let returned = false, value${places ? ', at = -1' : ''};`);
  e.line('try {');
  if (passing.usesMemory) e.line('if (m.u8.length === 0) m.renew();');
  if (passing.sequencesIn) e.line('root.crossing = root.bytes;');
  const args = emitParameters(e, type, flats);
  if (places) e.line('at = -1;');
  if (e.side === 'host') e.line('root.leaveGuest();');
  const call = `callee(${args.join(', ')})`;
  if (catches) {
    e.line(`try { value = { tag: 'ok', val: ${call} }; }`);
    e.line(`catch (error) { value = { tag: 'err', val: ${e.constant(errorPayload)}(error) }; }`);
  } else {
    e.line(`value = ${call};`);
  }
  if (metered) e.line(e.side === 'host' ? 'root.enterGuest();' : 'root.meter.tick();');
  e.line('returned = true;');
  if (e.side === 'host' && takesPromises(type))
    e.line(`if (${catches ? 'value.val' : 'value'} instanceof Promise) throw ${e.constant(mismatch)}();`);
  e.line('i.resume(mark);');
  if (type.result !== undefined) {
    if (passing.spilledResult) {
      const { size, align } = passing.result as Layout;
      e.line('if (m.u8.length === 0) m.renew();');
      const pointer = e.bind(`${flats.at(-1)} >>> 0`);
      e.line(`cx.check(${pointer}, ${size}, ${align});`);
      e.values.store(e, type.result, 'value', pointer);
      if (gives) e.line('i.given.length = 0;');
    } else {
      const [core] = e.values.lower(e, type.result, 'value');
      if (gives) e.line('i.given.length = 0;');
      if (e.side === 'host') e.line('root.endHostCall();');
      e.line(`return ${core};`);
    }
  }
  if (e.side === 'host') e.line('root.endHostCall();');
  const place = places ? ', at' : '';
  e.line(`} catch (error) { i.lock = ${ENDED}; throw fail(error, returned, value${place}); }`);
  e.line('};');
}

function emitParameters(e: Emitter, type: FuncType, flats: readonly string[]): string[] {
  const { params, spilledParams } = passingOf(type);
  if (!spilledParams) {
    let position = 0;
    return type.params.map((param, index) => {
      if (canBeBad(param.type)) e.line(`at = ${index};`);
      const count = (layoutOf(param.type).flat as readonly FlatType[]).length;
      position += count;
      return e.values.lift(e, param.type, flats.slice(position - count, position));
    });
  }
  const pointer = e.bind(`${flats[0]} >>> 0`);
  e.line(`cx.check(${pointer}, ${params.size}, ${params.align});`);
  return type.params.map((param, index) => {
    if (canBeBad(param.type)) e.line(`at = ${index};`);
    return e.values.load(e, param.type, emitOffset(e, pointer, params.offsets[index] as number));
  });
}
