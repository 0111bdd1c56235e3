import { readFileSync } from 'node:fs';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { encodeModules, listScripts, readScriptFile } from '../conformance/suite/index.js';
import { CachedWatEncoder, projectFolder, readScript } from '../wast/index.js';
import { shrink } from './shrink.js';

const GUESTS = ['plugins-rust/build/values', 'plugins-rust/build/types', 'plugins-as/build/eq'];

/** Gathers the components that are mutated: the guests, emptied, and those of the conformance scripts. */
export async function gatherCorpus(): Promise<Uint8Array[]> {
  const guests = GUESTS.map((name) => shrink(readFileSync(new URL(`${name}.wasm`, projectFolder()))));
  const scripts = await scriptComponents();
  const sound = scripts.filter(isSound);
  // Most forms of the scripts are refused unchanged; accepted ones lead further in.
  return [...Array.from({ length: 30 }, () => guests).flat(), ...sound, ...sound, ...scripts];
}

function isSound(bytes: Uint8Array): boolean {
  try {
    validateComponent(decodeComponent(bytes));
    return true;
  } catch {
    return false;
  }
}

async function scriptComponents(): Promise<Uint8Array[]> {
  const encoder = new CachedWatEncoder();
  try {
    const found: Uint8Array[] = [];
    for (const name of await listScripts('component')) {
      const directives = readScript((await readScriptFile('component', name)).text);
      const bytesOf = await encodeModules(directives, encoder);
      for (const directive of directives) {
        if (!('source' in directive) || directive.source.kind !== 'component') continue;
        const encoded = bytesOf(directive.source);
        if ('bytes' in encoded && encoded.bytes.length > 8) found.push(encoded.bytes);
      }
    }
    return found;
  } finally {
    await encoder.close();
  }
}
