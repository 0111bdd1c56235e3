import type { ValueType } from '../types.js';
import type { Codec } from './codec.js';
import { endCodec } from './end-codec.js';
import { flagsCodec } from './flags-codec.js';
import { recordCodec, tupleCodec } from './record-codecs.js';
import { handleCodec } from './resource-codecs.js';
import { SCALAR_CODECS } from './scalar-codecs.js';
import { listCodec, mapCodec, STRING_CODEC } from './sequence-codecs.js';
import { variantCodec } from './variant-codecs.js';

const codecs = new WeakMap<ValueType, Codec>();

/** Returns the codec of a value type; each node of a type has one. */
export function codecOf(type: ValueType): Codec {
  let codec = codecs.get(type);
  if (codec === undefined) codecs.set(type, (codec = makeCodec(type)));
  return codec;
}

function makeCodec(type: ValueType): Codec {
  switch (type.kind) {
    case 'string':
      return STRING_CODEC;
    case 'list':
      return listCodec(type.element, codecOf);
    case 'map':
      return mapCodec(type, codecOf);
    case 'record':
      return recordCodec(type, type.fields, codecOf);
    case 'tuple':
      return tupleCodec(type, type.elements, codecOf);
    case 'flags':
      return flagsCodec(type, type.names);
    case 'stream':
    case 'future':
      return endCodec(type);
    case 'own':
    case 'borrow':
      return handleCodec(type.kind, type.resource);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      return variantCodec(type, codecOf);
    default:
      return SCALAR_CODECS[type.kind];
  }
}
