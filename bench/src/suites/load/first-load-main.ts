import { readFileSync } from 'node:fs';
import { createEngine } from '@wasm-plugin/engine';
import { monotonicClock } from '../../harness/index.js';
import { AUDIO_HOST } from './subjects.js';

/** Loads the component in a file and prints the time in nanoseconds. */
const bytes = new Uint8Array(readFileSync(process.argv[2] as string));
const start = monotonicClock();
const plugin = await createEngine({ imports: AUDIO_HOST }).load(bytes);
plugin.instantiate();
process.stdout.write(String(monotonicClock() - start));
