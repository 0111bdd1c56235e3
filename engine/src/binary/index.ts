export { ByteReader, type ByteReaderOptions, type ItemBudget } from './reader.js';
export { ByteWriter } from './writer.js';
