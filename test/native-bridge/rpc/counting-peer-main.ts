import { openSync, readFileSync, writeSync } from 'node:fs';
import { serveAt } from '@wasm-plugin/native-bridge';

/** A plugin that writes down the number of each call before it answers with the next one; with three PEM files for `tls:`. */
const [address = '', log = '', ...pem] = process.argv.slice(2);
const [cert, key, ca] = pem.map((path) => readFileSync(path));
const file = openSync(log, 'a');
const bytes = new Uint8Array(4);
const server = await serveAt(
  address,
  {
    id: 'test.counting',
    version: '1.0.0',
    types: {
      'test:counting/counting': {
        'add-one': { params: [['number', 'u32']], result: 'u32' },
        echo: { params: [['bytes', { list: 'u8' }]], result: { list: 'u8' } },
      },
    },
    exports: {
      'test:counting/counting': {
        addOne(number: number) {
          new DataView(bytes.buffer).setUint32(0, number, true);
          writeSync(file, bytes);
          return number + 1;
        },
        echo: (given: Uint8Array) => given,
      },
    },
  },
  cert === undefined || key === undefined || ca === undefined ? {} : { tls: { cert, key, ca } },
);
console.log(server.address);
