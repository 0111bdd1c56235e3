/** Scenarios `records`, `flavorful` and `many-arguments`. */
import * as flavorful from './bindings/flavorful';
import * as manyArguments from './bindings/many-arguments';
import * as records from './bindings/records';
import { done, err, fail, ok, Tuple1, Tuple2, unit, Unit } from './bindings/wit';
import { check } from './check';

export function runRecords(): void {
  const two = records.twoResults();
  check(two.value0 == 4 && two.value1 == 5, 'two-results');
  const swapped = records.swapped(new Tuple2<u8, u32>(1, 2));
  check(swapped.value0 == 2 && swapped.value1 == 1, 'swapped');
  check(records.one(new Tuple1<u8>(255)).value0 == 255, 'one');
  const several = records.Several.D0 | records.Several.D8;
  const many = records.Many.E0 | records.Many.E31;
  const flags = records.echoFlags(records.Few.B, several, many);
  check(flags.value0 == records.Few.B && flags.value1 == several && flags.value2 == many, 'echo-flags');
  check(records.toggled(records.Few.A) == (records.Few.B | records.Few.C), 'toggled');
  check(records.toggled(records.toggled(0)) == 0, 'toggled');
  const at = new records.Corner(0.5, i64.MIN_VALUE);
  const mixed = records.echoMixed(new records.Mixed(8, records.Few.C, 'text ✓', [1, 65535], at));
  check(mixed.small == 8 && mixed.set_ == records.Few.C && mixed.text == 'text ✓', 'echo-mixed');
  check(mixed.items.length == 2 && mixed.items[1] == 65535, 'echo-mixed');
  check(mixed.at.x == 0.5 && mixed.at.y == i64.MIN_VALUE, 'echo-mixed');
}

export function runFlavorful(): void {
  check(flavorful.take(new flavorful.Named('ab ✓')) == 4, 'take');
  check(flavorful.give().name == 'given', 'give');
  check(flavorful.echoAlias(new flavorful.Named('alias')).name == 'alias', 'echo-alias');
  check(flavorful.both('a', fail<string>('b')) == 'ab', 'both');
  check(flavorful.both(null, done<string>()) == '--', 'both');
  const maybe = flavorful.giveMaybe();
  check(maybe !== null && maybe == 'maybe' && flavorful.echoMaybe(null) === null, 'give-maybe');
  const first = flavorful.everySecond();
  check(!first.isOk && first.error == flavorful.Fault.Small && flavorful.everySecond().isOk, 'every-second');
  const typedefs = flavorful.typedefs('ab', ['x', 'y']);
  check(typedefs.value0.length == 2 && typedefs.value0[1] == 0x62 && typedefs.value1[1] == 'y', 'typedefs');
  const variants = flavorful.ofVariants(
    [true, false],
    [ok<Unit, Unit>(unit), err<Unit, Unit>(unit)],
    [flavorful.Fault.Large, flavorful.Fault.None],
  );
  check(variants.value0[0] && !variants.value0[1], 'of-variants');
  check(variants.value1[0].isOk && !variants.value1[1].isOk, 'of-variants');
  check(
    variants.value2[0] == flavorful.Fault.Large && variants.value2[1] == flavorful.Fault.None,
    'of-variants',
  );
}

export function runManyArguments(): void {
  check(manyArguments.sixteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) == 1496, 'sixteen');
  check(
    manyArguments.seventeen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17) == 1785,
    'seventeen',
  );
}
