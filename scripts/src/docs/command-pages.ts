import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../guests.js';
import type { Page } from './page.js';

const BIN = join(ROOT, 'cli/bin/wasm-plugin.js');

/** One page for each command: what `--help` prints. */
export function* commandPages(): Generator<Page> {
  const names = namesIn(help([]));
  const rows = names.map((name) => `- [wasm-plugin ${name}](./${name}.md)`);
  yield ['commands/index.md', `# Commands\n\n${rows.join('\n')}\n\n\`\`\`text\n${help([]).trim()}\n\`\`\`\n`];
  for (const name of names) {
    const text = help([name]);
    const inner = namesIn(text).map(
      (each) => `## wasm-plugin ${name} ${each}\n\n\`\`\`text\n${help([name, each]).trim()}\n\`\`\``,
    );
    yield [
      `commands/${name}.md`,
      `# wasm-plugin ${name}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n${inner.map((each) => `\n${each}\n`).join('')}`,
    ];
  }
}

function help(words: readonly string[]): string {
  const { stdout, status, stderr } = spawnSync(process.execPath, [BIN, ...words, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(`Cannot read the help of "${words.join(' ')}": ${stderr}`);
  return stdout;
}

function namesIn(text: string): string[] {
  const list = /^Commands:\n([\s\S]*?)(?:\n\n|$)/m.exec(text)?.[1] ?? '';
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}
