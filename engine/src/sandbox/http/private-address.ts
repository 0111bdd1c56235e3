/**
 * Returns whether an address lies in a private, local or reserved network: one that a public name has no business to resolve to.
 * A text that is no address counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (plain.includes(':')) return isPrivateV6(plain);
  const parts = plain.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  if (parts.length !== 4 || parts.some((part) => !(part <= 255))) return true;
  const [a, b, c] = parts as [number, number, number, number];
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19)) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  );
}

/** Only global unicast addresses are public, without those that carry another address or are for documentation. */
function isPrivateV6(address: string): boolean {
  const groups = expand(address);
  if (groups === undefined) return true;
  const [a, b] = groups as [number, number];
  const inner = (at: number): string => {
    const [high, low] = groups.slice(at, at + 2) as [number, number];
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  };
  const zeroTo = (end: number): boolean => groups.slice(0, end).every((group) => group === 0);
  if (zeroTo(5) && groups[5] === 0xffff) return isPrivateAddress(inner(6));
  if (a === 0x64 && b === 0xff9b)
    return groups.slice(2, 6).some((group) => group !== 0) || isPrivateAddress(inner(6));
  if (a === 0x2002) return isPrivateAddress(inner(1));
  return (a & 0xe000) !== 0x2000 || (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a & 0xfff0) === 0x3ff0;
}

function expand(address: string): number[] | undefined {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  let text = address;
  if (dotted !== null) {
    const [d, e, f, g] = dotted.slice(2).map(Number) as [number, number, number, number];
    text = `${dotted[1]}${((d << 8) | e).toString(16)}:${((f << 8) | g).toString(16)}`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [halves[0] ?? '', halves[1] ?? ''].map((half) =>
    half === '' ? [] : half.split(':'),
  ) as [string[], string[]];
  const gap = 8 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}
