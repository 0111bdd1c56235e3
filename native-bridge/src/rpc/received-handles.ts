import { malformed, type Codec } from '../value/index.js';
import { keyOf, MOST_HANDLES, readHandle, unfit, writeHandle } from './handle-bytes.js';
import type { HandleScope } from './handle-scope.js';
import { handleOf, proxyOf, remoteClass, type RemoteClass, type RemoteHandle } from './remote-resource.js';

/** Handles of the other side's objects, and the proxies that stand for them. */
export class ReceivedHandles {
  readonly #scope: () => HandleScope;
  readonly #sendDrop: (handle: Uint8Array) => void;
  /** Those that this side owns. */
  readonly #owned = new Set<string>();
  readonly #classes = new Map<string, RemoteClass>();
  #registry: FinalizationRegistry<RemoteHandle> | undefined;
  /** Handles of a message that nobody waits for any more. */
  #discarded: RemoteHandle[] | undefined;
  #isClosed = false;

  /**
   * @param scope returns that of the message that is written or read
   * @param sendDrop tells the other side that this one has no use for a handle any more
   */
  constructor(scope: () => HandleScope, sendDrop: (handle: Uint8Array) => void) {
    this.#scope = scope;
    this.#sendDrop = sendDrop;
  }

  get size(): number {
    return this.#owned.size;
  }

  /** Returns the class of a resource. */
  classOf(resource: string): RemoteClass {
    let found = this.#classes.get(resource);
    if (found === undefined)
      this.#classes.set(resource, (found = remoteClass(resource, (object) => this.#drop(object))));
    return found;
  }

  /** Returns the codec of a handle that this side gets for good, and may give back. */
  own(resource: string): Codec {
    return {
      encode: (writer, value, path) => {
        const handle = this.#handle(value, { resource, path });
        if (handle.state === 'lent') throw unfit(path, `a "${resource}" of its own`, 'lent by a call');
        if (handle.lends > 0) throw unfit(path, `a "${resource}" that no call has`, 'lent to a call');
        handle.state = 'gone';
        this.#scope().add({
          commit: () => this.#forget(handle),
          undo: () => void (handle.state = 'owned'),
        });
        writeHandle(writer, handle.bytes);
      },
      decode: (reader) => {
        const start = reader.offset;
        const bytes = readHandle(reader);
        const key = keyOf(bytes);
        if (this.#owned.has(key)) throw malformed('a handle is given twice', start);
        if (this.#owned.size >= MOST_HANDLES)
          throw malformed(`more than ${MOST_HANDLES} handles are given`, start);
        this.#owned.add(key);
        const handle = this.#made({ resource, bytes, state: 'owned' });
        const proxy = proxyOf(handle, this.classOf(resource));
        this.#registry ??= new FinalizationRegistry((lost) => this.#release(lost));
        this.#registry.register(proxy, handle, handle);
        this.#scope().add({
          undo: () => {
            handle.state = 'gone';
            this.#forget(handle);
          },
        });
        this.#discarded?.push(handle);
        return proxy;
      },
    };
  }

  /** Returns the codec of a handle that this side has for the time of a call, or lends to a call. */
  borrow(resource: string): Codec {
    return {
      encode: (writer, value, path) => {
        const handle = this.#handle(value, { resource, path });
        handle.lends++;
        this.#scope().add({ end: () => this.#endLend(handle) });
        writeHandle(writer, handle.bytes);
      },
      decode: (reader) => {
        const handle = this.#made({ resource, bytes: readHandle(reader), state: 'lent' });
        this.#scope().add({ end: () => void (handle.state = 'gone') });
        return proxyOf(handle, this.classOf(resource));
      },
    };
  }

  /** Drops the handles that a message gives: nobody waits for it any more. */
  discard(read: () => unknown): void {
    const discarded: RemoteHandle[] = (this.#discarded = []);
    try {
      read();
    } finally {
      this.#discarded = undefined;
    }
    for (const handle of discarded) this.#release(handle);
  }

  /** Proxies lead nowhere from now on. */
  close(): void {
    this.#isClosed = true;
    this.#owned.clear();
  }

  #made(given: Pick<RemoteHandle, 'resource' | 'bytes' | 'state'>): RemoteHandle {
    return { owner: this, ...given, lends: 0, isUnwanted: false };
  }

  /** Returns the handle of a proxy. @throws {TypeError} it is none that may be used */
  #handle(value: unknown, { resource, path }: { resource: string; path: string }): RemoteHandle {
    const handle = handleOf(value);
    if (handle === undefined) throw unfit(path, `a "${resource}" of this plugin`, 'something else');
    if (handle.owner !== this) throw unfit(path, `a "${resource}" of this connection`, 'that of another one');
    if (handle.resource !== resource) throw unfit(path, `a "${resource}"`, `a "${handle.resource}"`);
    if (handle.state === 'gone' || handle.isUnwanted)
      throw unfit(path, `a "${resource}" that is there`, 'dropped, given away, or its call has ended');
    return handle;
  }

  #drop(object: unknown): void {
    const handle = handleOf(object);
    if (handle?.owner !== this) return;
    if (handle.lends > 0) handle.isUnwanted = true;
    else this.#release(handle);
  }

  #endLend(handle: RemoteHandle): void {
    handle.lends--;
    if (handle.lends === 0 && handle.isUnwanted) this.#release(handle);
  }

  #release(handle: RemoteHandle): void {
    if (handle.state !== 'owned' || this.#isClosed) return;
    handle.state = 'gone';
    this.#forget(handle);
    this.#sendDrop(handle.bytes);
  }

  #forget(handle: RemoteHandle): void {
    this.#owned.delete(keyOf(handle.bytes));
    this.#registry?.unregister(handle);
  }
}
