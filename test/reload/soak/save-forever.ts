import { writeSync } from 'node:fs';
import { createFileStore } from '@wasm-plugin/engine/reload';
import { stateOf } from './saved-number.js';

/** `save-forever FOLDER NUMBER`: saves states from that number on, and writes each number once its save is acknowledged. */
const [folder, first] = process.argv.slice(2) as [string, string];
const store = createFileStore(folder);
for (let number = Number(first); ; number++) {
  await store.save(stateOf(number));
  writeSync(1, `${number}\n`);
}
