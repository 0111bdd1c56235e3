/** Scenarios `variants` and `results`. */
import * as results from './bindings/results';
import * as variants from './bindings/variants';
import { C1, C2, C3, C4, C5, C6, C1Tag, C2Tag, Direction, Z1, Z2, Z3, Z4, Z1Tag } from './bindings/variants';
import { err, none, ok, some, Tuple4, Tuple6, unit, Unit } from './bindings/wit';
import { check } from './check';

export function runVariants(): void {
  check(variants.toByte(some<f32>(1.75)).value == 1 && !variants.toByte(none<f32>()).isSome, 'to-byte');
  check(variants.converted(ok<u32, f32>(2)).value == 2, 'converted');
  check(variants.converted(err<u32, f32>(5.5)).error == 5, 'converted');
  check(variants.echoDirection(Direction.Left) == Direction.Left, 'echo-direction');
  check(!variants.inverted(true) && variants.inverted(false), 'inverted');
  const a = variants.echoCasts(
    new Tuple6(C1.a(1), C2.a(2), C3.a(3), C4.a(4), C5.a(i64.MIN_VALUE), C6.a(6.5)),
  );
  check(a.value0.tag == C1Tag.A && a.value0.asA == 1 && a.value1.asA == 2 && a.value2.asA == 3, 'echo-casts');
  check(a.value3.asA == 4 && a.value4.asA == i64.MIN_VALUE && a.value5.asA == 6.5, 'echo-casts');
  const b = variants.echoCasts(
    new Tuple6(C1.b(i64.MAX_VALUE), C2.b(-2.5), C3.b(3.25), C4.b(-0.5), C5.b(-1e300), C6.b(1e300)),
  );
  check(b.value0.asB == i64.MAX_VALUE && b.value1.tag == C2Tag.B && b.value1.asB == -2.5, 'echo-casts');
  check(b.value2.asB == 3.25 && b.value3.asB == -0.5, 'echo-casts');
  check(b.value4.asB == -1e300 && b.value5.asB == 1e300, 'echo-casts');
  const c = variants.echoZeros(new Tuple4(Z1.a(1), Z2.a(2), Z3.a(3.5), Z4.a(4.5)));
  check(c.value0.asA == 1 && c.value1.asA == 2 && c.value2.asA == 3.5 && c.value3.asA == 4.5, 'echo-zeros');
  check(variants.echoZeros(new Tuple4(Z1.b(), Z2.b(), Z3.b(), Z4.b())).value0.tag == Z1Tag.B, 'echo-zeros');
  const three = variants.echoThree(true, err<Unit, Unit>(unit), Direction.Down);
  check(three.value0 && !three.value1.isOk && three.value2 == Direction.Down, 'echo-three');
  check(variants.echoThree(false, ok<Unit, Unit>(unit), Direction.Up).value1.isOk, 'echo-three');
}

export function runResults(): void {
  check(results.text(0).error == 'zero' && results.text(1).value == 1, 'text');
  check(results.named(0).error == results.Reason.Second && results.named(2).value == 2, 'named');
  const place = results.placed(0);
  check(!place.isOk && place.error.line == 420 && place.error.column == 0, 'placed');
  check(results.placed(0.5).value == 0.5, 'placed');
  const zero = results.combined(0);
  check(zero.error.tag == results.ProblemTag.Place && zero.error.asPlace.line == 420, 'combined');
  check(results.combined(1).error.asReason == results.Reason.Third, 'combined');
  check(results.combined(2).value == 2, 'combined');
  check(!results.empty(0).isOk && results.empty(1).value == 1, 'empty');
  check(results.nested(0).error == 'outer' && results.nested(1).value.error == 'inner', 'nested');
  check(results.nested(2).value.isOk, 'nested');
}
