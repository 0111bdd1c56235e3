import type {
  ComponentCallable,
  InstanceContext,
  LentHandle,
  ResourceBinding,
  ResourceType,
} from '../canonical/index.js';
import { FREE, pascalCase } from '../canonical/index.js';

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

/** The class whose objects stand for own handles of a guest's resource. */
export interface GuestClass {
  new (...args: unknown[]): object;
  prototype: Record<PropertyKey, unknown>;
  [member: string]: unknown;
}

/** State of an object of a guest's resource. */
interface Held extends LentHandle {
  /** `undefined` once the handle was given away or disposed of. */
  binding: GuestBinding | undefined;
}

let heldBy: (value: unknown) => Held | undefined;

/** An object that stands for a handle. Its state is private to this file, so no other object can pass for one. */
class GuestObject {
  readonly #held: Held;

  constructor(held: Held) {
    this.#held = held;
  }

  static {
    heldBy = (value) =>
      typeof value === 'object' && value !== null && #held in value ? value.#held : undefined;
  }
}

/**
 * Binds a resource that a guest implements: every own handle that leaves the guest becomes an object of one class.
 * An object that is garbage collected gives its handle back before the next call into the instance, never from the
 * collector's callback: a guest's destructor may trap.
 */
export class GuestBinding implements ResourceBinding {
  readonly type: ResourceType;
  readonly guestClass: GuestClass;
  readonly #owner: InstanceContext;
  readonly #registry = new FinalizationRegistry<Held>((held) => {
    this.#owner.beforeNextCall(() => {
      if (held.binding !== undefined) this.#drop(held.rep);
    });
  });
  /** Calls the guest's constructor and gives the representation. */
  construct: ComponentCallable | undefined;

  constructor(owner: InstanceContext, destructor: ResourceType['destructor']) {
    this.#owner = owner;
    this.type = { name: 'resource', owner, destructor, binding: this };
    this.guestClass = makeClass(this);
  }

  /** Names the resource after the export that makes it known. */
  rename(name: string): void {
    this.type.name = name;
    Object.defineProperty(this.guestClass, 'name', { value: pascalCase(name) });
  }

  liftOwn(rep: number): object {
    const held = this.hold(rep);
    const object = Reflect.construct(GuestObject, [held], this.guestClass) as object;
    this.watch(object, held);
    return object;
  }

  liftBorrow(rep: number): object {
    return Reflect.construct(GuestObject, [this.hold(rep)], this.guestClass) as object;
  }

  lowerOwn(value: unknown): number {
    const held = this.#of(value);
    if (held.lends !== 0) throw new TypeError(`the "${this.type.name}" is lent to a call in progress`);
    held.binding = undefined;
    this.#registry.unregister(held);
    return held.rep;
  }

  takeBack(value: unknown): void {
    const held = heldBy(value) as Held;
    held.binding = this;
    this.watch(value as object, held);
  }

  lend(value: unknown): LentHandle {
    const held = this.#of(value);
    held.lends++;
    return held;
  }

  /** Makes the state of an object for a handle. */
  hold(rep: number): Held {
    return { binding: this, rep, lends: 0 };
  }

  /** Sees to it that the own handle of `object` is given back when nothing refers to `object` any more. */
  watch(object: object, held: Held): void {
    this.#registry.register(object, held, held);
  }

  /** Drops the handle of `object`, if it still has one. */
  dispose(object: object): void {
    const held = heldBy(object);
    if (held?.binding === undefined) return;
    const owner = this.#owner;
    // Its handle has ended with the instance; a `using` must not hide the error that ended it.
    if (owner.root.death !== undefined) return;
    if (owner.lock !== FREE) owner.admit();
    this.#drop(this.lowerOwn(object));
  }

  #drop(rep: number): void {
    const owner = this.#owner;
    if (this.type.destructor === undefined) return;
    if (owner.lock !== FREE) owner.admit();
    owner.root.enter(false);
    try {
      this.type.destructor(rep);
      owner.root.leave();
    } catch (error) {
      throw owner.fail(error);
    }
  }

  #of(value: unknown): Held {
    const held = heldBy(value);
    if (held?.binding === this) return held;
    if (held === undefined || held.binding !== undefined)
      throw new TypeError(`wanted a "${this.type.name}" of this instance`);
    throw new TypeError(`the "${this.type.name}" was disposed of or given away`);
  }
}

function makeClass(binding: GuestBinding): GuestClass {
  return class extends GuestObject {
    constructor(...args: unknown[]) {
      if (binding.construct === undefined)
        throw new TypeError(`Cannot construct "${binding.type.name}": it has no constructor`);
      const held = binding.hold(binding.construct(...args) as number);
      super(held);
      binding.watch(this, held);
    }

    [symbolDispose](): void {
      binding.dispose(this);
    }
  } as unknown as GuestClass;
}
