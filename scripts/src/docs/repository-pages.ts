import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../guests.js';
import type { Page } from './page.js';

/** Paths of the repository's files on the site; those of `docs` keep theirs. */
const PLACES: Readonly<Record<string, string>> = {
  'README.md': 'project/readme.md',
  'ARCHITECTURE.md': 'project/architecture.md',
  'RATIONALE.md': 'project/rationale.md',
  'SECURITY.md': 'project/security.md',
  'CHANGELOG.md': 'project/changelog.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'examples/README.md': 'examples/index.md',
  'examples/plugins/README.md': 'examples/plugins.md',
  'native-bridge/PROTOCOL.md': 'project/protocol.md',
};

/** The Markdown of the repository, with links that lead from page to page. */
export function* repositoryPages(): Generator<Page> {
  const places = new Map(Object.entries(PLACES));
  const docs = join(ROOT, 'docs');
  for (const name of readdirSync(docs, { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/');
    if (path.endsWith('.md') && !/^(?:dist|node_modules|\.vitepress)\//.test(path))
      places.set(`docs/${path}`, path);
  }
  for (const folder of ['examples', 'examples/plugins']) {
    for (const name of readdirSync(join(ROOT, folder))) {
      const file = `${folder}/${name}/README.md`;
      if (name !== 'plugins' && existsSync(join(ROOT, file))) places.set(file, `examples/${name}.md`);
    }
  }
  for (const [file, place] of places) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    yield [place, relinked(text, { file, place, places })];
  }
}

/** Leads links between files to pages. A link to a file without a page becomes text: the site stands by itself. */
function relinked(
  text: string,
  { file, place, places }: { file: string; place: string; places: ReadonlyMap<string, string> },
): string {
  return text.replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, target: string) => {
    if (/^(?:[a-z]+:|#)/.test(target)) return whole;
    const [path = '', anchor] = target.split('#');
    // Pages of the site itself, that no file of the repository stands for.
    if (/^(?:\.\.?\/)+(?:errors|wit|commands|api)\//.test(target)) return whole;
    const to = places.get(posix.normalize(posix.join(posix.dirname(file), path)));
    if (to === undefined) return label;
    const relative = posix.relative(posix.dirname(place), to);
    return `[${label}](${relative.startsWith('.') ? relative : `./${relative}`}${anchor === undefined ? '' : `#${anchor}`})`;
  });
}
