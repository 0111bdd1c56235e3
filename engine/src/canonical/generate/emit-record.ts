import { camelCase } from '../names.js';
import type { RecordField } from '../types.js';
import type { Emitter } from './emitter.js';

/** Records are built by a constructor of their own: as fast as a literal, with no name in the text. */
export function emitRecord(e: Emitter, fields: readonly RecordField[], values: readonly string[]): string {
  return e.bind(`new ${e.constant(recordConstructorKey(fields))}(${values.join(', ')})`);
}

let serial = 0;
const constructors = new Map<string, unknown>();

function recordConstructorKey(fields: readonly RecordField[]): unknown {
  const keys = fields.map((field) => camelCase(field.name));
  const id = keys.join(' ');
  let made = constructors.get(id);
  if (made === undefined) {
    if (constructors.size >= 4096) constructors.clear();
    constructors.set(id, (made = makeRecordConstructor(keys)));
  }
  return made;
}

function makeRecordConstructor(keys: readonly string[]): unknown {
  const names = keys.map((_, index) => `k${index}`);
  const values = keys.map((_, index) => `v${index}`);
  const assigned = keys.map((_, index) => `this[k${index}] = v${index};`);
  const nonce = `/* ${serial++} */`; // equal texts would share their type feedback
  const text = `const [${names.join(', ')}] = k; function R(${values.join(', ')}) { ${assigned.join(' ')} } R.prototype = Object.prototype; return R;`;
  // oxlint-disable-next-line no-new-func -- the text holds numbers only; see Emitter
  return (new Function('k', `'use strict'; ${nonce} ${text}`) as (k: readonly string[]) => unknown)(keys);
}
