/**
 * What the generated bindings stand on: memory that crosses the boundary, and when garbage is collected.
 *
 * The collector runs between two calls only, when nothing is on the stack. So nothing needs to be pinned while a
 * call runs, and compiled code has no shadow stack. What crosses is not copied: the host writes lists and strings
 * straight into objects of AssemblyScript, and reads them from there.
 */
import { ExportedResource, Resource } from './wit';

/** Bytes that may be allocated after one collection before the next. */
const SLACK_BYTES: usize = 65536;

/** Bytes in use at which the next collection runs. */
let collectAt: usize = SLACK_BYTES;

/** Resources that were lent to the call that is running. */
let lent: Resource[] = [];

/** What the host calls to get memory. Each block becomes the data of a string or list. */
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

export function storeString(at: usize, text: string): void {
  store<usize>(at, changetype<usize>(text));
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

/** Gives back what was lent to the call. */
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

/** Says what the block that holds a list or string really is: the collector and the library read it there. */
function retype(data: usize, id: u32, bytes: usize): void {
  store<u32>(data - 8, id);
  store<u32>(data - 4, <u32>bytes);
}
