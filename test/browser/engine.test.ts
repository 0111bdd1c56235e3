import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
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

const LARGE_SCRIPT = `
import { createEngine } from '@wasm-plugin/engine';
const say = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) });
try {
  const bytes = new Uint8Array(await (await fetch('/test/dist/large.wasm')).arrayBuffer());
  const results = [];
  for (const limits of [{}, { fuel: 1e6, timeMs: 1e4 }]) {
    const plugin = await createEngine({ limits }).load(bytes);
    let refused;
    try { plugin.instantiate(); } catch (error) { refused = error.code; }
    results.push({ refused, seven: (await plugin.instantiateAsync()).exports.seven() });
  }
  await say(results);
} catch (error) {
  await say({ error: String(error), stack: error.stack });
}`;

/** A component whose core module exceeds the size that Chromium instantiates at once on a page's main thread. */
const LARGE = `(component (core module $m
  (memory 160)
  (data (i32.const 0) "${'a'.repeat(9 * 2 ** 20)}")
  (global $g (mut i32) (i32.const 0))
  (func $s (global.set $g (i32.const 7)))
  (start $s)
  (func (export "seven") (result i32) (global.get $g)))
  (core instance $i (instantiate $m))
  (func (export "seven") (result u32) (canon lift (core func $i "seven"))))`;

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

function page(script: string): string {
  const imports = {
    '@wasm-plugin/engine': '/engine/dist/index.js',
    '@wasm-plugin/abi': '/abi/dist/index.js',
  };
  return `<!doctype html><script type="importmap" nonce="n">${JSON.stringify({ imports })}</script>
<script nonce="n">addEventListener('error', ({ message }) =>
  fetch('/result', { method: 'POST', body: JSON.stringify({ error: message ?? 'a script was not loaded' }) }), true);</script>
<script type="module" nonce="n">${script}</script>`;
}

const unavailable = CHROMIUM === undefined ? 'no Chromium on this machine' : false;

describe(`engine in a browser${unavailable === false ? '' : ` (skipped: ${unavailable})`}`, () => {
  it.skipIf(unavailable)('runs a component where the policy allows eval', async () => {
    const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'unsafe-eval'";
    expect(await runPage({ root: ROOT, html: page(SCRIPT), policy })).toEqual({ evaluates: true, ...RESULT });
  });

  it.skipIf(unavailable)('runs a component where the policy forbids eval', async () => {
    const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
    expect(await runPage({ root: ROOT, html: page(SCRIPT), policy })).toEqual({
      evaluates: false,
      ...RESULT,
    });
  });

  it.skipIf(unavailable)('runs a core module above 8 MB by instantiateAsync', async () => {
    writeFileSync(join(ROOT, 'test/dist/large.wasm'), await parse(LARGE));
    const policy = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
    expect(await runPage({ root: ROOT, html: page(LARGE_SCRIPT), policy })).toEqual([
      { refused: 'WP_LINK', seven: 7 },
      { refused: 'WP_LINK', seven: 7 },
    ]);
  });
});
