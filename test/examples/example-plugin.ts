import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './start-program.js';

/** Returns the component of a plugin in `examples/plugins`, as it is checked in. */
export function exampleComponent(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, 'examples/plugins', name, 'plugin.wasm')));
}
