import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

// `npm run docs` writes the pages, and the list of them, before it builds.
const sidebar = JSON.parse(readFileSync(new URL('../dist/sidebar.json', import.meta.url), 'utf8'));

export default defineConfig({
  title: 'wasm-plugin',
  description: 'A WebAssembly-first sandboxed plugin engine for JavaScript hosts',
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'dist/cache',
  // Relative, so that the site also works below a path.
  cleanUrls: false,
  themeConfig: { sidebar, search: { provider: 'local' }, outline: [2, 3] },
  markdown: {
    // Our pages are Markdown alone: what looks like a tag is text, and so is what looks like a template of Vue.
    html: false,
    languageAlias: { wit: 'rust', wat: 'wasm' },
    config: (md) => {
      const render = md.renderer.rules.text;
      md.renderer.rules.text = (...args) => render(...args).replaceAll('{{', '&#123;&#123;');
    },
  },
});
