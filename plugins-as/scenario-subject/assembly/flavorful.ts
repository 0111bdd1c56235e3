/** Scenario `flavorful`. */
import { Fault, Named } from './bindings/flavorful';
import { done, fail, Result, Tuple2, Tuple3, Unit } from './bindings/wit';

let calls = 0;

export function take(x: Named): u32 {
  return x.name.length;
}
export function give(): Named {
  return new Named('given');
}
export function echoAlias(x: Named): Named {
  return x;
}
export function both(a: string | null, b: Result<Unit, string>): string {
  const first = a === null ? '-' : a;
  return first + (b.isOk ? '-' : b.error);
}
export function giveMaybe(): string | null {
  return 'maybe';
}
export function echoMaybe(x: string | null): string | null {
  return x;
}
export function everySecond(): Result<Unit, Fault> {
  return ++calls % 2 ? fail<Fault>(Fault.Small) : done<Fault>();
}
export function typedefs(a: string, b: Array<string>): Tuple2<StaticArray<u8>, Array<string>> {
  const bytes = new StaticArray<u8>(a.length);
  for (let i = 0; i < a.length; i++) bytes[i] = <u8>a.charCodeAt(i);
  return new Tuple2(bytes, b);
}
export function ofVariants(
  a: StaticArray<bool>,
  b: Array<Result<Unit, Unit>>,
  c: Array<Fault>,
): Tuple3<StaticArray<bool>, Array<Result<Unit, Unit>>, Array<Fault>> {
  return new Tuple3(a, b, c);
}
