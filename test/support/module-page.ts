const DOORS = {
  '@wasm-plugin/engine': '/engine/dist/index.js',
  '@wasm-plugin/engine/worklet': '/engine/dist/worklet/index.js',
  '@wasm-plugin/abi': '/abi/dist/index.js',
  '@wasm-plugin/abi/config': '/abi/dist/config/index.js',
};

/**
 * Returns a page for `runPage` of the repository's root, that finds the packages by an import map, and posts what its script
 * returns.
 * @param script imports first; the lines after them are the body of an async function
 */
export function modulePage(script: string): string {
  const imports = script.match(/^import .*$/gm) ?? [];
  const body = script.replaceAll(/^import .*$/gm, '');
  return `<!doctype html><script type="importmap" nonce="n">${JSON.stringify({ imports: DOORS })}</script>
<script nonce="n">addEventListener('error', ({ message }) =>
  fetch('/result', { method: 'POST', body: JSON.stringify({ error: message ?? 'a script was not loaded' }) }), true);</script>
<script type="module" nonce="n">${imports.join('\n')}
const say = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) });
try {
  await say(await (async () => {${body}})());
} catch (error) {
  await say({ error: String(error), stack: error.stack });
}</script>`;
}
