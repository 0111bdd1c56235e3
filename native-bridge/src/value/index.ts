export { ByteReader, malformed } from './byte-reader.js';
export { ByteWriter } from './byte-writer.js';
export { codecFrom, type HandleCodecs } from './codec-from.js';
export { misfit, type Codec } from './codec.js';
export { typedArrayFor, type TypedArrayClass } from './list-codecs.js';
export {
  camelCase,
  className,
  functionName,
  memberKey,
  type Case,
  type Field,
  type FunctionName,
  type FunctionType,
  type InterfaceType,
  type Scalar,
  type ValueType,
} from './value-type.js';
