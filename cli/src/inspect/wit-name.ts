/** Words of WIT that are no names unless marked with a `%`. */
const KEYWORDS = new Set(
  (
    'as async bool borrow char constructor enum error-context export f32 f64 flags from func future import include ' +
    'interface list map option own package record resource result s16 s32 s64 s8 static stream string tuple type u16 u32 ' +
    'u64 u8 use variant with world'
  ).split(' '),
);

/** A name as WIT text wants it. */
export function witName(name: string): string {
  return KEYWORDS.has(name) ? `%${name}` : name;
}

/** The full name of an interface or package as WIT text wants it: `a:list/map@1.0.0` → `a:%list/%map@1.0.0`. */
export function witId(id: string): string {
  const version = /@.*$/.exec(id)?.[0] ?? '';
  return id.slice(0, id.length - version.length).replaceAll(/[^:/]+/g, witName) + version;
}

/** `a:b/c@1.0.0` → `a:b@1.0.0`. */
export function packageName(id: string): string {
  const version = /@.*$/.exec(id)?.[0] ?? '';
  return id.slice(0, id.lastIndexOf('/', id.length - version.length)) + version;
}

/** `a:b/c@1.0.0` → `c`. */
export function interfaceName(id: string): string {
  const unversioned = id.replace(/@.*$/, '');
  return unversioned.slice(unversioned.lastIndexOf('/') + 1);
}
