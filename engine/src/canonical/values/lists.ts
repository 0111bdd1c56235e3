import type { CanonicalContext } from '../context.js';
import { heldSize, MAP_ENTRY, SPARE_ARRAY, SPARE_SLOT } from './held-size.js';
import { layoutOf } from '../../component/index.js';
import { checkPlace } from './number-lists.js';
import { badValue } from '../traps.js';
import type { MapType, ValueType } from '../types.js';

/** Most bytes that JavaScript is made to hold for one list: beyond, arrays end the process instead of throwing. */
const MAX_HELD_BYTES = 2 ** 30;

/** Bytes that JavaScript holds for the elements between two looks at the deadlines. */
const LOOK_BYTES = 16 * 1024;

/** Size, alignment and cost of each element of a list. */
export interface ListElement {
  size: number;
  align: number;
  /** Bytes that JavaScript holds. */
  held: number;
  /** The deadlines are looked at after so many elements: a power of two. */
  lookEvery: number;
}

const elements = new WeakMap<ValueType, ListElement>();
const entries = new WeakMap<ValueType, ListElement>();

/** Returns the size and form of a list's elements. */
export function listElementOf(type: ValueType): ListElement {
  let element = elements.get(type);
  if (element === undefined) {
    const { size, align } = layoutOf(type);
    const held = heldSize(type) + SPARE_SLOT;
    const lookEvery = 2 ** Math.max(0, Math.floor(Math.log2(LOOK_BYTES / held)));
    elements.set(type, (element = { size, align, held, lookEvery }));
  }
  return element;
}

/** Returns the size and form of a map's entries. */
export function mapEntryOf({ entry }: MapType): ListElement {
  let element = entries.get(entry);
  if (element === undefined) {
    const { held, ...rest } = listElementOf(entry);
    entries.set(entry, (element = { ...rest, held: held + MAP_ENTRY }));
  }
  return element;
}

/** Checks the place of a list that becomes an array of objects, and counts its size in JavaScript. */
export function checkList(
  cx: CanonicalContext,
  pointer: number,
  length: number,
  { size, align, held }: ListElement,
): void {
  if (cx.memory.u8.length === 0) cx.memory.renew();
  checkPlace(cx, pointer, { size: length * size, align });
  if (length === 0) return;
  cx.instance.root.hold(SPARE_ARRAY + length * held);
  if (length * held > MAX_HELD_BYTES) throw badValue('list too long');
}
