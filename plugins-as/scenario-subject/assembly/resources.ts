/** Scenario `resources`. */
import { CounterResource, EvenResource, KebabCaseResource, TokenResource } from './bindings/resources';
import { err, ok, Result } from './bindings/wit';

let droppedTokens: u32 = 0;

export class Counter extends CounterResource {
  constructor(private number: i32) {
    super();
  }
  value(): i32 {
    return this.number;
  }
  set_(value: i32): void {
    this.number = value;
  }
  static add(counter: Counter, by: i32): Counter {
    const made = new Counter(counter.value() + by);
    counter.drop();
    return made;
  }
}

export class Token extends TokenResource {
  constructor(private number: i32) {
    super();
  }
  value(): i32 {
    return this.number;
  }
  static dropped(): u32 {
    return droppedTokens;
  }
  dropped(): void {
    droppedTokens++;
  }
}

export class KebabCase extends KebabCaseResource {
  constructor(readonly number: u32) {
    super();
  }
  static take(it: KebabCase): u32 {
    const number = it.number;
    it.drop();
    return number;
  }
}

export class Even extends EvenResource {
  constructor(private number: u32) {
    super();
  }
  static create(value: u32): Result<Even, string> {
    return value % 2 ? err<Even, string>(`${value} is odd`) : ok<Even, string>(new Even(value));
  }
  half(): u32 {
    return this.number / 2;
  }
}

export function sum(a: Token, b: Token): Token {
  return new Token(a.value() + b.value());
}
export function consume(counter: Counter): i32 {
  const value = counter.value();
  counter.drop();
  return value;
}
