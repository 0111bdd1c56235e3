import type { AnyPlugin } from './any-plugin.js';
import type { Ffi, OpenLibrary } from './ffi.js';
import { LADSPA_SYMBOL, LadspaPlugin, readLadspa } from './formats/ladspa/index.js';
import { ENTRY_SYMBOL } from './native-abi.js';
import { NativeLibrary, readTable } from './native-library.js';
import { NativePlugin, type NativeHost } from './native-plugin.js';

/** What a library is: made with `wasm_plugin.h`, or of a format that others made. */
export type LibraryFormat = 'wasm-plugin' | 'ladspa';

/** A library that is open. */
export interface OpenedLibrary {
  readonly format: LibraryFormat;
  /** The names of the plugins in it. A library made with `wasm_plugin.h` has one, without a name. */
  readonly plugins: readonly string[];
  /**
   * Makes an instance.
   * @param name of a plugin; may be left out where there is one
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
    return has(library, LADSPA_SYMBOL) && !has(library, ENTRY_SYMBOL)
      ? openLadspa(ffi, library)
      : openNative(ffi, library);
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
      const found = descriptors.filter(({ label }) => name === undefined || label === name);
      const [descriptor] = found;
      if (descriptor === undefined || (name === undefined && found.length > 1)) {
        const asked = name === undefined ? 'the entry names none' : `there is no "${name}"`;
        throw new Error(`${asked}: write "library.so#NAME" with one of ${plugins.join(', ')}`);
      }
      return new LadspaPlugin(ffi, descriptor);
    },
    close: () => library.close(),
  };
}

function has(library: OpenLibrary, symbol: string): boolean {
  try {
    return library.symbol(symbol) !== 0;
  } catch {
    return false;
  }
}
