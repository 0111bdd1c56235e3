import { expect, it } from 'vitest';

/** What the doors for embedders hold beside types: what a user needs, and no mechanism. */
it.each([
  ['host', ['ENGINE_VERSION', 'createPluginHost', 'readPackage']],
  [
    'reload',
    [
      'Reloader',
      'SwappableLane',
      'copyFields',
      'createFileStore',
      'createMemoryStore',
      'decodeEnvelope',
      'encodeEnvelope',
      'watch',
    ],
  ],
])('@wasm-plugin/engine/%s exports what a user needs, and no mechanism', async (door, names) => {
  const exported = (await import(`@wasm-plugin/engine/${door}`)) as object;
  expect(Object.keys(exported).sort()).toEqual(names);
});
