/**
 * Runtime of the generated bindings: memory that crosses the boundary, and collection of garbage.
 *
 * The collector runs between two calls only, when nothing is on the stack. So nothing needs to be pinned while a
 * call runs, and compiled code has no shadow stack. Values are not copied: the host writes lists and strings
 * straight into objects of AssemblyScript, and reads them from there.
 */
import { ExportedResource, Resource } from './wit';

/** Bytes that may be allocated after one collection before the next: a quarter of a page, so that a small plugin stays in one. */
const SLACK_BYTES: usize = 16384;

/** Bytes in use at which the next collection runs. */
let collectAt: usize = SLACK_BYTES;

/** Resources that were lent to the call that is running. */
let lent: Resource[] = [];

/** Allocates memory for the host. Each block becomes the data of a string or list. */
export function cabi_realloc(block: usize, oldBytes: usize, align: usize, bytes: usize): usize {
  return block ? __renew(block, bytes) : allocate(bytes);
}

/** Memory that lives at least until the call ends. */
export function allocate(bytes: usize): usize {
  return __new(bytes, idof<ArrayBuffer>());
}

/** Ends a call: collects garbage if enough of it may have come up. Nothing may be on the stack. */
export function finish(): void {
  if (__allocated() < collectAt) return;
  __collect();
  const live = __allocated();
  collectAt = live + max(live, SLACK_BYTES);
}

/** `finish`, for an export whose result the host has read only now. */
export function postReturn(result: i32): void {
  finish();
}

export function liftString(data: usize, units: usize): string {
  if (units == 0) return '';
  retype(data, idof<string>(), units << 1);
  return changetype<string>(data);
}

export function loadString(at: usize): string {
  return liftString(load<usize>(at), load<usize>(at, 4));
}

/**
 * The address of a text's units, for the host to read. A half of a surrogate pair that stands alone, as where a text was cut
 * between the two, becomes U+FFFD in a copy: a WIT string consists of code points.
 */
export function stringData(text: string): usize {
  const start = changetype<usize>(text);
  const end = start + ((<usize>text.length) << 1);
  let at = start;
  // Four units at a time: the upper five bits of a surrogate are 11011, so that they come out as zero here.
  for (; at + 8 <= end; at += 8) {
    const tops = (load<u64>(at) & 0xf800f800f800f800) ^ 0xd800d800d800d800;
    if (((tops - 0x0001000100010001) & ~tops & 0x8000800080008000) != 0) break;
  }
  for (; at < end; at += 2) {
    if (isSurrogate(load<u16>(at))) return repaired(start, at, end);
  }
  return start;
}

function repaired(start: usize, from: usize, end: usize): usize {
  let moved: usize = 0;
  let data = start;
  for (let at = from; at < end; at += 2) {
    const unit = load<u16>(at);
    if (!isSurrogate(unit)) continue;
    if (unit < 0xdc00 && at + 2 < end && (load<u16>(at + 2) & 0xfc00) == 0xdc00) {
      at += 2;
      continue;
    }
    if (data == start) {
      data = allocate(end - start);
      memory.copy(data, start, end - start);
      moved = data - start;
    }
    store<u16>(at + moved, 0xfffd);
  }
  return data;
}

function isSurrogate(unit: u16): bool {
  return (unit & 0xf800) == 0xd800;
}

export function storeString(at: usize, text: string): void {
  store<usize>(at, stringData(text));
  store<i32>(at, text.length, 4);
}

export function liftScalars<T>(data: usize, length: usize): StaticArray<T> {
  if (length == 0) return new StaticArray<T>(0);
  retype(data, idof<StaticArray<T>>(), length * sizeof<T>());
  return changetype<StaticArray<T>>(data);
}

export function storeScalars<T>(at: usize, list: StaticArray<T>): void {
  store<usize>(at, changetype<usize>(list));
  store<i32>(at, list.length, 4);
}

/** An object for a handle that came in. */
export function wrap<T extends Resource>(handle: i32): T {
  const resource = changetype<T>(__new(offsetof<T>(), idof<T>()));
  resource.handle = handle;
  return resource;
}

/** The same, for a handle that is only lent. */
export function wrapLent<T extends Resource>(handle: i32): T {
  const resource = wrap<T>(handle);
  lent.push(resource);
  return resource;
}

/** Drops the handles that were lent to the call. */
export function dropLent(): void {
  for (let i = 0; i < lent.length; i++) lent[i].drop();
  lent.length = 0;
}

/** An exported object that comes back to the plugin as its own. */
export function takeBack<T extends ExportedResource>(object: usize, handle: i32): T {
  const resource = changetype<T>(object);
  resource.handle = handle;
  return resource;
}

/** Writes the class and size of a list or string into the head of its block, where the collector and the library read them. */
function retype(data: usize, id: u32, bytes: usize): void {
  store<u32>(data - 8, id);
  store<u32>(data - 4, <u32>bytes);
}
