import { koffi, type LibraryHandle } from './koffi.js';
import type { Address } from './ffi.js';

/** The functions that libraries in this process need on every system. */
export interface CommonLibc {
  fegetenv(environment: Address): number;
  fesetenv(environment: Address): number;
  /** The address of a native function that only returns 0, on any thread, with any arguments. */
  readonly nothing: Address;
}

interface Places {
  /**
   * Libraries with the functions of the floating-point environment: the first that can be opened. `null`: the symbols of this
   * process.
   */
  math: readonly (string | null)[];
  nothing: readonly [library: string | null, symbol: string];
}

/** glibc keeps the floating-point environment in a library of its own, musl and macOS in the C library. Only Linux is tested. */
const PLACES: Readonly<Record<string, Places>> = {
  // `sched_yield` takes nothing, and never fails.
  linux: { math: ['libm.so.6', null], nothing: [null, 'sched_yield'] },
  darwin: { math: [null], nothing: [null, 'sched_yield'] },
  // It says that `malloc` calls no handler, unless somebody has asked for that.
  win32: { math: ['ucrtbase.dll'], nothing: ['ucrtbase.dll', '_query_new_mode'] },
};

let loaded: CommonLibc | undefined;

/** @throws {Error} the C library of this system is not known */
export function commonLibc(): CommonLibc {
  return (loaded ??= open(PLACES[process.platform]));
}

function open(places: Places | undefined): CommonLibc {
  if (places === undefined) throw new Error(`the C library of "${process.platform}" is not known`);
  const math = firstOf(places.math);
  const [library, symbol] = places.nothing;
  return {
    fegetenv: math.func('fegetenv', 'int', ['uintptr']) as never,
    fesetenv: math.func('fesetenv', 'int', ['uintptr']) as never,
    nothing: Number(koffi().load(library).symbol(symbol)),
  };
}

function firstOf(names: readonly (string | null)[]): LibraryHandle {
  for (const name of names.slice(0, -1)) {
    try {
      return koffi().load(name);
    } catch {
      continue;
    }
  }
  return koffi().load(names.at(-1) ?? null);
}
