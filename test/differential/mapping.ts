/** The parts of the JavaScript mapping that a generator of values has to know; written without the engine's own. */

interface NumberArray {
  from(items: never): ArrayLike<number | bigint>;
}

/** The typed array of each number type. */
export const NUMBER_ARRAYS = new Map<string, NumberArray>([
  ['u8', Uint8Array],
  ['s8', Int8Array],
  ['u16', Uint16Array],
  ['s16', Int16Array],
  ['u32', Uint32Array],
  ['s32', Int32Array],
  ['u64', BigUint64Array],
  ['s64', BigInt64Array],
  ['f32', Float32Array],
  ['f64', Float64Array],
]);

/** `flags-thirty-two` → `flagsThirtyTwo`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, char: string) => char.toUpperCase());
}
