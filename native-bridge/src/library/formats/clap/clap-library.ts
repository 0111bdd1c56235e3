import { Arena } from '../../arena.js';
import type { Address, Ffi, OpenLibrary } from '../../ffi.js';
import { StructView, type Struct } from '../../struct.js';
import { BOOL1, CLAP, CLAP_SYMBOL, POINTER2, U32_1 } from './clap-abi.js';

const FACTORY_ID = 'clap.plugin-factory';
const MOST_PLUGINS = 10_000;

/** A CLAP library whose `init` has run. */
export interface ClapLibrary {
  /** The ids of the plugins in it. */
  ids: readonly string[];
  /** Makes a plugin. Returns its address, 0 if it cannot. */
  create(host: Address, id: string): Address;
  /** Ends it. State: no plugin of it is left. */
  deinit(): void;
}

/** Reads a struct in memory of the library. */
export function structAt<Name extends string>(ffi: Ffi, struct: Struct<Name>, at: Address): StructView<Name> {
  if (at === 0) throw new Error('it has NULL where a struct has to be');
  return new StructView(struct, ffi.view(at, struct.size));
}

/** @throws {Error} the reason */
export function openClap(ffi: Ffi, library: OpenLibrary, path: string): ClapLibrary {
  const arena = new Arena(ffi);
  const entry = structAt(ffi, CLAP.entry, library.symbol(CLAP_SYMBOL));
  if (entry.get('major') !== 1)
    throw new Error(`it is made for CLAP ${entry.get('major')}; this host has CLAP 1`);
  if (!ffi.bind(entry.get('init'), BOOL1)(arena.text(path))) throw new Error('its "init" failed');
  const at = ffi.bind(entry.get('get_factory'), { result: 'pointer', pointers: 1 })(arena.text(FACTORY_ID));
  const factory = structAt(ffi, CLAP.factory, at);
  const count = ffi.bind(factory.get('count'), U32_1)(at);
  if (count > MOST_PLUGINS)
    throw new Error(`it describes ${count} plugins; at most ${MOST_PLUGINS} are read`);
  const descriptorOf = ffi.bind(factory.get('descriptor'), POINTER2);
  const create = ffi.bind(factory.get('create'), { result: 'pointer', pointers: 3 });
  return {
    ids: Array.from({ length: count }, (_, index) =>
      ffi.text(structAt(ffi, CLAP.descriptor, descriptorOf(at, index)).get('id')),
    ),
    create: (host, id) => create(at, host, arena.text(id)),
    deinit: () => {
      ffi.bind(entry.get('deinit'), { result: 'void', pointers: 0 })();
      arena.free();
    },
  };
}
