/** Every function returns its argument: straight, or after a trip through the host. */
import * as host from './bindings/echo';
import {
  Color,
  FlagsEight,
  FlagsSixteen,
  FlagsThirtyTwo,
  Joined,
  Mixed,
  Pair,
  Shape,
  Tree,
} from './bindings/types';
import { Option, Result, Tuple1, Tuple2, Tuple3, Tuple5, Unit } from './bindings/wit';
import { fromHost } from './control';

export function nothing(): void {
  if (fromHost) host.nothing();
}

export function echoBool(x: bool): bool {
  return fromHost ? host.echoBool(x) : x;
}
export function echoU8(x: u8): u8 {
  return fromHost ? host.echoU8(x) : x;
}
export function echoS8(x: i8): i8 {
  return fromHost ? host.echoS8(x) : x;
}
export function echoU16(x: u16): u16 {
  return fromHost ? host.echoU16(x) : x;
}
export function echoS16(x: i16): i16 {
  return fromHost ? host.echoS16(x) : x;
}
export function echoU32(x: u32): u32 {
  return fromHost ? host.echoU32(x) : x;
}
export function echoS32(x: i32): i32 {
  return fromHost ? host.echoS32(x) : x;
}
export function echoU64(x: u64): u64 {
  return fromHost ? host.echoU64(x) : x;
}
export function echoS64(x: i64): i64 {
  return fromHost ? host.echoS64(x) : x;
}
export function echoF32(x: f32): f32 {
  return fromHost ? host.echoF32(x) : x;
}
export function echoF64(x: f64): f64 {
  return fromHost ? host.echoF64(x) : x;
}
export function echoChar(x: u32): u32 {
  return fromHost ? host.echoChar(x) : x;
}
export function echoString(x: string): string {
  return fromHost ? host.echoString(x) : x;
}
export function listBool(x: StaticArray<bool>): StaticArray<bool> {
  return fromHost ? host.listBool(x) : x;
}
export function listU8(x: StaticArray<u8>): StaticArray<u8> {
  return fromHost ? host.listU8(x) : x;
}
export function listS8(x: StaticArray<i8>): StaticArray<i8> {
  return fromHost ? host.listS8(x) : x;
}
export function listU16(x: StaticArray<u16>): StaticArray<u16> {
  return fromHost ? host.listU16(x) : x;
}
export function listS16(x: StaticArray<i16>): StaticArray<i16> {
  return fromHost ? host.listS16(x) : x;
}
export function listU32(x: StaticArray<u32>): StaticArray<u32> {
  return fromHost ? host.listU32(x) : x;
}
export function listS32(x: StaticArray<i32>): StaticArray<i32> {
  return fromHost ? host.listS32(x) : x;
}
export function listU64(x: StaticArray<u64>): StaticArray<u64> {
  return fromHost ? host.listU64(x) : x;
}
export function listS64(x: StaticArray<i64>): StaticArray<i64> {
  return fromHost ? host.listS64(x) : x;
}
export function listF32(x: StaticArray<f32>): StaticArray<f32> {
  return fromHost ? host.listF32(x) : x;
}
export function listF64(x: StaticArray<f64>): StaticArray<f64> {
  return fromHost ? host.listF64(x) : x;
}
export function listChar(x: StaticArray<u32>): StaticArray<u32> {
  return fromHost ? host.listChar(x) : x;
}
export function listString(x: Array<string>): Array<string> {
  return fromHost ? host.listString(x) : x;
}
export function listList(x: Array<StaticArray<f32>>): Array<StaticArray<f32>> {
  return fromHost ? host.listList(x) : x;
}
export function listListString(x: Array<Array<string>>): Array<Array<string>> {
  return fromHost ? host.listListString(x) : x;
}
export function listPair(x: Array<Pair>): Array<Pair> {
  return fromHost ? host.listPair(x) : x;
}
export function listMixed(x: Array<Mixed>): Array<Mixed> {
  return fromHost ? host.listMixed(x) : x;
}
export function listShape(x: Array<Shape>): Array<Shape> {
  return fromHost ? host.listShape(x) : x;
}
export function listJoined(x: Array<Joined>): Array<Joined> {
  return fromHost ? host.listJoined(x) : x;
}
export function listColor(x: Array<Color>): Array<Color> {
  return fromHost ? host.listColor(x) : x;
}
export function listFlags(x: Array<FlagsSixteen>): Array<FlagsSixteen> {
  return fromHost ? host.listFlags(x) : x;
}
export function listOption(x: Array<Option<u8>>): Array<Option<u8>> {
  return fromHost ? host.listOption(x) : x;
}
export function listResult(x: Array<Result<u32, string>>): Array<Result<u32, string>> {
  return fromHost ? host.listResult(x) : x;
}
export function listTuple(x: Array<Tuple3<u8, u64, u32>>): Array<Tuple3<u8, u64, u32>> {
  return fromHost ? host.listTuple(x) : x;
}
export function echoPair(x: Pair): Pair {
  return fromHost ? host.echoPair(x) : x;
}
export function echoMixed(x: Mixed): Mixed {
  return fromHost ? host.echoMixed(x) : x;
}
export function echoTree(x: Tree): Tree {
  return fromHost ? host.echoTree(x) : x;
}
export function echoTuple(x: Tuple3<u8, f64, string>): Tuple3<u8, f64, string> {
  return fromHost ? host.echoTuple(x) : x;
}
export function echoShape(x: Shape): Shape {
  return fromHost ? host.echoShape(x) : x;
}
export function echoJoined(x: Joined): Joined {
  return fromHost ? host.echoJoined(x) : x;
}
export function echoColor(x: Color): Color {
  return fromHost ? host.echoColor(x) : x;
}
export function echoFlagsEight(x: FlagsEight): FlagsEight {
  return fromHost ? host.echoFlagsEight(x) : x;
}
export function echoFlagsSixteen(x: FlagsSixteen): FlagsSixteen {
  return fromHost ? host.echoFlagsSixteen(x) : x;
}
export function echoFlagsThirtyTwo(x: FlagsThirtyTwo): FlagsThirtyTwo {
  return fromHost ? host.echoFlagsThirtyTwo(x) : x;
}
export function optionU32(x: Option<u32>): Option<u32> {
  return fromHost ? host.optionU32(x) : x;
}
export function optionString(x: string | null): string | null {
  return fromHost ? host.optionString(x) : x;
}
export function optionOption(x: Option<u64> | null): Option<u64> | null {
  return fromHost ? host.optionOption(x) : x;
}
export function optionList(x: StaticArray<u32> | null): StaticArray<u32> | null {
  return fromHost ? host.optionList(x) : x;
}
export function optionMixed(x: Mixed | null): Mixed | null {
  return fromHost ? host.optionMixed(x) : x;
}
export function resultBoth(x: Result<u32, string>): Result<u32, string> {
  return fromHost ? host.resultBoth(x) : x;
}
export function resultOk(x: Result<string, Unit>): Result<string, Unit> {
  return fromHost ? host.resultOk(x) : x;
}
export function resultErr(x: Result<Unit, Shape>): Result<Unit, Shape> {
  return fromHost ? host.resultErr(x) : x;
}
export function resultNeither(x: Result<Unit, Unit>): Result<Unit, Unit> {
  return fromHost ? host.resultNeither(x) : x;
}
export function resultNested(
  x: Result<Option<u8>, Result<u8, Color>>,
): Result<Option<u8>, Result<u8, Color>> {
  return fromHost ? host.resultNested(x) : x;
}
export function tupleOfResult(x: Tuple1<Result<u8, string>>): Tuple1<Result<u8, string>> {
  return fromHost ? host.tupleOfResult(x) : x;
}
export function sixteen(
  a: u8,
  b: i8,
  c: u16,
  d: i16,
  e: u32,
  f: i32,
  g: u64,
  h: i64,
  i: f32,
  j: f64,
  k: bool,
  l: u32,
  m: string,
  n: u32,
  o: u32,
): string[] {
  if (fromHost) return host.sixteen(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
  return [
    a.toString(),
    b.toString(),
    c.toString(),
    d.toString(),
    e.toString(),
    f.toString(),
    g.toString(),
    h.toString(),
    i.toString(),
    j.toString(),
    k.toString(),
    String.fromCodePoint(l),
    m,
    n.toString(),
    o.toString(),
  ];
}
export function seventeen(
  a: u8,
  b: i8,
  c: u16,
  d: i16,
  e: u32,
  f: i32,
  g: u64,
  h: i64,
  i: f32,
  j: f64,
  k: bool,
  l: u32,
  m: string,
  n: u32,
  o: u32,
  p: u32,
): string[] {
  if (fromHost) return host.seventeen(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  return [
    a.toString(),
    b.toString(),
    c.toString(),
    d.toString(),
    e.toString(),
    f.toString(),
    g.toString(),
    h.toString(),
    i.toString(),
    j.toString(),
    k.toString(),
    String.fromCodePoint(l),
    m,
    n.toString(),
    o.toString(),
    p.toString(),
  ];
}
export function many(
  a: Mixed,
  b: Tuple2<u8, u64>,
  c: Shape,
  d: Pair[],
  e: string | null,
): Tuple5<Mixed, Tuple2<u8, u64>, Shape, Pair[], string | null> {
  return fromHost
    ? host.many(a, b, c, d, e)
    : new Tuple5<Mixed, Tuple2<u8, u64>, Shape, Pair[], string | null>(a, b, c, d, e);
}
