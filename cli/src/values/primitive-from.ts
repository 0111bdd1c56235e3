import { valueError, type Path } from './value-error.js';

/** Least and greatest value of each integer type that JavaScript numbers hold. */
const RANGES: Record<string, readonly [number, number] | undefined> = {
  u8: [0, 0xff],
  s8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  s16: [-0x8000, 0x7fff],
  u32: [0, 0xffff_ffff],
  s32: [-0x8000_0000, 0x7fff_ffff],
};

/** Floats that JSON has no number for. */
const SPECIAL_FLOATS = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Turns JSON into a value of a primitive WIT type. */
export function primitiveFrom(json: unknown, type: string, path: Path): unknown {
  switch (type) {
    case 'bool':
      if (typeof json === 'boolean') return json;
      break;
    case 'string':
      if (typeof json === 'string') return json;
      break;
    case 'char':
      if (typeof json === 'string' && [...json].length === 1) return json;
      throw valueError(path, { found: json, wanted: 'char, a string of one character' });
    case 'f32':
    case 'f64': {
      const special = typeof json === 'string' ? SPECIAL_FLOATS.get(json) : undefined;
      if (typeof json === 'number' || special !== undefined) return special ?? json;
      throw valueError(path, {
        found: json,
        wanted: `${type}, a number or one of "NaN", "Infinity", "-Infinity"`,
      });
    }
    case 'u64':
    case 's64':
      return largeInteger(json, type, path);
    default: {
      const [least, greatest] = RANGES[type] ?? [0, 0];
      if (Number.isInteger(json) && (json as number) >= least && (json as number) <= greatest) return json;
      throw valueError(path, { found: json, wanted: `${type}, a whole number from ${least} to ${greatest}` });
    }
  }
  throw valueError(path, { found: json, wanted: type });
}

function largeInteger(json: unknown, type: 'u64' | 's64', path: Path): bigint {
  const whole =
    Number.isInteger(json) || (typeof json === 'string' && /^-?\d{1,20}$/.test(json))
      ? BigInt(json as number | string)
      : undefined;
  const fits = whole !== undefined && whole === (type === 'u64' ? BigInt.asUintN : BigInt.asIntN)(64, whole);
  if (!fits) {
    throw valueError(path, { found: json, wanted: `${type}, a whole number or a string of its digits` });
  }
  if (typeof json === 'number' && !Number.isSafeInteger(json)) {
    throw valueError(path, {
      found: json,
      wanted: `${type} as a string`,
      hint: 'A JSON number above 9007199254740991 loses digits: write it as a string',
    });
  }
  return whole;
}
