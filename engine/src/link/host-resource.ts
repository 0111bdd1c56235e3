import { TrapError } from '@wasm-plugin/abi';
import {
  reasonOf,
  type LentHandle,
  type ResourceBinding,
  type ResourceType,
  type RootState,
} from '../canonical/index.js';

/** A class that the host gives for an imported resource. */
export type HostClass = abstract new (...args: never[]) => object;

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

/** Makes the type of a resource that the host implements: a guest's handle stands for a JavaScript object. */
export function hostResource(name: string, hostClass: HostClass | undefined): ResourceType {
  const objects = new ObjectTable(name, hostClass);
  return {
    name,
    owner: undefined,
    destructor: (rep, from) => objects.drop(rep, from?.root),
    binding: objects,
  };
}

class ObjectTable implements ResourceBinding {
  readonly #name: string;
  readonly #class: HostClass | undefined;
  readonly #objects: (object | undefined)[] = [];
  readonly #free: number[] = [];

  constructor(name: string, hostClass: HostClass | undefined) {
    this.#name = name;
    this.#class = hostClass;
  }

  liftOwn(rep: number): unknown {
    return this.#remove(rep);
  }

  liftBorrow(rep: number): unknown {
    return this.#objects[rep];
  }

  lowerOwn(value: unknown): number {
    if (
      typeof value !== 'object' ||
      value === null ||
      (this.#class !== undefined && !(value instanceof this.#class))
    ) {
      throw new TypeError(`wanted an object of the host's class for the resource "${this.#name}"`);
    }
    const rep = this.#free.pop() ?? this.#objects.length;
    this.#objects[rep] = value;
    return rep;
  }

  takeBack(_value: unknown, rep: number): void {
    this.#remove(rep);
  }

  lend(value: unknown): LentHandle {
    const rep = this.lowerOwn(value);
    return { rep, lends: 1, release: () => void this.#remove(rep) };
  }

  /** The guest has dropped its own handle. To dispose of the object is a call of the host, as that of an import is. */
  drop(rep: number, root: RootState | undefined): void {
    const object = this.#remove(rep) as Partial<Disposable> | undefined;
    if (object?.[symbolDispose] === undefined) return;
    root?.countHostCall();
    root?.meter?.pause();
    try {
      const given: unknown = object[symbolDispose]();
      // Nobody waits for a resource to close: that it fails must not end the process.
      if (given instanceof Promise) given.catch(() => undefined);
    } catch (error) {
      const reason = reasonOf(error);
      throw new TrapError(
        'WP_TRAP_HOST',
        `Cannot finish the call: the host's "${this.#name}" threw when it was disposed of: ${reason}`,
        { cause: error },
      );
    }
    root?.meter?.resume();
    if (root !== undefined) root.within--;
  }

  #remove(rep: number): object | undefined {
    const object = this.#objects[rep];
    this.#objects[rep] = undefined;
    this.#free.push(rep);
    return object;
  }
}
