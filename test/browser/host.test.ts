import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, runPage } from '../support/chromium.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const COUNTING = 'wasm-plugin:counter/counting@1.0.0';

/** Code of a page with a plugin host: loads a counter, counts, and reloads it with its state. */
const SCRIPT = `
import { createPluginHost, readPackage } from '@wasm-plugin/engine/host';
import { memoryFiles } from '@wasm-plugin/abi/package';
const say = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result, (_, value) => typeof value === 'bigint' ? Number(value) : value) });
const counter = async (number) => memoryFiles({
  'plugin.json': JSON.stringify({
    id: 'acme.counter', name: 'Counter', version: number + '.0.0', world: 'wasm-plugin:counter/counter', entry: 'plugin.wasm',
    interfaces: ['${COUNTING}'],
    permissions: [{ capability: 'log', reason: 'to announce' }],
    state: { schema: number, restores: number === 1 ? [1] : [1, 2] },
  }),
  'plugin.wasm': new Uint8Array(await (await fetch('/plugins-rust/build/counter-v' + number + '.wasm')).arrayBuffer()),
});
try {
  const host = createPluginHost();
  await host.add(await counter(1));
  const refusal = await host.load('acme.counter').then(() => 'none', (error) => error.message);
  const plugin = await host.load('acme.counter', { grants: ['log'] });
  const counting = plugin.exports['${COUNTING}'];
  const before = counting.add(40n);
  const { state } = await host.reload('acme.counter', await readPackage(await counter(2)), { force: true });
  await say({ refusal, before, state, after: counting.add(2n), version: plugin.version });
  await host.close();
} catch (error) {
  await say({ error: String(error), stack: error.stack });
}`;

/** The script in one piece, as a bundler for browsers makes it: `semver` is CommonJS, which no browser takes as it is. */
async function bundled(): Promise<string> {
  const entry = 'page.js';
  const bundle = await rolldown({
    input: entry,
    cwd: join(ROOT, 'test'),
    platform: 'browser',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? SCRIPT : undefined),
      },
    ],
    onwarn({ message = '' }) {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

const unavailable = CHROMIUM === undefined ? 'no Chromium on this machine' : false;

describe(`host of plugins in a browser${unavailable === false ? '' : ` (skipped: ${unavailable})`}`, () => {
  it.skipIf(unavailable)(
    'loads a plugin, refuses what is not granted, and reloads it with its state',
    async () => {
      const code = await bundled();
      expect(code).not.toMatch(/from ['"]node:/);
      const html = `<!doctype html><script type="module" nonce="n">${code.replaceAll('</script', String.raw`<\/script`)}</script>`;
      const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
      expect(await runPage({ root: ROOT, html, policy })).toEqual({
        refusal: 'Cannot let "acme.counter" use "log": the host does not grant it',
        before: { total: 40, calls: 1, version: 1 },
        state: 'carried',
        after: { total: 42, calls: 2, version: 2 },
        version: '2.0.0',
      });
    },
  );
});
