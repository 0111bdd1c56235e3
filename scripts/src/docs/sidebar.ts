import { titleOf } from './page.js';

/** A part of the list of pages. */
export interface SidebarGroup {
  readonly text: string;
  readonly collapsed: boolean;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** The parts of the site, in their order, by the folder of their pages. */
const GROUPS: readonly (readonly [text: string, folder: string])[] = [
  ['Quick start', 'start/'],
  ['Guides', 'guide/'],
  ['Examples', 'examples/'],
  ['Coming from', 'from/'],
  ['Topics', ''],
  ['Project', 'project/'],
  ['Commands', 'commands/'],
  ['WIT', 'wit/'],
  ['API', 'api/'],
  ['Errors', 'errors/'],
];

/** Lists the pages for the side of the site: each once. */
export function sidebarOf(pages: ReadonlyMap<string, string>): SidebarGroup[] {
  return GROUPS.map(([text, folder]) => ({
    text,
    collapsed: ['commands/', 'wit/', 'api/', 'errors/'].includes(folder),
    items: [...pages]
      .filter(
        ([path]) => path !== 'index.md' && path.startsWith(folder) && (folder !== '' || !path.includes('/')),
      )
      .map(([path, content]) => ({ text: titleOf(content), link: `/${path.replace(/\.md$/, '')}` }))
      .sort(
        (a, b) =>
          Number(b.link.endsWith('/index')) - Number(a.link.endsWith('/index')) || (a.link < b.link ? -1 : 1),
      ),
  })).filter(({ items }) => items.length > 0);
}
