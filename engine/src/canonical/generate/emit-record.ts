import { camelCase } from '../names.js';
import type { RecordField } from '../types.js';
import type { Emitter } from './emitter.js';

/**
 * Emits the making of a record. Its names are constants, so the text holds none of them; assigned one after the other to
 * an object that has room for them all, they cost as much as in a literal.
 */
export function emitRecord(e: Emitter, fields: readonly RecordField[], values: readonly string[]): string {
  const record = e.bind(`new ${e.constant(roomFor(fields.length))}()`);
  fields.forEach((field, index) => {
    e.line(`${record}[${e.constant(camelCase(field.name))}] = ${values[index]};`);
  });
  return record;
}

const constructors: (new () => object)[] = [];

/**
 * Returns a constructor of plain objects with room for `count` fields: V8 reserves it for the assignments that it sees in
 * the text of a constructor, whether they are reached or not.
 */
function roomFor(count: number): new () => object {
  const known = constructors[count];
  if (known !== undefined) return known;
  const room = Array.from({ length: count }, (_, index) => `this.p${index} = 0;`).join(' ');
  const text = `function Record() { return; ${room} } Record.prototype = Object.prototype; return Record;`;
  // oxlint-disable-next-line no-new-func -- the text holds numbers only; see Emitter
  const made = (new Function(`'use strict'; ${text}`) as () => new () => object)();
  constructors[count] = made;
  return made;
}
