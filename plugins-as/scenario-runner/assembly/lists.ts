/** Scenario `lists`. */
import * as lists from './bindings/lists';
import { Tuple2, Tuple3 } from './bindings/wit';
import { check, sameNumbers } from './check';

export function runLists(): void {
  check(lists.sum([1, 2, 255]) == 258 && lists.sum([]) == 0, 'sum');
  check(lists.noBytes().length == 0, 'no-bytes');
  const words = lists.words(1000);
  check(words.length == 1000 && words[0] == 'word 0' && words[999] == 'word 999', 'words');
  check(lists.words(0).length == 0, 'words');
  check(lists.joined(['foo', '', 'bär']) == 'foo--bär' && lists.joined([]) == '', 'joined');
  check(lists.joinedLines([['a', 'b'], [], ['c']]) == 'a-b//c', 'joined-lines');
  const items = lists.reversed([new Tuple3<u8, u32, u8>(1, 2, 3), new Tuple3<u8, u32, u8>(4, 5, 6)]);
  check(items.length == 2 && items[0].value1 == 5 && items[1].value2 == 3, 'reversed');
  runNumberLists();
  const small = lists.echoSmall([true, false], [0x61, 0x10ffff]);
  check(small.value0[0] && !small.value0[1] && small.value1[1] == 0x10ffff, 'echo-small');
  const headers = lists.echoHeaders([
    new Tuple2<string, StaticArray<u8>>('content-type', [1, 2]),
    new Tuple2<string, StaticArray<u8>>('', []),
  ]);
  check(
    headers.length == 2 && headers[0].value0 == 'content-type' && headers[0].value1[1] == 2,
    'echo-headers',
  );
  check(headers[1].value0 == '' && headers[1].value1.length == 0, 'echo-headers');
}

function runNumberLists(): void {
  const u8s: StaticArray<u8> = [0, u8.MAX_VALUE];
  const i8s: StaticArray<i8> = [i8.MIN_VALUE, 127];
  const eight = lists.echoEight(u8s, i8s);
  check(sameNumbers(eight.value0, u8s) && sameNumbers(eight.value1, i8s), 'echo-eight');
  const u16s: StaticArray<u16> = [0, u16.MAX_VALUE];
  const i16s: StaticArray<i16> = [i16.MIN_VALUE, i16.MAX_VALUE, 0];
  const sixteen = lists.echoSixteen(u16s, i16s);
  check(sameNumbers(sixteen.value0, u16s) && sameNumbers(sixteen.value1, i16s), 'echo-sixteen');
  const u32s: StaticArray<u32> = [0, u32.MAX_VALUE];
  const i32s: StaticArray<i32> = [i32.MIN_VALUE];
  const thirtyTwo = lists.echoThirtyTwo(u32s, i32s);
  check(sameNumbers(thirtyTwo.value0, u32s) && sameNumbers(thirtyTwo.value1, i32s), 'echo-thirty-two');
  const u64s: StaticArray<u64> = [0, u64.MAX_VALUE];
  const i64s: StaticArray<i64> = [i64.MIN_VALUE, i64.MAX_VALUE];
  const sixtyFour = lists.echoSixtyFour(u64s, i64s);
  check(sameNumbers(sixtyFour.value0, u64s) && sameNumbers(sixtyFour.value1, i64s), 'echo-sixty-four');
  const f32s: StaticArray<f32> = [-f32.MAX_VALUE, f32.MAX_VALUE, Infinity];
  const f64s: StaticArray<f64> = [-f64.MAX_VALUE, f64.EPSILON, -Infinity];
  const floats = lists.echoFloats(f32s, f64s);
  check(sameNumbers(floats.value0, f32s) && sameNumbers(floats.value1, f64s), 'echo-floats');
}
