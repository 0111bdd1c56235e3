import { className } from '../value/index.js';

/** The class of a resource that the other side implements. `new` gives a promise of the object, as each of its functions does. */
export interface RemoteClass {
  new (...args: unknown[]): object;
  readonly prototype: object;
}

/** Returns the class of a resource by its full name. */
export type ClassOf = (resource: string) => RemoteClass;

/** A handle of the other side, which a proxy stands for. */
export interface RemoteHandle {
  /** The table of its connection: handles of another one are refused. */
  readonly owner: object;
  readonly resource: string;
  /** The other side's name for it, which this one does not read. */
  readonly bytes: Uint8Array;
  /** `lent` for the time of a call; `gone` once it was dropped or given away, or its call or connection has ended. */
  state: 'owned' | 'lent' | 'gone';
  /** Calls under way that it is lent to. */
  lends: number;
  /** True if it is dropped as soon as no call has it. */
  isUnwanted: boolean;
}

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

let handleBy: (value: unknown) => RemoteHandle | undefined;

/** An object that stands for a handle. What it holds is private to this file: no other object passes for one. */
class RemoteObject {
  readonly #handle: RemoteHandle;

  constructor(handle: RemoteHandle) {
    this.#handle = handle;
  }

  static {
    handleBy = (value) =>
      typeof value === 'object' && value !== null && #handle in value ? value.#handle : undefined;
  }
}

/** Returns the handle that a proxy stands for. */
export function handleOf(value: unknown): RemoteHandle | undefined {
  return handleBy(value);
}

/** Makes a proxy. */
export function proxyOf(handle: RemoteHandle, remoteClass: RemoteClass): object {
  return Reflect.construct(RemoteObject, [handle], remoteClass) as object;
}

const constructors = new WeakMap<RemoteClass, (args: unknown[]) => Promise<unknown>>();

/** Makes the class of a resource, still without functions. @param drop ends the handle of an object */
export function remoteClass(resource: string, drop: (object: unknown) => void): RemoteClass {
  const name = resource.replace(/^.*#/s, '');
  const made = class {
    constructor(...args: unknown[]) {
      const construct = constructors.get(made);
      if (construct === undefined) throw new TypeError(`Cannot construct "${name}": it has no constructor`);
      // An object that a constructor returns takes the place of the new one.
      return construct(args) as object as never;
    }

    [symbolDispose](): void {
      drop(this);
    }
  } as RemoteClass;
  Object.defineProperty(made, 'name', { value: className(name) });
  return made;
}

/** Sets what `new` calls. */
export function setConstructor(remote: RemoteClass, construct: (args: unknown[]) => Promise<unknown>): void {
  constructors.set(remote, construct);
}

/** Disposes of an object of this side that nobody has a handle of any more. @throws what its `Symbol.dispose` throws */
export function disposeOf(object: object): void {
  const given: unknown = (object as Partial<Disposable>)[symbolDispose]?.();
  // Nobody waits for a resource to close.
  if (given instanceof Promise) given.catch(() => undefined);
}
