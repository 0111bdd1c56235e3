import { PluginError } from '@wasm-plugin/abi';
import { malformed, misfit, type ByteReader, type Codec } from '../value/index.js';
import { MOST_HANDLES, readNumber, writeNumber } from './handle-bytes.js';
import type { HandleScope } from './handle-scope.js';
import { disposeOf } from './remote-resource.js';

/** An object of this side that the other side has a handle of. */
interface Entry {
  readonly resource: string;
  readonly object: object;
  /** True if the other side has it for the time of a call alone. */
  readonly isLent: boolean;
  /** Calls of the other side under way that it was lent back to. */
  lends: number;
  /** True if a message gives it back, and it is not known yet whether that message is used. */
  isTaken: boolean;
}

/**
 * Objects of this side that the other side has handles of, by a number that is never used again. What comes back is held to this
 * table: it must be there, be of the type of its place, and be free for what is done with it.
 */
export class GivenHandles {
  readonly #entries = new Map<number, Entry>();
  readonly #scope: () => HandleScope;
  #next = 1;
  #isClosed = false;

  /** @param scope returns that of the message that is written or read */
  constructor(scope: () => HandleScope) {
    this.#scope = scope;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Returns the codec of an object that goes to the other side for good, and may come back. */
  own(resource: string): Codec {
    return {
      encode: (writer, value, path) => {
        const id = this.#add(value, { resource, path, isLent: false });
        this.#scope().add({ undo: () => void this.#entries.delete(id) });
        writeNumber(writer, id);
      },
      decode: (reader) => {
        const { id, entry } = this.#find(reader, resource);
        if (entry.isLent || entry.lends > 0)
          throw malformed(`the handle ${id} is lent to a call, and cannot be given away`, reader.offset);
        entry.isTaken = true;
        this.#scope().add({
          commit: () => void this.#entries.delete(id),
          undo: () => void (entry.isTaken = false),
        });
        return entry.object;
      },
    };
  }

  /** Returns the codec of an object that the other side has for the time of a call, or lends back to a call. */
  borrow(resource: string): Codec {
    return {
      encode: (writer, value, path) => {
        const id = this.#add(value, { resource, path, isLent: true });
        this.#scope().add({ end: () => void this.#entries.delete(id) });
        writeNumber(writer, id);
      },
      decode: (reader) => {
        const { entry } = this.#find(reader, resource);
        entry.lends++;
        this.#scope().add({ end: () => void entry.lends-- });
        return entry.object;
      },
    };
  }

  /**
   * Reads a handle that the other side has no use for any more, and disposes of its object.
   * @throws {PluginError} WP_BRIDGE there is no such handle, or a call has it; what the object throws
   */
  drop(reader: ByteReader): void {
    const { id, entry } = this.#find(reader, undefined);
    reader.end();
    if (entry.isLent || entry.lends > 0) throw malformed(`the handle ${id} is lent to a call`, reader.offset);
    this.#entries.delete(id);
    disposeOf(entry.object);
  }

  /** Disposes of every object that the other side owns. */
  close(): void {
    this.#isClosed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { isLent, object } of entries) {
      if (isLent) continue;
      try {
        disposeOf(object);
      } catch {
        // The connection has ended: nobody is left to be told.
      }
    }
  }

  #add(
    value: unknown,
    { resource, path, isLent }: { resource: string; path: string; isLent: boolean },
  ): number {
    if (typeof value !== 'object' || value === null)
      throw misfit(path, `an object for the resource "${resource}"`, value);
    if (this.#isClosed) {
      if (!isLent) disposeOf(value);
      throw new PluginError('WP_BRIDGE', `Cannot give a "${resource}": the connection has ended`);
    }
    if (this.#entries.size >= MOST_HANDLES)
      throw new PluginError('WP_BRIDGE', `Cannot give a "${resource}": ${MOST_HANDLES} handles are given`);
    const id = this.#next++;
    this.#entries.set(id, { resource, object: value, isLent, lends: 0, isTaken: false });
    return id;
  }

  /** @throws {PluginError} WP_BRIDGE there is no such handle, or it is of another type */
  #find(reader: ByteReader, resource: string | undefined): { id: number; entry: Entry } {
    const start = reader.offset;
    const id = readNumber(reader);
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.isTaken)
      throw malformed(`there is no handle ${id}: it was never given, or is dropped or given back`, start);
    if (resource !== undefined && entry.resource !== resource)
      throw malformed(`the handle ${id} is a "${entry.resource}"; wanted a "${resource}"`, start);
    return { id, entry };
  }
}
