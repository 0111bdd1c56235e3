import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run-cli.js';
import { CHROMIUM, runPage } from '../support/chromium.js';
import { ROOT } from './start-program.js';

const folder = temporaryFolder();
const missing = CHROMIUM === undefined ? 'no Chromium on this machine' : undefined;

/** Sends the page's text to the test as soon as there is some. */
const WATCHER = `
const tell = () => fetch('/result', { method: 'POST', body: JSON.stringify(document.querySelector('#greeting').textContent) });
new MutationObserver(tell).observe(document.querySelector('#greeting'), { childList: true });
addEventListener('unhandledrejection', ({ reason }) => fetch('/result', { method: 'POST', body: JSON.stringify(String(reason)) }));`;

describe(`examples/browser${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing)('greets in a page that Vite has built, under a content security policy', async () => {
    const root = join(ROOT, 'examples/browser');
    await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const html = page.replace('</body>', `<script type="module" nonce="n">${WATCHER}</script></body>`);
    const policy = "default-src 'self' data:; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
    expect(await runPage({ root: folder, html, policy })).toBe('Hello, Ada, from AssemblyScript!');
  });
});
