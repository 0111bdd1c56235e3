import type { AnyPlugin } from './any-plugin.js';
import { commonLibc } from './common-libc.js';
import type { Ffi, OpenLibrary } from './ffi.js';
import { CLAP_SYMBOL, ClapPlugin, openClap } from './formats/clap/index.js';
import { LADSPA_SYMBOL, LadspaPlugin, readLadspa, type LadspaDescriptor } from './formats/ladspa/index.js';
import { ENTRY_SYMBOL } from './native-abi.js';
import { NativeLibrary, readTable } from './native-library.js';
import { NativePlugin, type NativeHost } from './native-plugin.js';

/** Formats of libraries: made with `wasm_plugin.h`, or a format of other origin. */
export type LibraryFormat = 'wasm-plugin' | 'ladspa' | 'clap';

/** A library that is open. */
export interface OpenedLibrary {
  readonly format: LibraryFormat;
  /** The names of the plugins in it. A library made with `wasm_plugin.h` has one, without a name. */
  readonly plugins: readonly string[];
  /**
   * Makes an instance.
   * @param name of a plugin; may be left out if there is one
   * @throws {Error} there is no such plugin, or it makes no instance
   */
  create(host: NativeHost, name: string | undefined): AnyPlugin;
  /** Unmaps it. State: no instance of it is left. */
  close(): void;
}

/** @throws {Error} the reason: it cannot be opened, or is of no known format */
export function openLibrary(ffi: Ffi, path: string): OpenedLibrary {
  const library = ffi.open(path);
  try {
    if (has(library, ENTRY_SYMBOL)) return openNative(ffi, library);
    if (has(library, CLAP_SYMBOL)) return openClapLibrary(ffi, library, path);
    return has(library, LADSPA_SYMBOL) ? openLadspa(ffi, library) : openNative(ffi, library);
  } catch (error) {
    library.close();
    throw error;
  }
}

function openNative(ffi: Ffi, library: OpenLibrary): OpenedLibrary {
  const native = new NativeLibrary(library, readTable(ffi, library));
  return {
    format: 'wasm-plugin',
    plugins: [''],
    create: (host) => new NativePlugin(ffi, native, host),
    close: () => library.close(),
  };
}

function openLadspa(ffi: Ffi, library: OpenLibrary): OpenedLibrary {
  const descriptors = readLadspa(ffi, library);
  const plugins = descriptors.map(({ label }) => label);
  return {
    format: 'ladspa',
    plugins,
    create: (_host, name) => {
      const place = plugins.indexOf(chosen(plugins, name));
      const descriptor = descriptors[place] as LadspaDescriptor;
      return new LadspaPlugin(ffi, descriptor);
    },
    close: () => library.close(),
  };
}

function openClapLibrary(ffi: Ffi, library: OpenLibrary, path: string): OpenedLibrary {
  const clap = openClap(ffi, library, path);
  return {
    format: 'clap',
    plugins: clap.ids,
    create: (_host, name) =>
      new ClapPlugin(ffi, clap, { id: chosen(clap.ids, name), nothing: commonLibc().nothing }),
    close: () => {
      clap.deinit();
      library.close();
    },
  };
}

/** @throws {Error} there is no such plugin, or none is named if there are several */
function chosen(plugins: readonly string[], name: string | undefined): string {
  const [only, another] = plugins;
  if (name === undefined && only !== undefined && another === undefined) return only;
  if (name !== undefined && plugins.includes(name)) return name;
  const asked = name === undefined ? 'the entry names none' : `there is no "${name}"`;
  throw new Error(`${asked}: write "library.so#NAME" with one of ${plugins.join(', ')}`);
}

function has(library: OpenLibrary, symbol: string): boolean {
  try {
    return library.symbol(symbol) !== 0;
  } catch {
    return false;
  }
}
