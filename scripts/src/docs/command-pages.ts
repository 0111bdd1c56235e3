import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../guests.js';
import type { Page } from './page.js';

/** The part of the command line that is needed: what it writes as into a pipe. */
interface CommandLine {
  main(args: readonly string[], io: object): Promise<number>;
  memoryIo(): { io: object; written: { out: string } };
}

/** One page for each command: what `--help` prints. */
export async function commandPages(): Promise<Page[]> {
  const help = await helpReader();
  const all = await help([]);
  const names = namesIn(all);
  const pages: Page[] = [
    [
      'commands/index.md',
      `# Commands\n\n${names.map((name) => `- [wasm-plugin ${name}](./${name}.md)`).join('\n')}\n\n${block(all)}`,
    ],
  ];
  for (const name of names) {
    const text = await help([name]);
    const inner = await Promise.all(
      namesIn(text).map(
        async (each) => `\n## wasm-plugin ${name} ${each}\n\n${block(await help([name, each]))}`,
      ),
    );
    pages.push([`commands/${name}.md`, `# wasm-plugin ${name}\n\n${block(text)}${inner.join('')}`]);
  }
  return pages;
}

async function helpReader(): Promise<(words: readonly string[]) => Promise<string>> {
  const load = async (file: string): Promise<unknown> =>
    import(pathToFileURL(join(ROOT, 'cli/dist', file)).href);
  const { main } = (await load('main.js')) as CommandLine;
  const { memoryIo } = (await load('io.js')) as CommandLine;
  return async (words) => {
    const { io, written } = memoryIo();
    await main([...words, '--help'], io);
    return written.out;
  };
}

function block(text: string): string {
  return `\`\`\`text\n${text.trim()}\n\`\`\`\n`;
}

function namesIn(text: string): string[] {
  const list = text.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '';
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}
