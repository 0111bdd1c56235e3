import type {
  ComponentCallable,
  InstanceContext,
  Lender,
  ResourceBinding,
  ResourceType,
} from '../canonical/index.js';
import { pascalCase } from '../canonical/index.js';

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

/** The class whose objects stand for own handles of a guest's resource. */
export interface GuestClass {
  new (...args: unknown[]): object;
  prototype: Record<PropertyKey, unknown>;
  [member: string]: unknown;
}

/** What an object of a guest's resource holds. */
interface Held extends Lender {
  rep: number;
  /** False once the handle was given away or disposed of. */
  alive: boolean;
}

/**
 * Binds a resource that a guest implements: every own handle that leaves the guest becomes an object of one class.
 * An object that is garbage collected gives its handle back at the next call of a method or constructor of its class,
 * never from the collector's callback: a guest's destructor may trap.
 */
export class GuestBinding implements ResourceBinding {
  readonly type: ResourceType;
  readonly guestClass: GuestClass;
  readonly #held = new WeakMap<object, Held>();
  readonly #abandoned: Held[] = [];
  readonly #registry = new FinalizationRegistry<Held>((held) => {
    if (held.alive) this.#abandoned.push(held);
  });
  /** Calls the guest's constructor and gives the representation. */
  construct: ComponentCallable | undefined;

  constructor(owner: InstanceContext, destructor: ResourceType['destructor']) {
    this.type = { name: 'resource', owner, destructor, binding: this };
    this.guestClass = makeClass(this);
  }

  /** Names the resource after the export that makes it known. */
  rename(name: string): void {
    this.type.name = name;
    Object.defineProperty(this.guestClass, 'name', { value: pascalCase(name) });
  }

  liftOwn(rep: number): object {
    const object = Object.create(this.guestClass.prototype) as object;
    this.adopt(object, rep);
    return object;
  }

  liftBorrow(rep: number): object {
    const object = Object.create(this.guestClass.prototype) as object;
    this.#held.set(object, { rep, alive: true, lends: 0 });
    return object;
  }

  lowerOwn(value: unknown): number {
    const held = this.#of(value);
    if (held.lends !== 0) throw new TypeError(`the "${this.type.name}" is lent to a call in progress`);
    held.alive = false;
    this.#registry.unregister(held);
    return held.rep;
  }

  lowerBorrow(value: unknown, context: InstanceContext): number {
    const held = this.#of(value);
    context.lend(held);
    return held.rep;
  }

  /** Makes `object` stand for an own handle. */
  adopt(object: object, rep: number): void {
    const held: Held = { rep, alive: true, lends: 0 };
    this.#held.set(object, held);
    this.#registry.register(object, held, held);
  }

  /** Drops the handle of `object`, if it still has one. */
  dispose(object: object): void {
    const held = this.#held.get(object);
    if (held === undefined || !held.alive) return;
    const rep = this.lowerOwn(object);
    this.#drop(rep);
  }

  /** Drops the handles of objects that were garbage collected. */
  collect(): void {
    for (let held = this.#abandoned.pop(); held !== undefined; held = this.#abandoned.pop()) {
      if (held.alive && this.type.owner?.root.death === undefined) this.#drop(held.rep);
    }
  }

  #drop(rep: number): void {
    const owner = this.type.owner as InstanceContext;
    if (this.type.destructor === undefined) return;
    if (owner.lock !== 0) owner.refuse();
    try {
      this.type.destructor(rep);
    } catch (error) {
      throw owner.fail(error);
    }
  }

  #of(value: unknown): Held {
    const held = typeof value === 'object' && value !== null ? this.#held.get(value) : undefined;
    if (held === undefined) throw new TypeError(`wanted a "${this.type.name}" of this instance`);
    if (!held.alive) throw new TypeError(`the "${this.type.name}" was disposed of or given away`);
    return held;
  }
}

function makeClass(binding: GuestBinding): GuestClass {
  return class {
    constructor(...args: unknown[]) {
      if (binding.construct === undefined)
        throw new TypeError(`Cannot construct "${binding.type.name}": it has no constructor`);
      binding.collect();
      binding.adopt(this, binding.construct(...args) as number);
    }

    [symbolDispose](): void {
      binding.dispose(this);
    }
  } as unknown as GuestClass;
}
