export { ByteReader } from './reader.js';
