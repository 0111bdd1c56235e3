import { layoutOf, recordLayout } from '@wasm-plugin/engine/component';
import type { WitFunction, WitInterface, WitNamed, WitResource } from '../world/index.js';
import { asType } from './as-type.js';
import { RUNTIME_FILE, WIT_FILE, type BindingsFile, type Context } from './context.js';
import { declareType } from './declare-type.js';
import { lift } from './lift.js';
import { load } from './load.js';
import { lower } from './lower.js';
import { camelNames } from './names.js';
import { isFallibleConstructor, roleOf, signatureOf } from './signature.js';
import { store } from './store.js';

/** Writes the file of an imported interface: its types, functions and resources. */
export function bindImports(context: Context, imported: WitInterface): void {
  const writer = context.module(context.fileOf(imported));
  for (const type of imported.types) {
    if (type.kind === 'resource') writer.add(resourceClass(writer, imported, type));
    else declareType(writer, type);
  }
  for (const func of imported.functions) {
    const role = roleOf(func);
    if (role.kind !== 'function') continue;
    const { params, result, body } = callImport(writer, imported, func);
    const name = context.namesOf(imported).function(func);
    writer.add(
      `${context.doc(imported, func.name)}export function ${name}(${params}): ${result} {\n${body('  ')}}\n`,
    );
  }
}

function resourceClass(writer: BindingsFile, imported: WitInterface, resource: WitResource): string {
  const { context } = writer;
  const name = context.typeName(resource);
  const members = imported.functions.flatMap((func) => {
    const role = roleOf(func);
    if (role.kind === 'function' || role.resource !== resource.name) return [];
    const { params, result, body } = callImport(writer, imported, func);
    const doc = context.doc(imported, func.name, { indent: '  ' });
    if (role.kind === 'constructor' && !isFallibleConstructor(func))
      return [`\n${doc}  constructor(${params}) {\n    super();\n${body('    ')}  }\n`];
    const prefix = role.kind === 'method' ? '' : 'static ';
    return [
      `\n${doc}  ${prefix}${context.namesOf(imported).function(func)}(${params}): ${result} {\n${body('    ')}  }\n`,
    ];
  });
  const drop = `drop$${name}`;
  writer.add(externalFunction(imported.name, `[resource-drop]${resource.name}`, drop, 'handle: i32', 'void'));
  return `${context.doc(imported, resource.name)}export class ${name} extends ${writer.ref(WIT_FILE, 'Resource')} {${members.join('')}
  drop(): void {
    const handle = this.give();
    if (handle) ${drop}(handle);
  }
}
`;
}

/** Declares the core function of an import; gives the parts of the function that calls it. */
function callImport(
  writer: BindingsFile,
  imported: WitInterface,
  func: WitFunction,
): { params: string; result: string; body: (indent: string) => string } {
  const { context } = writer;
  const role = roleOf(func);
  const signature = signatureOf(func);
  const external = context.fresh('import$');
  const core = [...signature.params, ...(signature.spillsResult ? ['i32'] : [])];
  const declared = core.map((flat, i) => `a${i}: ${flat}`).join(', ');
  writer.add(externalFunction(imported.name, func.name, external, declared, signature.result ?? 'void'));

  const self = role.kind === 'method' ? 1 : 0;
  const names = camelNames(func.params.slice(self).map(({ name }) => name));
  const args = func.params.map((param, i) => ({ ...param, name: i < self ? 'this' : names[i - self]! }));
  const lines: string[] = [];
  const passed = signature.spillsParams ? spill(writer, args, lines) : flat(writer, args, lines);
  if (signature.spillsResult) {
    const { size, align } = layoutOf(func.result!);
    lines.push(`const result$ = memory.data(${size}, ${align});`);
    passed.push('<i32>result$');
  }
  const call = `${external}(${passed.join(', ')})`;
  if (role.kind === 'constructor' && !isFallibleConstructor(func)) lines.push(`this.handle = ${call};`);
  else if (signature.spillsResult) lines.push(`${call};`, `return ${load(writer, func.result!, 'result$')};`);
  else if (func.result) lines.push(`return ${lift(writer, func.result, [call])};`);
  else lines.push(`${call};`);

  return {
    params: args
      .slice(self)
      .map(({ name, type }) => `${name}: ${asType(writer, type)}`)
      .join(', '),
    result: func.result ? asType(writer, func.result) : 'void',
    body: (indent) => lines.map((line) => `${indent}${line}\n`).join(''),
  };
}

function flat(writer: BindingsFile, args: WitNamed[], lines: string[]): string[] {
  const all = signatureOf({ name: '', params: args, result: undefined }).params.map((type, i) => ({
    type,
    name: `f$${i}`,
  }));
  const targets = all.map(({ name }) => name);
  lines.push(...all.map(({ name, type }) => `let ${name}: ${type} = 0;`));
  for (const { name, type } of args) lines.push(...lower(writer, type, { value: name, targets }));
  return all.map(({ name }) => name);
}

function spill(writer: BindingsFile, args: WitNamed[], lines: string[]): string[] {
  const { offsets, size } = recordLayout(args.map(({ type }) => layoutOf(type)));
  lines.push(`const params$ = ${writer.ref(RUNTIME_FILE, 'allocate')}(${size});`);
  for (const [i, { name, type }] of args.entries()) {
    lines.push(store(writer, type, { at: `params$ + ${offsets[i]}`, value: name }));
  }
  return ['<i32>params$'];
}

function externalFunction(
  module: string,
  name: string,
  local: string,
  params: string,
  result: string,
): string {
  return `// @ts-ignore: decorator
@external("${module}", "${name}")
declare function ${local}(${params}): ${result};
`;
}
