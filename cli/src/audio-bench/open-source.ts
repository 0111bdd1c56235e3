import { readInput } from '../component/index.js';
import type { Io } from '../io.js';
import { isLibrary } from '../native/index.js';
import type { AudioSource } from './audio-source.js';
import { chainSource } from './chain-source.js';
import { componentSource } from './component-source.js';
import { librarySource } from './library-source.js';
import type { MeasurementRequest, PluginFile } from './measurement.js';

type Wanted = Pick<MeasurementRequest, 'chain' | 'settings' | 'inProcess'>;

/**
 * Opens a plugin with those behind it. The settings are the first one's.
 * @param metered false if nothing is counted
 * @throws {CliError} one cannot be read or loaded
 */
export async function openSource(
  file: PluginFile,
  { chain, settings, inProcess, metered, io }: Wanted & { metered: boolean; io: Io },
): Promise<AudioSource> {
  const sources: AudioSource[] = [];
  for (const [at, { path, plugin }] of [file, ...chain].entries()) {
    const own = at === 0 ? settings : [];
    sources.push(
      isLibrary(readInput(path))
        ? await librarySource(path, { plugin, settings: own, inProcess, io })
        : await componentSource(path, { settings: own, metered }),
    );
  }
  return chainSource(sources);
}

/** Returns true if every plugin of a chain is a component, so that fuel is counted. */
export function countsFuel(file: PluginFile, { chain }: Pick<Wanted, 'chain'>): boolean {
  return [file, ...chain].every(({ path }) => !isLibrary(readInput(path)));
}
