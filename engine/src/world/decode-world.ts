import { AbiError, PluginError } from '@wasm-plugin/abi';
import { ByteReader } from '../binary/index.js';
import { decodeComponent, validateComponent, type ResolvedComponent } from '../component/index.js';

/** A WIT world: the imports that a host gives to plugins, and the exports that it wants from them. */
export interface World {
  /** The full name, e.g. `acme:audio/effect@1.2.0`. */
  readonly name: string;
  /** The world as the type of a component that fits it exactly. */
  readonly type: ResolvedComponent;
}

/** A world in a package, with the short name it has there. */
interface Candidate extends World {
  short: string;
}

/**
 * Reads a world from an encoded WIT package, as `wasm-tools component wit --wasm` writes it, or from the
 * `component-type` section that `componentEmbed` puts into a core module, or from such a core module itself.
 *
 * @param name - the world's name, with or without its package and version; may be left out if there is only one
 * @throws {AbiError} WP_ABI_WORLD if the bytes are none of these, or have no such world, or several without a name
 */
export function decodeWorld(bytes: Uint8Array, name?: string): World {
  const worlds = worldsIn(packageType(embeddedPackage(bytes) ?? bytes));
  const found = name === undefined ? worlds : worlds.filter((world) => isNamed(world, name));
  const [world] = found;
  if (world !== undefined && found.length === 1) return { name: world.name, type: world.type };
  const names = worlds.map((each) => `"${each.name}"`).join(', ');
  if (worlds.length === 0)
    throw worldError('the bytes are a component, but no encoded WIT package with a world');
  if (found.length === 0) throw worldError(`there is no world "${name}", only ${names}`);
  throw worldError(`more than one world fits, name one of them: ${names}`);
}

function packageType(bytes: Uint8Array): ResolvedComponent {
  try {
    return validateComponent(decodeComponent(bytes));
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    throw worldError(`the bytes are no encoded WIT package: ${error.reason}`, error);
  }
}

/** Each export of a package is a type that wraps an interface or a world in a component of its own. */
function worldsIn(encoded: ResolvedComponent): Candidate[] {
  const worlds: Candidate[] = [];
  for (const [short, item] of encoded.exports) {
    if (item.kind !== 'type' || item.type.kind !== 'component') continue;
    for (const [name, inner] of item.type.exports) {
      if (inner.kind === 'component') worlds.push({ short, name, type: inner.type });
    }
  }
  return worlds;
}

function isNamed(world: Candidate, name: string): boolean {
  return name === world.short || name === world.name || name === world.name.replace(/@.*$/, '');
}

/** Finds the `component-type` section of a core module; `undefined` if the bytes are no core module. */
function embeddedPackage(bytes: Uint8Array): Uint8Array | undefined {
  const isCoreModule = bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[4] === 0x01 && bytes[6] === 0x00;
  if (!isCoreModule || bytes.length < 8) return undefined;
  const reader = new ByteReader(bytes, { start: 8 });
  try {
    while (!reader.done) {
      const id = reader.byte();
      const content = reader.part(reader.u32());
      if (id === 0 && /^component-type(?::|$)/.test(content.name())) return content.take(content.remaining);
    }
  } catch (error) {
    throw worldError('the bytes are a malformed core module', error);
  }
  throw worldError('the bytes are a core module without a component-type section');
}

function worldError(reason: string, cause?: unknown): AbiError {
  return new AbiError('WP_ABI_WORLD', `Cannot read the world: ${reason}`, {
    reason,
    ...(cause !== undefined && { cause }),
  });
}
