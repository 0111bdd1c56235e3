export { ByteReader, type ByteReaderOptions } from './reader.js';
export { ByteWriter } from './writer.js';
