import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder } from './builders.js';
import { witOf } from './wit-of.js';

const ENTRY = 'assembly/index.ts';

/** Builds plugins in AssemblyScript: a folder with `assembly/index.ts`. */
export const assemblyScriptBuilder: Builder = {
  name: 'AssemblyScript',
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  async build({ folder, manifest }) {
    // The compiler is large: only who builds with it loads it.
    const { buildPlugin } = await import('@wasm-plugin/as');
    return await buildPlugin({ entry: join(folder, ENTRY), ...witOf(folder, manifest.world), debug: true });
  },
};
