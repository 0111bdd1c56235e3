import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run-cli.js';
import { CHROMIUM, runPage } from '../support/chromium.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = temporaryFolder();
const missing = CHROMIUM === undefined ? 'no Chromium on this machine' : undefined;

describe(`playground${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing)(
    'shows, calls, limits, reloads and plays plugins, as static files without eval',
    async () => {
      await build({
        root: join(ROOT, 'playground'),
        logLevel: 'error',
        build: { outDir: folder, emptyOutDir: true },
      });
      copyFileSync(join(ROOT, 'test/browser/pages/playground.js'), join(folder, 'driver.js'));
      copyFileSync(join(ROOT, 'examples/plugins/greeter-rust/plugin.wasm'), join(folder, 'greeter.wasm'));
      const page = readFileSync(join(folder, 'index.html'), 'utf8');
      const html = page.replace('</body>', '<script type="module" src="./driver.js"></script></body>');
      const policy =
        "default-src 'self' blob:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src data:";
      const seen = (await runPage({ root: folder, html, policy })) as { error?: string };
      expect(seen.error).toBe(undefined);
      expect(seen).toMatchObject({
        step: 'keyboard',
        wit: true,
        imports: true,
        knobs: true,
        quiet: '',
        blockFuel: true,
        wav: ['wasm-plugin.wav', 0x52_49_46_46, 48_000, true],
        audioHidden: true,
        ops: true,
        add: '→ 5',
        echo: '→ "grüße"',
        fuel: true,
        limited: expect.stringContaining('WP_QUOTA_FUEL') as string,
        loop: expect.stringContaining('WP_QUOTA_FUEL') as string,
        logged: true,
        broken: expect.stringContaining('WP_MODULE_MALFORMED') as string,
        greeting: expect.stringContaining('Hello, Ada') as string,
        link: ['endless loop', '64 MiB'],
        unreachable: [],
        unlabelled: [],
      });
    },
  );
});
