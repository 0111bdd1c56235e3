import { layoutOf, recordLayout } from '@wasm-plugin/engine/component';
import type { WitFunction, WitInterface, WitResource } from '../world/index.js';
import { resourceType } from './as-type.js';
import { ABORT_FILE, EXPORTS_FILE, GUEST_FILE, RUNTIME_FILE, WIT_FILE, type Context } from './context.js';
import { declareType } from './declare-type.js';
import { exportedResourceFunction } from './handles.js';
import { lift } from './lift.js';
import { load } from './load.js';
import { lower } from './lower.js';
import { isFallibleConstructor, roleOf, signatureOf } from './signature.js';
import { store } from './store.js';

/** Names that a component needs its core module to export, and the functions of `exports.ts` that they are. */
export type ExportNames = Map<string, string>;

const POST_RETURN = 'postReturn';

/** Globals in which the engine finds the text of an `abort`, by the names that it knows them by. */
const ABORT_MESSAGE = {
  'wasm-plugin:abort-message': 'abortMessage',
  'wasm-plugin:abort-message-units': 'abortMessageUnits',
};

/** Writes the types of an exported interface, and into `exports.ts` the functions that the host calls. */
export function bindExports(context: Context, exported: WitInterface, names: ExportNames): void {
  for (const type of exported.types) {
    if (type.kind === 'resource') bindResource(context, type, names);
    else declareType(context.module(context.fileOf(exported)), type);
  }
  for (const func of exported.functions) {
    const name = exported.name === '' ? func.name : `${exported.name}#${func.name}`;
    names.set(name, bindFunction(context, exported, func));
    if (signatureOf(func).spillsResult) names.set(`cabi_post_${name}`, POST_RETURN);
  }
}

/** Writes the part of `exports.ts` that is equal for every plugin. */
export function bindRuntime(context: Context, names: ExportNames): void {
  const writer = context.module(EXPORTS_FILE);
  names.set('cabi_realloc', 'cabi_realloc');
  for (const [name, local] of Object.entries(ABORT_MESSAGE)) names.set(name, local);
  writer.add(`export { ${Object.values(ABORT_MESSAGE).join(', ')} } from './${ABORT_FILE}';
export { cabi_realloc, ${POST_RETURN} } from './${RUNTIME_FILE}';
`);
}

/** A class for the plugin's class to extend, and the destructor. */
function bindResource(context: Context, resource: WitResource, names: ExportNames): void {
  const { owner } = resource;
  const file = context.module(context.fileOf(owner));
  const drop = file.ref('abi', exportedResourceFunction(context, { kind: 'own', resource }, 'drop'));
  const base = file.ref(WIT_FILE, 'ExportedResource');
  const more = `The base of the plugin's class \`${context.typeName(resource)}\`.`;
  file.add(`${context.doc(owner, resource.name, { more })}export abstract class ${context.namesOf(owner).derived(resource)} extends ${base} {
  drop(): void {
    const handle = this.give();
    if (handle) ${drop}(handle);
  }
}
`);
  const writer = context.module(EXPORTS_FILE);
  const local = context.fresh('destructor');
  writer.add(`export function ${local}(object: i32): void {
  changetype<${resourceType(writer, resource)}>(<usize>object).dropped();
  __unpin(<usize>object);
}
`);
  names.set(`${owner.name}#[dtor]${resource.name}`, local);
}

/** Writes the function that the host calls; gives its name. */
function bindFunction(context: Context, exported: WitInterface, func: WitFunction): string {
  const writer = context.module(EXPORTS_FILE);
  const local = context.fresh('export');
  const signature = signatureOf(func);
  const params = signature.params.map((flat, i) => `a${i}: ${flat}`);
  const flats = params.map((_, i) => `a${i}`);
  const { offsets } = recordLayout(func.params.map(({ type }) => layoutOf(type)));
  const args = func.params.map(({ type }, i) => {
    if (signature.spillsParams) return load(writer, type, `<usize>a0 + ${offsets[i]}`);
    return lift(writer, type, flats);
  });
  // Each argument is lifted before the call, in order.
  const lines = args.map((arg, i) => `const arg${i} = ${arg};`);
  const call = callGuest(context, exported, func);
  lines.push(func.result ? `const result = ${call};` : `${call};`);
  if (func.params.some(({ type }) => layoutOf(type).borrows))
    lines.push(`${writer.ref(RUNTIME_FILE, 'dropLent')}();`);
  lines.push(...lowerResult(context, func));
  const result = signature.spillsResult ? 'i32' : (signature.result ?? 'void');
  writer.add(
    `export function ${local}(${params.join(', ')}): ${result} {\n${lines.map((l) => `  ${l}\n`).join('')}}\n`,
  );
  return local;
}

function lowerResult(context: Context, func: WitFunction): string[] {
  const writer = context.module(EXPORTS_FILE);
  const finish = `${writer.ref(RUNTIME_FILE, 'finish')}();`;
  const { result } = func;
  if (result === undefined) return [finish];
  const signature = signatureOf(func);
  if (signature.spillsResult) {
    return [
      `const at = memory.data(${layoutOf(result).size}, ${layoutOf(result).align});`,
      store(writer, result, { at: 'at', value: 'result' }),
      'return <i32>at;',
    ];
  }
  // An empty record or tuple is no value at all.
  if (signature.result === undefined) return [finish];
  const lowered = lower(writer, result, { value: 'result', targets: ['lowered'] });
  return [`let lowered: ${signature.result} = 0;`, ...lowered, finish, 'return lowered;'];
}

/** The call of the plugin's own function: `guest.processor.describe(…)`, or of a method of its class. */
function callGuest(context: Context, exported: WitInterface, func: WitFunction): string {
  const writer = context.module(EXPORTS_FILE);
  const space = exported.name === '' ? '' : `${context.namespaceOf(exported)}.`;
  const args = func.params.map((_, i) => `arg${i}`);
  const role = roleOf(func);
  const name = context.namesOf(exported).function(func);
  if (role.kind === 'function') return `${writer.ref(GUEST_FILE, `${space}${name}`)}(${args.join(', ')})`;
  const resource = exported.types.find((type) => type.name === role.resource)!;
  const type = writer.ref(GUEST_FILE, `${space}${context.typeName(resource)}`);
  if (role.kind === 'constructor' && !isFallibleConstructor(func)) return `new ${type}(${args.join(', ')})`;
  const on = role.kind === 'method' ? args.shift() : type;
  return `${on}.${name}(${args.join(', ')})`;
}
