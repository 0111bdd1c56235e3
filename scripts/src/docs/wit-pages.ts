import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../guests.js';
import type { Page } from './page.js';

/** One page for each file of `wasm-plugin:abi`: each interface and world with its comments, as it is written. */
export function* witPages(): Generator<Page> {
  const folder = join(ROOT, 'abi/wit');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.wit'))
    .sort();
  const links = files.map(
    (name) => `- [${name}](./${name.replace('.wit', '.md')}): ${itemsIn(read(folder, name)).join(', ')}`,
  );
  yield [
    'wit/index.md',
    `# WIT reference\n\nThe interfaces between a host and its plugins: the package \`wasm-plugin:abi\`. A world of your own may use them, or none.\n\n${links.join('\n')}\n`,
  ];
  for (const name of files) {
    const text = read(folder, name);
    const parts = partsOf(text).map(({ title, code }) => `## ${title}\n\n\`\`\`wit\n${code}\n\`\`\``);
    yield [`wit/${name.replace('.wit', '.md')}`, `# ${name}\n\n${parts.join('\n\n')}\n`];
  }
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function itemsIn(text: string): string[] {
  return partsOf(text).map(({ title }) => title);
}

/** Divides a file into its interfaces and worlds, each with the comment before it. */
function partsOf(text: string): { title: string; code: string }[] {
  const found = text.matchAll(/^((?:(?:\/\/\/.*|@.*)\n)*)(interface|world) ([\w-]+) \{\n[\s\S]*?^\}/gm);
  return [...found].map(([code, , kind, name]) => ({ title: `${kind} ${name}`, code }));
}
