import type { Codec } from './codec.js';
import {
  enumCodec,
  flagsCodec,
  optionCodec,
  recordCodec,
  resultCodec,
  tupleCodec,
  variantCodec,
} from './compound-codecs.js';
import { listCodec, numberListCodec } from './list-codecs.js';
import { SCALARS } from './scalar-codecs.js';
import type { ValueType } from './value-type.js';

/** Makes the codecs of resources: the connection chooses the objects that stand for handles. */
export interface HandleCodecs {
  own(resource: string, imported: boolean): Codec;
  borrow(resource: string, imported: boolean): Codec;
}

const NO_HANDLES: HandleCodecs = { own: refuseHandles, borrow: refuseHandles };

function refuseHandles(resource: string): never {
  throw new TypeError(`Cannot carry the resource "${resource}": this carrier takes no resources`);
}

/**
 * Returns the codec of a type: the component model's value encoding as wRPC specifies it, with jco's values in JavaScript.
 * @throws {TypeError} the type has a resource and `handles` is left out
 */
export function codecFrom(type: ValueType, handles: HandleCodecs = NO_HANDLES): Codec {
  const from = (part: ValueType): Codec => codecFrom(part, handles);
  const maybe = (part: ValueType | undefined): Codec | undefined =>
    part === undefined ? undefined : from(part);
  if (typeof type === 'string') return SCALARS[type];
  if ('list' in type) return numberListCodec(type.list) ?? listCodec(from(type.list));
  if ('tuple' in type) return tupleCodec(type.tuple.map(from));
  if ('record' in type) return recordCodec(type.record.map(([name, part]) => [name, from(part)]));
  if ('option' in type) return optionCodec(from(type.option), isOption(type.option));
  if ('result' in type) return resultCodec(maybe(type.result.ok), maybe(type.result.err));
  if ('variant' in type) return variantCodec(type.variant.map(([name, part]) => [name, maybe(part)]));
  if ('enum' in type) return enumCodec(type.enum);
  if ('flags' in type) return flagsCodec(type.flags);
  if ('own' in type) return handles.own(type.own, type.imported === true);
  return handles.borrow(type.borrow, type.imported === true);
}

function isOption(type: ValueType): boolean {
  return typeof type === 'object' && 'option' in type;
}
