import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Returns the folder with a plugin's WIT, which is its own `wit` or that of the ABI, and the name of the world in it. */
export function witOf(folder: string, world: string): { wit: string; world: string } {
  const own = join(folder, 'wit');
  const wit = existsSync(own)
    ? own
    : dirname(fileURLToPath(import.meta.resolve('@wasm-plugin/abi/wit/plugin.wit')));
  return { wit, world: world.replace(/^.*\//, '').replace(/@.*$/, '') };
}
