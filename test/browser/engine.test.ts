import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, runPage } from '../support/chromium.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

const SCRIPT = `
import { createEngine } from '@wasm-plugin/engine';
const say = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) });
try {
  const bytes = new Uint8Array(await (await fetch('/plugins-rust/build/types.wasm')).arrayBuffer());
  const engine = createEngine({ imports: { 'wasm-plugin:types/host': { hostAdd: (a, b) => a + b } } });
  const { ops } = (await engine.load(bytes)).instantiate().exports;
  let evaluates = true;
  try { new Function(''); } catch { evaluates = false; }
  const counter = new ops.Counter(40);
  await say({
    evaluates,
    add: ops.add(2, 3),
    echo: ops.echo('grüße ☃ 👋'),
    process: [...ops.process(new Float32Array([1, 2]))],
    items: ops.items(2),
    callHost: ops.callHost(7),
    counter: counter.increment(2),
  });
} catch (error) {
  await say({ error: String(error), stack: error.stack });
}`;

const RESULT = {
  add: 5,
  echo: 'grüße ☃ 👋',
  process: [0.5, 1],
  items: [
    { id: 0, name: 'item 0', score: 0 },
    { id: 1, name: 'item 1', score: 0.5 },
  ],
  callHost: 7,
  counter: 42,
};

function page(): string {
  const imports = {
    '@wasm-plugin/engine': '/engine/dist/index.js',
    '@wasm-plugin/abi': '/abi/dist/index.js',
  };
  return `<!doctype html><script type="importmap" nonce="n">${JSON.stringify({ imports })}</script>
<script type="module" nonce="n">${SCRIPT}</script>`;
}

const unavailable = CHROMIUM === undefined ? 'no Chromium on this machine' : false;

describe(`engine in a browser${unavailable === false ? '' : ` (skipped: ${unavailable})`}`, () => {
  it.skipIf(unavailable)('runs a component where the policy allows eval', async () => {
    const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'unsafe-eval'";
    expect(await runPage({ root: ROOT, html: page(), policy })).toEqual({ evaluates: true, ...RESULT });
  });

  it.skipIf(unavailable)('runs a component where the policy forbids eval', async () => {
    const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
    expect(await runPage({ root: ROOT, html: page(), policy })).toEqual({ evaluates: false, ...RESULT });
  });
});
