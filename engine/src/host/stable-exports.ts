import { InterfaceNames } from '../component/index.js';
import { interfaceNames } from '../reload/index.js';

/** A function as a caller has it. */
type Callable = (...args: unknown[]) => unknown;

/** Makes the function that is called in the place of one of an instance. */
export type CallObserver = (path: string, target: Callable) => Callable;

/** Exports by name, as an instance gives them. */
export type Exports = Readonly<Record<string, unknown>>;

/** Holds the present target of a stable function. */
class Slot {
  target: Callable;

  constructor(target: Callable) {
    this.target = target;
  }
}

/** An interface, or the plugin itself: an object whose functions stay the same. */
class Group {
  /** The name that it was made for; the empty text for the plugin itself. */
  readonly name: string;
  readonly object: Record<string, unknown> = {};
  readonly slots = new Map<string, Slot>();
  readonly groups = new Map<string, Group>();
  /** Names of unstable exports: classes. */
  readonly passing = new Set<string>();

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Exports that callers can keep while the instances behind them come and go: the objects and functions stay the same, and
 * each call goes to the function of that name of the exports that were put behind them last.
 *
 * A caller that holds `acme:audio/processor@1.0.0` calls that interface if the present exports have it, else the newest one that is
 * compatible, as `InterfaceNames` has it. If one version alone is exported, the object is the same for all that are compatible
 * with it; if two are, each has its own. A function that the present exports lack throws. A resource class is that of the present
 * exports, at the moment it is read: objects of an earlier instance stay objects of that instance.
 *
 * Realtime: yes; forwarding costs one load and one call.
 */
export class StableExports {
  readonly #root = new Group('');
  readonly #refuse: (path: string) => never;
  readonly #observe: CallObserver | undefined;

  /** @param refuse throws the error of a call that leads nowhere */
  constructor(refuse: (path: string) => never, observe?: CallObserver) {
    this.#refuse = refuse;
    this.#observe = observe;
  }

  /** The object to give to callers. */
  get object(): Exports {
    return this.#root.object;
  }

  /** Puts other exports behind the functions; without any, every call is refused. */
  retarget(exports: Exports | undefined): void {
    this.#detach(this.#root, '');
    if (exports !== undefined) this.#attach(this.#root, exports, { path: '', seen: new Map() });
  }

  #detach(group: Group, path: string): void {
    for (const [name, slot] of group.slots) slot.target = () => this.#refuse(path + name);
    for (const [name, inner] of group.groups) this.#detach(inner, `${path}${name}#`);
    for (const name of group.passing) delete group.object[name];
    group.passing.clear();
  }

  #attach(group: Group, exports: Exports, place: { path: string; seen: Map<unknown, Group> }): void {
    const names = interfaceNames(Object.keys(exports).filter((name) => isGroup(exports[name])));
    const attached = new Set<Group>();
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value === 'function')
        this.#attachFunction(group, name, this.#observed(place.path + name, value));
      else if (isGroup(value)) {
        let inner = place.seen.get(value);
        if (inner === undefined) {
          inner = groupFor(group, name, names);
          place.seen.set(value, inner);
          attached.add(inner);
          this.#attach(inner, value, { path: `${place.path}${inner.name}#`, seen: place.seen });
        }
        define(group.object, name, inner.object);
      }
    }
    // A caller of a version that is no longer exported gets a compatible one.
    for (const [name, inner] of group.groups) {
      const key = attached.has(inner) ? undefined : names.find(name);
      if (key === undefined) continue;
      this.#attach(inner, exports[key] as Exports, { path: `${place.path}${name}#`, seen: new Map() });
    }
  }

  #observed(path: string, value: object): Callable {
    const target = value as Callable;
    return this.#observe === undefined || isClass(target) ? target : this.#observe(path, target);
  }

  #attachFunction(group: Group, name: string, target: Callable): void {
    if (isClass(target)) {
      group.passing.add(name);
      define(group.object, name, target);
      return;
    }
    const slot = group.slots.get(name);
    if (slot !== undefined) {
      slot.target = target;
      return;
    }
    const fresh = new Slot(target);
    group.slots.set(name, fresh);
    const forward = forwarder(fresh, target.length);
    Object.defineProperty(forward, 'name', { value: name });
    define(group.object, name, forward);
  }
}

/** Returns the group of an interface: that of its name, else one whose own name finds this interface and no other. */
function groupFor({ groups }: Group, name: string, names: InterfaceNames): Group {
  let found = groups.get(name);
  if (found === undefined && name.includes('@')) {
    const alike = [...groups.keys()].filter((other) => names.find(other) === name && other !== name);
    found = groups.get(new InterfaceNames(alike).find(name) ?? '');
  }
  if (found === undefined) groups.set(name, (found = new Group(name)));
  return found;
}

function isGroup(value: unknown): value is Exports {
  return typeof value === 'object' && value !== null;
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: false });
}

/** A class's `prototype` cannot be written, a function's can, and an arrow has none. */
function isClass(value: Callable): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

/** Spelled out for the usual counts, since rest arguments cost. A function that says 0 may take any number. */
function forwarder(slot: Slot, count: number): Callable {
  switch (count) {
    case 1:
      return (a) => {
        const { target } = slot;
        return target(a);
      };
    case 2:
      return (a, b) => {
        const { target } = slot;
        return target(a, b);
      };
    case 3:
      return (a, b, c) => {
        const { target } = slot;
        return target(a, b, c);
      };
    case 4:
      return (a, b, c, d) => {
        const { target } = slot;
        return target(a, b, c, d);
      };
    default:
      return (...args) => {
        const { target } = slot;
        return target(...args);
      };
  }
}
