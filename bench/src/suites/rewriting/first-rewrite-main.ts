import { readFileSync } from 'node:fs';
import { meterModule } from '@wasm-plugin/engine/meter';
import { monotonicClock } from '../../harness/index.js';

/** Rewrites the module in a file and prints the time in nanoseconds. */
const bytes = new Uint8Array(readFileSync(process.argv[2] as string));
const start = monotonicClock();
meterModule(bytes);
process.stdout.write(String(monotonicClock() - start));
