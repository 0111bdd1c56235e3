import { mkdirSync, mkdtempSync, readlinkSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@wasm-plugin/engine/sandbox';
import { CallPerformer } from '../../wasi-calls/index.js';
import type { Attack } from '../attack.js';

/** Ways to plant a link in a granted folder that leads out of it, as calls. Each ends in a link `planted`. */
const PLANTS: Readonly<Record<string, readonly string[]>> = {
  'a path through a link to "."': ['symlink 0 . l', 'symlink 0 ../../../secret l/l/l/planted'],
  'a target through a link to "."': ['symlink 0 . l', 'symlink 0 l/l/l/../../../secret planted'],
  'a link made deep and moved up': [
    'symlink 0 ../../../secret a/b/c/planted',
    'rename 0 a/b/c/planted 0 planted',
  ],
  'a link in a folder that is moved up': ['symlink 0 ../../../secret a/b/c/planted', 'rename 0 a/b/c 0 c'],
  "somebody's link, moved up": ['rename 0 a/b/up 0 planted'],
  "a second name for somebody's link": ['link 0 a/b/up 0 planted keep'],
  'a link made in an open folder that is moved': [
    'open 0 keep a/b/c d r',
    'rename 0 a/b/c 0 c',
    'symlink 1 ../../secret planted',
  ],
  'a target that ends in ".."': ['symlink 0 a/b/c/../../../.. planted'],
};

function folderWithSecret(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'attack-')));
  mkdirSync(join(root, 'granted', 'a', 'b', 'c'), { recursive: true });
  writeFileSync(join(root, 'secret'), 'secret');
  symlinkSync('../../a', join(root, 'granted', 'a', 'b', 'up'));
  return join(root, 'granted');
}

function target(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function sandboxOf(folder: string, onDenied?: () => void): Sandbox {
  const capabilities = ['fs:.'];
  return createSandbox({
    permissions: capabilities,
    grants: capabilities,
    folder,
    ...(onDenied && { onDenied }),
  });
}

export const attacks: Attack[] = [
  ...Object.entries(PLANTS).map(([name, calls]): Attack => {
    return {
      name: `a planted link: ${name}`,
      folder: 'files',
      limitMs: 200,
      memoryBytes: 2 ** 20,
      prepare() {
        const folder = folderWithSecret();
        const performer = new CallPerformer(sandboxOf(folder));
        return Promise.resolve(() => {
          for (const call of calls) performer.perform(call.split(' '));
          for (const path of ['planted', 'c/planted', 'l/planted']) {
            if (target(join(folder, path))?.includes('..') === true) throw new Error(`"${path}" leads out`);
          }
        });
      },
    };
  }),
  {
    name: 'a flood of refusals',
    folder: 'files',
    limitMs: 2000,
    memoryBytes: 16 * 2 ** 20,
    prepare() {
      let told = 0;
      const performer = new CallPerformer(sandboxOf(folderWithSecret(), () => told++));
      return Promise.resolve(() => {
        for (let at = 0; at < 20_000; at++) performer.perform(['stat-at', '0', 'keep', `../${at}`]);
        if (told > 80) throw new Error(`the host was told of ${told} refusals`);
      });
    },
  },
];
