/** The layout of an IEEE 754 binary format. */
export interface FloatFormat {
  /** Bits of the fraction, without the hidden one. */
  fractionBits: number;
  exponentBits: number;
}

export const FLOAT32: FloatFormat = { fractionBits: 23, exponentBits: 8 };
export const FLOAT64: FloatFormat = { fractionBits: 52, exponentBits: 11 };

const SPECIAL = /^([+-]?)(inf|nan|nan:0x([0-9a-f_]+))$/i;
const HEXADECIMAL = /^([+-]?)0x([0-9a-f_]+)(?:\.([0-9a-f_]*))?(?:p([+-]?[0-9_]+))?$/i;
const DECIMAL = /^([+-]?)([0-9][0-9_]*)(?:\.([0-9_]*))?(?:e([+-]?[0-9_]+))?$/i;

/**
 * Parses a float literal to its bits, rounding to nearest, ties to even. Unlike `Number(text)` it reads hexadecimal
 * literals, keeps the payload of a NaN, and rounds only once to 32 bits.
 *
 * @returns the bits, `undefined` where the text is no float literal or does not fit
 */
export function parseFloatLiteral(text: string, format: FloatFormat): bigint | undefined {
  const special = SPECIAL.exec(text);
  if (special !== null) return sign(special[1], format) | specialBits(special, format);
  const hexadecimal = HEXADECIMAL.exec(text);
  const match = hexadecimal ?? DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, signText, whole = '', fraction = '', exponentText = '0'] = match.map((part) =>
    part?.replaceAll('_', ''),
  );
  const digits = BigInt((hexadecimal === null ? '' : '0x') + whole + fraction);
  const exponent = Number(exponentText);
  const bits =
    hexadecimal === null
      ? round(scale(digits, 10n, exponent - fraction.length), format)
      : round(scale(digits, 2n, exponent - 4 * fraction.length), format);
  return bits === undefined ? undefined : sign(signText, format) | bits;
}

interface Ratio {
  numerator: bigint;
  denominator: bigint;
}

function scale(digits: bigint, base: bigint, exponent: number): Ratio {
  const power = base ** BigInt(Math.abs(exponent));
  return exponent < 0
    ? { numerator: digits, denominator: power }
    : { numerator: digits * power, denominator: 1n };
}

function round({ numerator, denominator }: Ratio, format: FloatFormat): bigint | undefined {
  if (numerator === 0n) return 0n;
  const fractionBits = format.fractionBits;
  const bias = 2 ** (format.exponentBits - 1) - 1;
  // The exponent of the leading bit is this or one more.
  let exponent = bitLength(numerator) - bitLength(denominator) - 1;
  if (compareScaled(numerator, denominator, exponent + 1) >= 0) exponent++;
  // Below the smallest normal number the step stays that of the subnormals.
  const step = Math.max(exponent, 1 - bias) - fractionBits;
  const scaledNumerator = step < 0 ? numerator << BigInt(-step) : numerator;
  const scaledDenominator = step < 0 ? denominator : denominator << BigInt(step);
  let significand = scaledNumerator / scaledDenominator;
  const twiceRest = 2n * (scaledNumerator % scaledDenominator);
  if (twiceRest > scaledDenominator || (twiceRest === scaledDenominator && (significand & 1n) === 1n))
    significand++;
  // With the hidden bit added rather than set, a carry out of the fraction raises the exponent by itself.
  const biased = BigInt(step + fractionBits + bias - 1) << BigInt(fractionBits);
  const bits = biased + significand;
  return bits >= infinity(format) ? undefined : bits;
}

/** Compares `numerator / denominator` with `2 ** exponent`. */
function compareScaled(numerator: bigint, denominator: bigint, exponent: number): number {
  const left = exponent < 0 ? numerator << BigInt(-exponent) : numerator;
  const right = exponent < 0 ? denominator : denominator << BigInt(exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

function bitLength(value: bigint): number {
  const hexadecimal = value.toString(16);
  return (hexadecimal.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hexadecimal[0] as string, 16)));
}

function specialBits(special: RegExpExecArray, format: FloatFormat): bigint {
  if (special[2]?.toLowerCase() === 'inf') return infinity(format);
  const payload = special[3]?.replaceAll('_', '');
  const quiet = 1n << BigInt(format.fractionBits - 1);
  return infinity(format) | (payload === undefined ? quiet : BigInt(`0x${payload}`));
}

function sign(text: string | undefined, format: FloatFormat): bigint {
  return text === '-' ? 1n << BigInt(format.fractionBits + format.exponentBits) : 0n;
}

function infinity(format: FloatFormat): bigint {
  return ((1n << BigInt(format.exponentBits)) - 1n) << BigInt(format.fractionBits);
}
