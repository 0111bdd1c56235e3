import {
  arrayFrom,
  checkList,
  listElementOf,
  mapEntryOf,
  entriesFrom,
  mapFrom,
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

type Sequence = Extract<ValueType, { kind: 'string' | 'list' | 'map' }>;

/** Emits the writing of a string, list or map; gives pointer and length. */
export function lowerSequence(e: Emitter, type: Sequence, v: string): [pointer: string, length: string] {
  if (type.kind === 'string') {
    const store = e.constant(e.side === 'host' ? storeString : storeGuestString);
    return [e.bind(`${store}(cx, ${v})`), e.bind('cx.length')];
  }
  if (type.kind === 'map') {
    // Between two guests a map is a list: what is in one has to come out of the other.
    const entries = e.side === 'host' ? e.bind(`${e.constant(entriesFrom)}(${v})`) : v;
    return lowerElements(e, type.entry, { place: mapEntryOf(type), items: entries });
  }
  const { element } = type;
  if (isNumberKind(element.kind)) {
    return [e.bind(`${e.constant(storeNumbers)}(cx, '${element.kind}', ${v})`), e.bind('cx.length')];
  }
  const items = e.bind(`${e.constant(arrayFrom)}(${v})`);
  return lowerElements(e, element, { place: listElementOf(element), items });
}

function lowerElements(
  e: Emitter,
  element: ValueType,
  { place, items }: { place: ListElement; items: string },
): [pointer: string, length: string] {
  const { size, align } = place;
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

/** Emits the reading of a string, list or map, and gives the value's expression. */
export function liftSequence(e: Emitter, type: Sequence, pointer: string, length: string): string {
  if (type.kind === 'string') {
    const load = e.constant(e.side === 'host' ? loadString : loadGuestString);
    return e.bind(`${load}(cx, ${pointer}, ${length})`);
  }
  if (type.kind === 'map') {
    const entries = liftElements(e, type.entry, { place: mapEntryOf(type), pointer, length });
    return e.side === 'host' ? e.bind(`${e.constant(mapFrom)}(cx, ${entries})`) : entries;
  }
  const { element } = type;
  if (isNumberKind(element.kind)) {
    return e.bind(`${e.constant(loadNumbers)}(cx, '${element.kind}', ${pointer}, ${length})`);
  }
  return liftElements(e, element, { place: listElementOf(element), pointer, length });
}

function liftElements(
  e: Emitter,
  element: ValueType,
  { place, pointer, length }: { place: ListElement; pointer: string; length: string },
): string {
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
