import {
  arrayFrom,
  checkList,
  listElementOf,
  type ListElement,
  allocateList,
  isNumberKind,
  loadNumbers,
  storeNumbers,
  loadGuestString,
  loadString,
  storeGuestString,
  storeString,
} from '../values/index.js';
import type { ValueType } from '../types.js';
import type { Emitter } from './emitter.js';

type Sequence = Extract<ValueType, { kind: 'string' | 'list' }>;

/** Emits the writing of a string or list; gives pointer and length. */
export function lowerSequence(e: Emitter, type: Sequence, v: string): [pointer: string, length: string] {
  if (type.kind === 'string') {
    const store = e.constant(e.side === 'host' ? storeString : storeGuestString);
    return [e.bind(`${store}(cx, ${v})`), e.bind('cx.length')];
  }
  const { element } = type;
  if (isNumberKind(element.kind)) {
    return [e.bind(`${e.constant(storeNumbers)}(cx, '${element.kind}', ${v})`), e.bind('cx.length')];
  }
  const place = listElementOf(element);
  const { size, align } = place;
  const items = e.bind(`${e.constant(arrayFrom)}(${v})`);
  const length = e.bind(`${items}.length`);
  const pointer = e.bind(`${e.constant(allocateList)}(cx, ${length}, ${size}, ${align})`);
  const index = e.fresh();
  const at = e.fresh();
  e.line(`for (let ${index} = 0, ${at} = ${pointer}; ${index} < ${length}; ${index}++, ${at} += ${size}) {`);
  e.values.store(e, element, e.bind(`${items}[${index}]`), at);
  emitLook(e, place, index);
  e.line('}');
  return [pointer, length];
}

/** Emits the reading of a string or list, and gives the value's expression. */
export function liftSequence(e: Emitter, type: Sequence, pointer: string, length: string): string {
  if (type.kind === 'string') {
    const load = e.constant(e.side === 'host' ? loadString : loadGuestString);
    return e.bind(`${load}(cx, ${pointer}, ${length})`);
  }
  const { element } = type;
  if (isNumberKind(element.kind)) {
    return e.bind(`${e.constant(loadNumbers)}(cx, '${element.kind}', ${pointer}, ${length})`);
  }
  const place = listElementOf(element);
  const start = e.bind(pointer);
  const count = e.bind(length);
  e.line(`${e.constant(checkList)}(cx, ${start}, ${count}, ${e.constant(place)});`);
  const items = e.bind('[]');
  const index = e.fresh();
  const at = e.fresh();
  e.line(
    `for (let ${index} = 0, ${at} = ${start}; ${index} < ${count}; ${index}++, ${at} += ${place.size}) {`,
  );
  e.line(`${items}.push(${e.values.load(e, element, at)});`);
  emitLook(e, place, index);
  e.line('}');
  return items;
}

function emitLook(e: Emitter, { lookEvery }: ListElement, index: string): void {
  const lookAt = lookEvery - 1;
  if (e.metered) e.line(`if ((${index} & ${lookAt}) === ${lookAt}) root.meter.look();`);
}
