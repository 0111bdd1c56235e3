import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../guests.js';
import type { Page } from './page.js';

const PACKAGES = ['engine', 'abi', 'native-bridge', 'cli'];
/** Doors for our own packages alone, and those whose content is not JavaScript. */
const LEFT_OUT = /internals|\*/;

type Target = string | { readonly [condition: string]: Target };

/**
 * The reference of each package, from its doc comments: one page a door. Typedoc reads the declarations that are published.
 * @param docs - the folder with typedoc in its `node_modules`
 */
export function* apiPages(docs: string): Generator<Page> {
  const entries = join(docs, 'dist/entries');
  const out = join(docs, 'dist/api');
  rmSync(entries, { recursive: true, force: true });
  mkdirSync(entries, { recursive: true });
  for (const name of PACKAGES) {
    const { name: from, exports } = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')) as {
      name: string;
      exports: Record<string, Target>;
    };
    for (const [door, target] of Object.entries(exports)) {
      if (LEFT_OUT.test(door)) continue;
      const types = declarationsOf(target);
      if (types === undefined) continue;
      const file = `${from}${door.slice(1)}`.replaceAll('@', '').replaceAll('/', '-');
      const path = join(ROOT, name, types).replace(/\.d\.ts$/, '.js');
      writeFileSync(
        join(entries, `${file}.ts`),
        `/** @module ${from}${door.slice(1)} */\nexport * from ${JSON.stringify(path)};\n`,
      );
    }
  }
  const args = [
    join(docs, 'node_modules/typedoc/bin/typedoc'),
    '--options',
    join(docs, 'typedoc.json'),
    '--out',
    out,
  ];
  const points = readdirSync(entries).flatMap((name) => ['--entryPoints', join(entries, name)]);
  const { status, stderr, stdout } = spawnSync(process.execPath, [...args, ...points], {
    encoding: 'utf8',
    cwd: docs,
  });
  if (status !== 0) throw new Error(`Cannot read the doc comments: ${stderr}${stdout}`);
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue;
    const text = readFileSync(join(out, name), 'utf8');
    yield [
      `api/${name.replaceAll('\\', '/')}`,
      name === 'index.md' ? text.replace(/^# .*$/m, '# API reference') : text,
    ];
  }
}

/** Finds the declarations of a door, as Node takes it. */
function declarationsOf(target: Target): string | undefined {
  if (typeof target === 'string') return undefined;
  const { node, types } = target;
  const found = node === undefined ? types : declarationsOf(node);
  return typeof found === 'string' ? found : undefined;
}
