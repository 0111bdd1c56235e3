import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repoFile, runCli, temporaryFolder } from '../cli/run-cli.js';
import { ROOT } from './start-program.js';

const folder = temporaryFolder();

it.each(['delay', 'reverb', 'spectrum', 'tokenizer'])(
  'examples/plugins/%s passes its own tests, as it is checked in',
  (name) => {
    // Without its sources: what is tested is the component that is there.
    const copy = join(folder, name);
    mkdirSync(copy);
    for (const part of ['plugin.json', 'plugin.wasm', 'test'])
      cpSync(join(ROOT, 'examples/plugins', name, part), join(copy, part), { recursive: true });
    symlinkSync(repoFile('node_modules'), join(copy, 'node_modules'));
    const { code, stdout, stderr } = runCli(['test', copy, '--reload', '--fuzz', '50', '--seed', '1']);
    expect({ code, failed: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, failed: '' });
  },
);
