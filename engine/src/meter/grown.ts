interface TypedArray {
  readonly length: number;
}

/** Returns a copy of twice the length. */
export function grown<T extends TypedArray & ArrayLike<number>>(
  array: T,
  make: new (length: number) => T & { set(from: ArrayLike<number>): void },
): T {
  const copy = new make(array.length * 2);
  copy.set(array);
  return copy;
}
