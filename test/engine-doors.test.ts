import * as host from '@wasm-plugin/engine/host';
import * as reload from '@wasm-plugin/engine/reload';
import { describe, expect, it } from 'vitest';

/** What is there beside types. */
const HOST = ['ENGINE_VERSION', 'createPluginHost', 'readPackage'];
const RELOAD = [
  'copyFields',
  'createFileStore',
  'createMemoryStore',
  'decodeEnvelope',
  'encodeEnvelope',
  'openReloadableLane',
  'watch',
];

describe.each([
  ['host', host, HOST],
  ['reload', reload, RELOAD],
])('@wasm-plugin/engine/%s', (_, door, names) => {
  it('exports what an embedder needs, and no mechanism', () => {
    expect(Object.keys(door).sort()).toEqual(names);
  });
});
