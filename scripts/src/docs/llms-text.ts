import { sidebarOf } from './sidebar.js';

/** Writes `llms.txt`: what the project is, and every page as plain Markdown, for programs that read rather than look. */
export function llmsText(pages: ReadonlyMap<string, string>): string {
  const groups = sidebarOf(pages).map(({ text, items }) => {
    const links = items.map((item) => `- [${item.text}](${item.link.slice(1)}.md)`);
    return `## ${text}\n\n${links.join('\n')}`;
  });
  return `# wasm-plugin

> A WebAssembly-first sandboxed plugin engine for JavaScript hosts. Plugins are WebAssembly components in any language; a host
> loads them without a transpile step, limits their fuel, time and memory on its own thread, and reloads them with their state.

Each page of the site has a plain Markdown twin: the same address with .md.

${groups.join('\n\n')}
`;
}
