import type { AudioDescriptor } from '@wasm-plugin/abi';
import type { Io } from '../io.js';
import { pickPlugin, scanLibrary, withLibraryPlugin, type ScannedLibrary } from './library-plugin.js';

/** Output of `inspect` for a library. */
export interface LibraryReport {
  file: string;
  format: ScannedLibrary['format'];
  plugins: {
    /** As entries of a manifest name it behind "#"; empty if the library has one plugin without a name. */
    name: string;
    /** Its description; absent if it was not asked, or processes no audio. */
    descriptor?: AudioDescriptor;
  }[];
}

/** A library of more plugins is listed by their names: each is started in a process of its own to describe itself. */
const MOST_DESCRIBED = 8;

/**
 * Describes a library.
 * @param plugin describes this one alone
 */
export async function reportOfLibrary(
  path: string,
  { plugin, io }: { plugin: string | undefined; io: Io },
): Promise<LibraryReport> {
  const scanned = await scanLibrary(path);
  const names = plugin === undefined ? scanned.plugins : [pickPlugin(path, scanned, plugin)];
  const plugins: LibraryReport['plugins'] = [];
  for (const name of names) {
    const descriptor =
      names.length > MOST_DESCRIBED
        ? undefined
        : await withLibraryPlugin({ path, label: name, io }, (_, { processor }) => processor?.describe());
    plugins.push({ name, ...(descriptor === undefined ? {} : { descriptor }) });
  }
  return { file: path, format: scanned.format, plugins };
}
