import type { CanonicalContext } from '../context.js';
import {
  checkList,
  listElementOf,
  mapEntryOf,
  entriesFrom,
  mapFrom,
  type ListElement,
  arrayFrom,
  allocateList,
  isNumberKind,
  loadNumbers,
  storeNumbers,
  type NumberKind,
  loadGuestString,
  loadString,
  type GuestString,
  storeGuestString,
  storeString,
} from '../values/index.js';
import type { MapType, ValueType } from '../types.js';
import type { Codec, FlatReader, FlatValue } from './codec.js';

/** A string or list: a pointer and a length, which live side by side in memory too. */
function sequence(
  write: (cx: CanonicalContext, value: unknown) => number,
  read: (cx: CanonicalContext, pointer: number, length: number) => unknown,
): Codec {
  return {
    lower(cx: CanonicalContext, value: unknown, out: FlatValue[]): void {
      out.push(write(cx, value), cx.length);
    },
    lift(cx: CanonicalContext, source: FlatReader): unknown {
      const pointer = source.number() >>> 0;
      return read(cx, pointer, source.number() >>> 0);
    },
    store(cx: CanonicalContext, value: unknown, pointer: number): void {
      const data = write(cx, value);
      cx.memory.u32[pointer >>> 2] = data;
      cx.memory.u32[(pointer >>> 2) + 1] = cx.length;
    },
    load(cx: CanonicalContext, pointer: number): unknown {
      const { u32 } = cx.memory;
      return read(cx, u32[pointer >>> 2] as number, u32[(pointer >>> 2) + 1] as number);
    },
  };
}

export const STRING_CODEC: Codec = sequence(
  (cx, value) => (cx.side === 'host' ? storeString(cx, value) : storeGuestString(cx, value as GuestString)),
  (cx, pointer, length) =>
    cx.side === 'host' ? loadString(cx, pointer, length) : loadGuestString(cx, pointer, length),
);

/** Makes the codec of a list; lists of numbers are typed arrays. */
export function listCodec(element: ValueType, codecOf: (type: ValueType) => Codec): Codec {
  if (isNumberKind(element.kind)) return numberListCodec(element.kind);
  const { write, read } = elements(element, listElementOf(element), codecOf);
  return sequence((cx, value) => write(cx, arrayFrom(value)), read);
}

/** Makes the codec of a map: a `Map` for the host, and the entries themselves between two guests. */
export function mapCodec(type: MapType, codecOf: (type: ValueType) => Codec): Codec {
  const { write, read } = elements(type.entry, mapEntryOf(type), codecOf);
  return sequence(
    (cx, value) => write(cx, cx.side === 'host' ? entriesFrom(value) : (value as unknown[])),
    (cx, pointer, length) => {
      const entries = read(cx, pointer, length);
      return cx.side === 'host' ? mapFrom(cx, entries as [unknown, unknown][]) : entries;
    },
  );
}

/** Makes what writes and reads the elements of a list that is no typed array. */
function elements(
  element: ValueType,
  place: ListElement,
  codecOf: (type: ValueType) => Codec,
): {
  write(cx: CanonicalContext, items: readonly unknown[]): number;
  read(cx: CanonicalContext, pointer: number, length: number): unknown[];
} {
  const { size, align, lookEvery } = place;
  const lookAt = lookEvery - 1;
  let codec: Codec | undefined;
  return {
    write(cx, items) {
      const { length } = items;
      const pointer = allocateList(cx, length, size, align);
      codec ??= codecOf(element);
      const { meter } = cx.instance.root;
      for (let index = 0; index < length; index++) {
        codec.store(cx, items[index], pointer + index * size);
        if (meter !== undefined && (index & lookAt) === lookAt) meter.look();
      }
      cx.length = length;
      return pointer;
    },
    read(cx, pointer, length) {
      checkList(cx, pointer, length, place);
      codec ??= codecOf(element);
      const items: unknown[] = [];
      const { meter } = cx.instance.root;
      for (let index = 0; index < length; index++) {
        items.push(codec.load(cx, pointer + index * size));
        if (meter !== undefined && (index & lookAt) === lookAt) meter.look();
      }
      return items;
    },
  };
}

function numberListCodec(kind: NumberKind): Codec {
  return sequence(
    (cx, value) => storeNumbers(cx, kind, value),
    (cx, pointer, length) => loadNumbers(cx, kind, pointer, length),
  );
}
