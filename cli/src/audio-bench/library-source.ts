import { basename } from 'node:path';
import { openLibraryPlugin, pickPlugin, scanLibrary } from '../native/index.js';
import type { Io } from '../io.js';
import type { Setting } from '../run/index.js';
import type { AudioSource, OpenedPlugin, Setup } from './audio-source.js';

/** Options of `librarySource`. */
export interface LibrarySourceOptions {
  /** The plugin of a library that holds several. */
  plugin: string | undefined;
  settings: readonly Setting[];
  /** True if it runs in this process, and not in a child. */
  inProcess: boolean;
  io: Io;
}

/**
 * Opens an audio plugin of a native library: LADSPA, CLAP or `wasm_plugin.h`.
 * @throws {CliError} it cannot be opened, or holds several plugins and none was picked
 */
export async function librarySource(
  path: string,
  { plugin, settings, inProcess, io }: LibrarySourceOptions,
): Promise<AudioSource> {
  const label = pickPlugin(path, await scanLibrary(path), plugin);
  const library = await openLibraryPlugin({ path, label, io, inProcess });
  const start = async (): ReturnType<typeof library.instantiate> => {
    const instance = await library.instantiate();
    instance.functions.lifecycle.init([...settings]);
    return instance;
  };
  const first = await start();
  const descriptor = first.functions.processor?.describe();
  await first.close();
  return {
    name: label === '' ? basename(path) : `${basename(path)}#${label}`,
    descriptor,
    async open(setup: Setup): Promise<OpenedPlugin> {
      const { instance, close } = await start();
      return { lane: instance.openLane(setup), fuel: () => undefined, close: () => void close() };
    },
    close: () => library.close(),
  };
}
