import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Builder } from './builder.js';
import { runTool } from './run-tool.js';

/** Runs the command of `build` in the manifest, which makes the file that is the plugin's entry. */
export const commandBuilder: Builder = {
  name: 'the command of plugin.json',
  sign: '"build": { "command": … }',
  fits: ({ manifest }) => manifest.build !== undefined,
  // The command knows its own inputs better, so it always runs.
  isWhole: () => false,
  async build({ folder, manifest }, { signal }) {
    await runTool(manifest.build?.command as string, { cwd: folder, shell: true, signal });
    return new Uint8Array(await readFile(join(folder, manifest.entry as string)));
  },
};
