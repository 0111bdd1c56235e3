import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Builder } from './builder.js';
import { runTool } from './run-tool.js';
import { witOf } from './wit-of.js';

const ENTRY = 'app.py';
const TOOL = 'componentize-py';

/** Paths of the tool in a virtual environment within the plugin's folder. */
const IN_FOLDER = [`.venv/bin/${TOOL}`, `.venv/Scripts/${TOOL}.exe`];

/** Builds plugins in Python: a folder with `app.py`. */
export const pythonBuilder: Builder = {
  name: 'Python',
  sign: ENTRY,
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  isWhole: () => true,
  async build({ folder, manifest }, { signal }) {
    const { wit, world } = witOf(folder, manifest.world);
    const own = IN_FOLDER.map((path) => resolve(folder, path)).find((path) => existsSync(path));
    const out = await mkdtemp(join(tmpdir(), 'wasm-plugin-python-'));
    const file = join(out, 'plugin.wasm');
    try {
      await runTool(own ?? TOOL, {
        // Python calls many functions of WASI when it starts; a plugin gets only the interfaces of its world.
        args: ['-d', resolve(wit), '-w', world, 'componentize', '--stub-wasi', 'app', '-o', file],
        cwd: folder,
        signal,
        hint: `"python3 -m venv .venv && .venv/bin/pip install ${TOOL}" in its folder installs it`,
      });
      return new Uint8Array(await readFile(file));
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
};
