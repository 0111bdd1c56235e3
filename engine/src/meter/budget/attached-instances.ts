import { controlsOf, type Attached } from './attached.js';
import type { MeteredFacts } from '../metered-module.js';

/** The fuel that other instances have used and hold. */
export interface OthersFuel {
  readonly used: number;
  readonly earlier: number;
  readonly unspent: number;
}

const NO_FUEL: OthersFuel = { used: 0, earlier: 0, unspent: 0 };

/** The instances of a meter, and which of them have run in the call in progress. */
export class AttachedInstances {
  readonly #all: Attached[] = [];
  /** Of several, those that have run in the call in progress. */
  #active: Attached[] = [];

  get all(): readonly Attached[] {
    return this.#all;
  }

  get first(): Attached | undefined {
    return this.#all[0];
  }

  get isSingle(): boolean {
    return this.#all.length === 1;
  }

  /** The instances whose counters may have moved since the call began. */
  get running(): readonly Attached[] {
    return this.isSingle ? this.#all : this.#active;
  }

  /** Adds an instance, and finds the functions that it is driven with. */
  add(metered: MeteredFacts, instance: WebAssembly.Instance): Attached {
    const attached = controlsOf(metered, instance);
    const [first] = this.#all;
    if (this.isSingle && first !== undefined) this.activate(first);
    this.#all.push(attached);
    return attached;
  }

  find(instance: WebAssembly.Instance): Attached | undefined {
    return this.#all.find((attached) => attached.instance === instance);
  }

  /** Notes that an instance runs in the call in progress. */
  activate(attached: Attached): void {
    if (attached.isActive) return;
    attached.isActive = true;
    this.#active.push(attached);
  }

  /** Begins a call with so much fuel in each instance that ran in the last one. */
  beginCall(slice: number): void {
    for (const attached of this.running) {
      attached.begin(slice);
      attached.calls = -1;
      attached.isActive = false;
    }
    this.#active = [];
  }

  /** Sets the fuel that calls begin with. */
  setSlice(slice: number): void {
    for (const attached of this.#all) attached.slice(slice);
  }

  /** Closes calls that an exception left open. */
  settle(): void {
    for (const attached of this.#all) attached.settle();
  }

  /** Takes back the fuel of all instances. */
  takeAll(): void {
    for (const attached of this.#all) attached.exchange(0);
  }

  /** Takes back the fuel of the other instances that ran in the call in progress. */
  takeFromOthers(from: Attached): void {
    for (const other of this.#active) if (other !== from) other.exchange(0);
  }

  /** Adds up the fuel of the other instances: of this call by those that ran in it and, if asked for, of earlier calls by all. */
  fuelOfOthers(from: Attached, withEarlier: boolean): OthersFuel {
    if (this.isSingle) return NO_FUEL;
    const others = { ...NO_FUEL } as { -readonly [Name in keyof OthersFuel]: number };
    for (const other of this.#active) {
      if (other === from) continue;
      others.used += other.used();
      others.unspent += Math.max(0, other.unspent());
    }
    if (!withEarlier) return others;
    for (const other of this.#all) if (other !== from) others.earlier += other.earlier();
    return others;
  }

  /** Adds up the fuel that all instances have used: in the current or last call, and in earlier ones. */
  fuelOfAll(): { readonly used: number; readonly earlier: number } {
    let used = 0;
    let earlier = 0;
    for (const attached of this.#all) {
      used += attached.used();
      earlier += attached.earlier();
    }
    return { used, earlier };
  }

  /** Returns the most frames that were on the stack at once; 0 if none are counted. */
  stackPeak(): number {
    return Math.max(0, ...this.#all.map(({ stackPeak }) => stackPeak?.() ?? 0));
  }
}
