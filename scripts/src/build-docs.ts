import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPages } from './docs/api-pages.js';
import { commandPages } from './docs/command-pages.js';
import { errorPages } from './docs/error-pages.js';
import { llmsText } from './docs/llms-text.js';
import { repositoryPages } from './docs/repository-pages.js';
import { sidebarOf } from './docs/sidebar.js';
import { witPages } from './docs/wit-pages.js';
import { ROOT } from './guests.js';

/**
 * `npm run docs`: writes the pages into `docs/dist/pages`, and builds the site from them in `docs/dist/site`, with each page's
 * Markdown beside its HTML, and `llms.txt`. With `--pages` only the pages that need no tools of `docs/package.json`.
 */
const DOCS = join(ROOT, 'docs');
const DIST = join(DOCS, 'dist');

const pages = new Map([...repositoryPages(), ...errorPages(), ...witPages(), ...(await commandPages())]);
rmSync(join(DIST, 'pages'), { recursive: true, force: true });
const isWhole = !process.argv.includes('--pages');
if (isWhole) {
  rmSync(join(DIST, 'site'), { recursive: true, force: true });
  if (!existsSync(join(DOCS, 'node_modules')))
    run('npm', ['ci', '--no-fund', '--no-audit', '--silent'], DOCS);
  for (const [path, text] of apiPages(DOCS)) pages.set(path, text);
}
for (const [path, text] of pages) write(join(DIST, 'pages', path), text);
write(join(DIST, 'sidebar.json'), JSON.stringify(sidebarOf(pages), undefined, 2));
if (isWhole) {
  run(process.execPath, [join(DOCS, 'node_modules/vitepress/bin/vitepress.js'), 'build', DOCS], DOCS);
  for (const name of readdirSync(join(DIST, 'pages')))
    cpSync(join(DIST, 'pages', name), join(DIST, 'site', name), { recursive: true });
  write(join(DIST, 'site/llms.txt'), llmsText(pages));
}
process.stdout.write(`${pages.size} pages in ${isWhole ? 'docs/dist/site' : 'docs/dist/pages'}\n`);

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Cannot run "${command}": ${error?.message ?? `exit code ${status}`}`);
}
