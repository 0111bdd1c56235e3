/** A subject by the host: the scenarios of resources. */
import type { Functions } from './host-subject.js';
import { declared } from './host-values.js';

/** A resource with a value. */
class Holder<T> {
  value$: T;

  constructor(value: T) {
    this.value$ = value;
  }
}

class Valued<T> extends Holder<T> {
  value(): T {
    return this.value$;
  }
}

class Gotten<T> extends Holder<T> {
  get(): T {
    return this.value$;
  }
  set(value: T): void {
    this.value$ = value;
  }
}

function resources(): Functions {
  let droppedTokens = 0;
  class Counter extends Valued<number> {
    set(value: number): void {
      this.value$ = value;
    }
    static add(counter: Counter, by: number): Counter {
      return new Counter(counter.value() + by);
    }
  }
  class Token extends Valued<number> {
    static dropped(): number {
      return droppedTokens;
    }
    [Symbol.dispose](): void {
      droppedTokens++;
    }
  }
  class KebabCase extends Holder<number> {
    static take(it: KebabCase): number {
      return it.value$;
    }
  }
  class Even extends Holder<number> {
    constructor(value: number) {
      super(value);
      if (value % 2 === 1) throw declared(`${value} is odd`);
    }
    half(): number {
      return this.value$ / 2;
    }
  }
  return {
    Counter,
    Token,
    KebabCase,
    Even,
    sum: (a: Token, b: Token) => new Token(a.value() + b.value()),
    consume: (counter: Counter) => counter.value(),
  };
}

class Blob extends Gotten<Uint8Array> {
  append(bytes: Uint8Array): void {
    this.value$ = Uint8Array.from([...this.value$, ...bytes]);
  }
  static reversed(bytes: Uint8Array): Uint8Array {
    return bytes.toReversed();
  }
}

class Cell extends Holder<number> {}
class Part extends Holder<number> {}
class Named extends Gotten<string> {}
class Item extends Valued<number> {}

class Real extends Gotten<number> {
  static plus(real: Real, by: number): Real {
    return new Real(real.get() + by);
  }
}

class Thing extends Gotten<number> {
  static joined(a: Thing, b: Thing): Thing {
    return new Thing(a.get() + b.get());
  }
}

/** Adds the values of all parts in a value. */
function sumOfParts(value: unknown): number {
  if (value instanceof Part) return value.value$;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each) => sum + sumOfParts(each), 0);
}

interface HoldsItem {
  it: Item;
}

/** Makes the interfaces, by their names in WIT. */
export function hostResources(): Record<string, Functions> {
  return {
    resources: resources(),
    'resource-with-lists': { Blob },
    'resource-borrow': { Cell, doubled: (cell: Cell) => cell.value$ * 2 },
    'resource-in-aggregates': { Part, sum: (...all: unknown[]) => sumOfParts(all) },
    'resource-borrow-in-record': {
      Named,
      copies: (all: { it: Named }[]) => all.map(({ it }) => new Named(`${it.get()} copy`)),
    },
    'resource-alias': { Item, unwrapped: ({ it }: HoldsItem) => [it] },
    'resource-alias-user': {
      all: (a: HoldsItem, b: HoldsItem, c: Item) => [a.it, b.it, new Item(c.value())],
    },
    'resource-floats': { Real, sum: (a: Real, b: Real) => new Real(a.get() + b.get()) },
    things: { Thing, hops: () => 0 },
  };
}
