import * as component from '@wasm-plugin/engine/component';
import * as host from '@wasm-plugin/engine/host';
import * as module from '@wasm-plugin/engine/module';
import * as reload from '@wasm-plugin/engine/reload';
import { describe, expect, it } from 'vitest';

/** Exports beside types. */
const HOST = ['ENGINE_VERSION', 'createPluginHost', 'readPackage'];
const COMPONENT = [
  'InterfaceNames',
  'camelCase',
  'classKey',
  'coreModulesOf',
  'decodeComponent',
  'describeValue',
  'layoutOf',
  'memberKey',
  'parseFunctionName',
  'pascalCase',
  'recordLayout',
  'validateComponent',
];
const MODULE = ['ByteReader', 'ByteWriter', 'decodeModule', 'encodeModule'];
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
  ['component', component, COMPONENT],
  ['host', host, HOST],
  ['module', module, MODULE],
  ['reload', reload, RELOAD],
])('@wasm-plugin/engine/%s', (_, door, names) => {
  it('exports what an embedder needs, and no mechanism', () => {
    expect(Object.keys(door).sort()).toEqual(names);
  });
});
