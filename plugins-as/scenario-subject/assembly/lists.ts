/** Scenario `lists`. */
import { Tuple2, Tuple3 } from './bindings/wit';

export function sum(bytes: StaticArray<u8>): u32 {
  let sum: u32 = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i];
  return sum;
}
export function noBytes(): StaticArray<u8> {
  return new StaticArray<u8>(0);
}
export function words(count: u32): Array<string> {
  const words = new Array<string>();
  for (let i: u32 = 0; i < count; i++) words.push(`word ${i}`);
  return words;
}
export function joined(words: Array<string>): string {
  return words.join('-');
}
export function joinedLines(lines: Array<Array<string>>): string {
  const texts = new Array<string>();
  for (let i = 0; i < lines.length; i++) texts.push(lines[i].join('-'));
  return texts.join('/');
}
export function reversed(items: Array<Tuple3<u8, u32, u8>>): Array<Tuple3<u8, u32, u8>> {
  return items.reverse();
}
export function echoEight(a: StaticArray<u8>, b: StaticArray<i8>): Tuple2<StaticArray<u8>, StaticArray<i8>> {
  return new Tuple2(a, b);
}
export function echoSixteen(
  a: StaticArray<u16>,
  b: StaticArray<i16>,
): Tuple2<StaticArray<u16>, StaticArray<i16>> {
  return new Tuple2(a, b);
}
export function echoThirtyTwo(
  a: StaticArray<u32>,
  b: StaticArray<i32>,
): Tuple2<StaticArray<u32>, StaticArray<i32>> {
  return new Tuple2(a, b);
}
export function echoSixtyFour(
  a: StaticArray<u64>,
  b: StaticArray<i64>,
): Tuple2<StaticArray<u64>, StaticArray<i64>> {
  return new Tuple2(a, b);
}
export function echoFloats(
  a: StaticArray<f32>,
  b: StaticArray<f64>,
): Tuple2<StaticArray<f32>, StaticArray<f64>> {
  return new Tuple2(a, b);
}
export function echoSmall(
  a: StaticArray<bool>,
  b: StaticArray<u32>,
): Tuple2<StaticArray<bool>, StaticArray<u32>> {
  return new Tuple2(a, b);
}
export function echoHeaders(
  headers: Array<Tuple2<string, StaticArray<u8>>>,
): Array<Tuple2<string, StaticArray<u8>>> {
  return headers;
}
