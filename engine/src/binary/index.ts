export { ByteReader, type ByteReaderOptions } from './reader.js';
