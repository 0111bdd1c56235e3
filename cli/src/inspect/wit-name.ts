/** Words of WIT that are no names unless marked with a `%`. */
const KEYWORDS = new Set(
  (
    'as async bool borrow char constructor enum export f32 f64 flags from func future import include interface list ' +
    'option own package record resource result s16 s32 s64 s8 static stream string tuple type u16 u32 u64 u8 use ' +
    'variant with world'
  ).split(' '),
);

/** A name as WIT text wants it. */
export function witName(name: string): string {
  return KEYWORDS.has(name) ? `%${name}` : name;
}
