import { readFileSync } from 'node:fs';
import { createEngine } from '@wasm-plugin/engine';
import { monotonicClock, ProcessorWait } from '../../harness/index.js';
import { AUDIO_HOST } from './subjects.js';

/** Makes many instances of the component in a file, and prints the time, and the memory of each instance. */
const [path = '', count = ''] = process.argv.slice(2);
const plugin = await createEngine({ imports: AUDIO_HOST }).load(new Uint8Array(readFileSync(path)));
const kept = [plugin.instantiate()];
const before = await residentBytes();
const wait = new ProcessorWait();
const waited = wait.totalNs();
const start = monotonicClock();
while (kept.length <= Number(count)) kept.push(plugin.instantiate());
const wallNs = monotonicClock() - start;
const waitedNs = wait.totalNs() - waited;
const eachBytes = ((await residentBytes()) - before) / Number(count);
process.stdout.write(JSON.stringify({ wallNs, waitedNs, eachBytes }));
if (kept.some(({ state }) => state !== 'ready')) process.exitCode = 1;

/** Returns the resident memory of the process, after all collectable memory is collected. */
async function residentBytes(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return process.memoryUsage.rss();
}
