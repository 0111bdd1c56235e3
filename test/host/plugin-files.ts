import { memoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { EMPTY } from './components.js';

/** Makes a plugin in memory. */
export function pluginFiles(id: string, manifest: object = {}, wasm: Uint8Array = EMPTY): PluginFiles {
  const whole = {
    id,
    name: id,
    version: '1.0.0',
    world: 'acme:math/plugin',
    entry: 'plugin.wasm',
    ...manifest,
  };
  const source = `${id}-${whole.version}`;
  return memoryFiles({ 'plugin.json': JSON.stringify(whole), 'plugin.wasm': wasm }, source);
}
