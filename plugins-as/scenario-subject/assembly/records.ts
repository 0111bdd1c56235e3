/** Scenario `records`. */
import { Few, Many, Mixed, Several } from './bindings/records';
import { Tuple1, Tuple2, Tuple3 } from './bindings/wit';

export function twoResults(): Tuple2<u8, u16> {
  return new Tuple2<u8, u16>(4, 5);
}
export function swapped(pair: Tuple2<u8, u32>): Tuple2<u32, u8> {
  return new Tuple2<u32, u8>(pair.value1, pair.value0);
}
export function one(x: Tuple1<u8>): Tuple1<u8> {
  return x;
}
export function echoFlags(a: Few, b: Several, c: Many): Tuple3<Few, Several, Many> {
  return new Tuple3<Few, Several, Many>(a, b, c);
}
export function toggled(set: Few): Few {
  return set ^ (Few.A | Few.B | Few.C);
}
export function echoMixed(x: Mixed): Mixed {
  return x;
}
