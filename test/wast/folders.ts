import { existsSync } from 'node:fs';

/** Returns the folder of the test workspace, for the sources as for the build in `dist`. */
export function testFolder(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder);
  return folder;
}

/** Returns the project's root. */
export function projectFolder(): URL {
  return new URL('..', testFolder());
}

/** Returns where encoded texts are kept between runs. It need not exist. */
export function cacheFolder(): URL {
  return new URL('node_modules/.cache/wasm-plugin/wast/', projectFolder());
}
