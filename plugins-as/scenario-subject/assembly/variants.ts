/** Scenario `variants`. */
import { C1, C2, C3, C4, C5, C6, Direction, Z1, Z2, Z3, Z4 } from './bindings/variants';
import { err, none, ok, Option, Result, some, Tuple3, Tuple4, Tuple6, Unit } from './bindings/wit';

export function toByte(x: Option<f32>): Option<u8> {
  return x.isSome ? some<u8>(<u8>x.value) : none<u8>();
}
export function converted(x: Result<u32, f32>): Result<f64, u8> {
  return x.isOk ? ok<f64, u8>(<f64>x.value) : err<f64, u8>(<u8>x.error);
}
export function echoDirection(x: Direction): Direction {
  return x;
}
export function inverted(x: bool): bool {
  return !x;
}
export function echoCasts(x: Tuple6<C1, C2, C3, C4, C5, C6>): Tuple6<C1, C2, C3, C4, C5, C6> {
  return x;
}
export function echoZeros(x: Tuple4<Z1, Z2, Z3, Z4>): Tuple4<Z1, Z2, Z3, Z4> {
  return x;
}
export function echoThree(
  a: bool,
  b: Result<Unit, Unit>,
  c: Direction,
): Tuple3<bool, Result<Unit, Unit>, Direction> {
  return new Tuple3<bool, Result<Unit, Unit>, Direction>(a, b, c);
}
