import {
  elementsFrom,
  objectFrom,
  liftBorrow,
  liftOwn,
  lowerBorrow,
  lowerOwn,
  hostMember,
  isInherited,
} from '../values/index.js';
import { layoutOf, type FlatType } from '../../component/index.js';
import { camelCase } from '../names.js';
import type { RecordField, ValueType } from '../types.js';
import { emitOffset } from './emit-flat.js';
import { emitRecord } from './emit-record.js';
import { liftScalar, loadScalar, lowerScalar, place } from './emit-scalar.js';
import { liftSequence, lowerSequence } from './emit-sequence.js';
import { liftVariant, loadVariant, lowerVariant, storeVariant } from './emit-variant.js';
import type { Emitter, ValueEmitters } from './emitter.js';

/** Functions with streams and futures get no generated code: see `shapeOf`. */
function composedOnly(kind: string): Error {
  return new Error(`no code is generated for a ${kind}`);
}

function emitLower(e: Emitter, type: ValueType, v: string): string[] {
  switch (type.kind) {
    case 'string':
    case 'list':
    case 'map':
      return lowerSequence(e, type, v);
    case 'record':
      return checkedFields(e, type.fields, v).flatMap(([field, value]) => emitLower(e, field, value));
    case 'tuple':
      return checkedElements(e, type.elements, v).flatMap(([element, value]) => emitLower(e, element, value));
    case 'flags':
      return [emitFlagBits(e, type.names, v)];
    case 'own':
      return [e.bind(`${e.constant(lowerOwn)}(cx, ${e.resource(type.resource)}, ${v})`)];
    case 'borrow':
      return [e.bind(`${e.constant(lowerBorrow)}(cx, ${e.resource(type.resource)}, ${v})`)];
    case 'stream':
    case 'future':
      throw composedOnly(type.kind);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      return lowerVariant(e, type, v);
    default:
      return [lowerScalar(e, type.kind, v)];
  }
}

function emitLift(e: Emitter, type: ValueType, flats: readonly string[]): string {
  const [first = '', second = ''] = flats;
  switch (type.kind) {
    case 'string':
    case 'list':
    case 'map':
      return liftSequence(e, type, `(${first} >>> 0)`, `(${second} >>> 0)`);
    case 'record':
      return emitRecord(
        e,
        type.fields,
        liftEach(
          e,
          type.fields.map((field) => field.type),
          flats,
        ),
      );
    case 'tuple':
      return e.bind(`[${liftEach(e, type.elements, flats).join(', ')}]`);
    case 'flags':
      return emitFlags(e, type.names, first);
    case 'own':
      return e.bind(`${e.constant(liftOwn)}(cx, ${e.resource(type.resource)}, ${first})`);
    case 'borrow':
      return e.bind(`${e.constant(liftBorrow)}(cx, ${e.resource(type.resource)}, ${first})`);
    case 'stream':
    case 'future':
      throw composedOnly(type.kind);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      return liftVariant(e, type, flats);
    default:
      return e.bind(liftScalar(e, type.kind, first));
  }
}

function liftEach(e: Emitter, types: readonly ValueType[], flats: readonly string[]): string[] {
  let position = 0;
  return types.map((type) => {
    const count = (layoutOf(type).flat as readonly FlatType[]).length;
    position += count;
    return emitLift(e, type, flats.slice(position - count, position));
  });
}

function emitStore(e: Emitter, type: ValueType, v: string, pointer: string): void {
  switch (type.kind) {
    case 'string':
    case 'list':
    case 'map': {
      const [data, length] = lowerSequence(e, type, v);
      e.line(`m.u32[${pointer} >>> 2] = ${data}; m.u32[(${pointer} >>> 2) + 1] = ${length};`);
      return;
    }
    case 'record':
      storeFields(e, checkedFields(e, type.fields, v), layoutOf(type).offsets, pointer);
      return;
    case 'tuple':
      storeFields(e, checkedElements(e, type.elements, v), layoutOf(type).offsets, pointer);
      return;
    case 'flags': {
      const kind = (['u8', 'u16', 'u32'] as const)[layoutOf(type).size >> 1] as 'u8';
      const bits = emitFlagBits(e, type.names, v);
      e.line(`${place(kind, pointer)} = ${bits};`);
      return;
    }
    case 'own':
    case 'borrow': {
      const [handle] = emitLower(e, type, v);
      e.line(`${place('u32', pointer)} = ${handle};`);
      return;
    }
    case 'stream':
    case 'future':
      throw composedOnly(type.kind);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      storeVariant(e, type, v, pointer);
      return;
    default: {
      const value = lowerScalar(e, type.kind, v);
      e.line(`${place(type.kind, pointer)} = ${value};`);
    }
  }
}

function storeFields(
  e: Emitter,
  fields: [ValueType, string][],
  offsets: readonly number[],
  pointer: string,
): void {
  fields.forEach(([type, value], index) =>
    emitStore(e, type, value, emitOffset(e, pointer, offsets[index] as number)),
  );
}

function emitLoad(e: Emitter, type: ValueType, pointer: string): string {
  switch (type.kind) {
    case 'string':
    case 'list':
    case 'map':
      return liftSequence(e, type, `m.u32[${pointer} >>> 2]`, `m.u32[(${pointer} >>> 2) + 1]`);
    case 'record':
      return emitRecord(
        e,
        type.fields,
        loadEach(
          e,
          type.fields.map((field) => field.type),
          layoutOf(type).offsets,
          pointer,
        ),
      );
    case 'tuple':
      return e.bind(`[${loadEach(e, type.elements, layoutOf(type).offsets, pointer).join(', ')}]`);
    case 'flags': {
      const kind = (['u8', 'u16', 'u32'] as const)[layoutOf(type).size >> 1] as 'u8';
      return emitFlags(e, type.names, e.bind(place(kind, pointer)));
    }
    case 'own':
    case 'borrow':
      return emitLift(e, type, [place('u32', pointer)]);
    case 'stream':
    case 'future':
      throw composedOnly(type.kind);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      return loadVariant(e, type, pointer);
    default:
      return e.bind(loadScalar(e, type.kind, pointer));
  }
}

function loadEach(
  e: Emitter,
  types: readonly ValueType[],
  offsets: readonly number[],
  pointer: string,
): string[] {
  return types.map((type, index) => emitLoad(e, type, emitOffset(e, pointer, offsets[index] as number)));
}

function checkedFields(e: Emitter, fields: readonly RecordField[], v: string): [ValueType, string][] {
  e.line(`if (typeof ${v} !== 'object' || ${v} === null) ${e.constant(objectFrom)}(${v});`);
  return fields.map((field) => [field.type, e.bind(emitMember(e, v, field.name))]);
}

function emitMember(e: Emitter, v: string, name: string): string {
  const key = camelCase(name);
  if (isInherited(key)) return `${e.constant(hostMember)}(${v}, ${e.constant(key)})`;
  return `${v}[${e.constant(key)}]`;
}

function checkedElements(e: Emitter, elements: readonly ValueType[], v: string): [ValueType, string][] {
  e.line(`${e.constant(elementsFrom)}(${v}, ${elements.length});`);
  return elements.map((element, index) => [element, e.bind(`${v}[${index}]`)]);
}

function emitFlagBits(e: Emitter, names: readonly string[], v: string): string {
  e.line(`if (typeof ${v} !== 'object' || ${v} === null) ${e.constant(objectFrom)}(${v});`);
  const bits = names.map((name, index) => `(${emitMember(e, v, name)} ? ${1 << index} : 0)`);
  return e.bind(bits.join(' | '));
}

function emitFlags(e: Emitter, names: readonly string[], bits: string): string {
  const fields = names.map((name) => ({ name, type: { kind: 'bool' } as const }));
  return emitRecord(
    e,
    fields,
    names.map((_, index) => `(${bits} & ${1 << index}) !== 0`),
  );
}

/** The emitters of the code that moves values of each type. */
export const VALUE_EMITTERS: ValueEmitters = {
  lower: emitLower,
  lift: emitLift,
  store: emitStore,
  load: emitLoad,
};
