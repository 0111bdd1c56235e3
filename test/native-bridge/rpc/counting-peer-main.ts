import { openSync, writeSync } from 'node:fs';
import { serveAt } from '@wasm-plugin/native-bridge';

/** A plugin that writes down the number of each call before it answers with the next one. */
const [socket = '', log = ''] = process.argv.slice(2);
const file = openSync(log, 'a');
const bytes = new Uint8Array(4);
await serveAt(`unix:${socket}`, {
  id: 'test.counting',
  version: '1.0.0',
  types: { 'test:counting/counting': { 'add-one': { params: [['number', 'u32']], result: 'u32' } } },
  exports: {
    'test:counting/counting': {
      addOne(number: number) {
        new DataView(bytes.buffer).setUint32(0, number, true);
        writeSync(file, bytes);
        return number + 1;
      },
    },
  },
});
console.log('ready');
