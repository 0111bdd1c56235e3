/** Writes small modules for tests, byte by byte. */

export const I32 = 0x7f;
export const I64 = 0x7e;

/** A signed LEB128, as constants are encoded. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = ((rest % 128) + 128) % 128;
    rest = (rest - low) / 128;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** An unsigned LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 128) | 0x80, ...unsigned(Math.floor(value / 128))];
}

/** A section. */
export function section(id: number, payload: readonly number[]): number[] {
  return [id, ...unsigned(payload.length), ...payload];
}

/** A vector of items that are encoded already. */
export function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

/** A name. */
export function name(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
}

/** A module out of sections. */
export function moduleOf(...sections: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}

/** A module of one function `f`. */
export function functionModule(
  signature: { readonly params: readonly number[]; readonly results: readonly number[] },
  locals: readonly number[],
  code: readonly number[],
): Uint8Array<ArrayBuffer> {
  const { params, results } = signature;
  const body = [...vector(locals.map((type) => [1, type])), ...code, 0x0b];
  return moduleOf(
    section(
      1,
      vector([[0x60, ...vector(params.map((type) => [type])), ...vector(results.map((type) => [type]))]]),
    ),
    section(3, [1, 0]),
    section(7, vector([[...name('f'), 0, 0]])),
    section(10, vector([[...unsigned(body.length), ...body]])),
  );
}
