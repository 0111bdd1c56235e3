import { nearestName } from '@wasm-plugin/abi';

/** Every key of some options. */
export type KeysOf<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses options with an unknown key, which would have no effect.
 * @param doing - the use of the options, e.g. "create an engine"
 * @throws {TypeError} that names the key, and the nearest known one
 */
export function checkOptions<Options>(given: unknown, known: KeysOf<Options>, doing: string): void {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`Cannot ${doing}: wanted an object of options, got ${typeName(given)}`);
  }
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(known, key)) continue;
    const nearest = nearestName(key, Object.keys(known));
    const hint =
      nearest === undefined
        ? `wanted one of ${Object.keys(known)
            .map((name) => `"${name}"`)
            .join(', ')}`
        : `is "${nearest}" meant?`;
    throw new TypeError(`Cannot ${doing}: there is no option ${JSON.stringify(key)}; ${hint}`);
  }
}

/**
 * Refuses values that are not the bytes of a component.
 * @throws {TypeError} that says how to get the bytes
 */
export function checkBytes(bytes: unknown): void {
  // Also one of another realm.
  if (ArrayBuffer.isView(bytes) && Object.prototype.toString.call(bytes) === '[object Uint8Array]') return;
  const wanted = 'wanted the bytes of a component as a Uint8Array';
  throw new TypeError(`Cannot load the plugin: ${wanted}, got ${typeName(bytes)}${bytesHint(bytes)}`);
}

function bytesHint(bytes: unknown): string {
  if (typeof bytes === 'string' || bytes instanceof URL) return '; read the file first: await readFile(…)';
  if (bytes instanceof Promise) return '; await it';
  if (bytes instanceof ArrayBuffer) return '; give new Uint8Array(…) of it';
  if (typeof Response === 'function' && bytes instanceof Response)
    return '; give new Uint8Array(await response.arrayBuffer())';
  if (bytes instanceof WebAssembly.Module) return '; a compiled core module is no component';
  return '';
}

function typeName(value: unknown): string {
  if (typeof value === 'string')
    return `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
  if (value === null || typeof value !== 'object') return String(value);
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== 'Object'
    ? `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
    : 'an object';
}
