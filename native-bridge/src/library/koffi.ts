import { createRequire } from 'node:module';
import { PluginError } from '@wasm-plugin/abi';
import type * as koffiModule from 'koffi';

export type { LibraryHandle, TypeObject } from 'koffi';

type Koffi = typeof koffiModule;

let loaded: Koffi | undefined;

/**
 * Returns the package `koffi`, which calls native code. It is loaded at the first use: hosts that run no libraries need not install
 * it.
 *
 * @throws {PluginError} WP_CARRIER: it is not installed
 */
export function koffi(): Koffi {
  return (loaded ??= load());
}

function load(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    throw new PluginError(
      'WP_CARRIER',
      'Cannot run native libraries: the package "koffi" is not installed or cannot be loaded; "npm install koffi@3" installs it',
      { cause: error },
    );
  }
}
