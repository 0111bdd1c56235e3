import {
  asType,
  BindingsFile,
  camelNames,
  Context,
  isFallibleConstructor,
  roleOf,
} from '@wasm-plugin/as/bindings';
import type { WitFunction, WitInterface, WitResource, WitWorld } from '@wasm-plugin/as';
import { Conversions } from './conversions.js';

/**
 * Writes a plugin that passes on its arguments: each exported function calls the imported one of the same name. An exported
 * resource holds one of the host's. A function that is not imported too traps.
 */
export function proxyGuest(world: WitWorld): Record<string, string> {
  const guest = new Guest(world);
  return guest.files();
}

class GuestWriter extends BindingsFile {
  readonly #paths = new Map<string, string>();

  override ref(file: string, name: string): string {
    if (file === this.file) return name;
    // Not through the entry file, which imports this one.
    const [space, item] = name.split('.');
    if (file === '..' && item !== undefined) return this.ref(`/${space}-impl`, item);
    const alias = file === '..' ? 'guest' : `$${file.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
    this.#paths.set(
      alias,
      file === '..' ? './index' : file.startsWith('/') ? `.${file}` : `./bindings/${file}`,
    );
    return `${alias}.${name}`;
  }

  imports(): string {
    return [...this.#paths].map(([alias, path]) => `import * as ${alias} from '${path}';\n`).join('');
  }
}

class Guest {
  readonly #context: Context;
  readonly #world: WitWorld;
  readonly #convert: GuestWriter;
  readonly #conversions: Conversions;

  constructor(world: WitWorld) {
    this.#world = world;
    this.#context = new Context(world);
    this.#convert = new GuestWriter('/convert', this.#context);
    this.#conversions = new Conversions(this.#convert);
  }

  files(): Record<string, string> {
    const { exports, rootExports, rootImports, imports } = this.#world;
    const files: Record<string, string> = {};
    const spaces = exports.map((owner) => {
      const space = this.#context.namespaceOf(owner);
      files[`assembly/${space}-impl.ts`] = this.#interface(
        owner,
        imports.find(({ name }) => name === owner.name),
      );
      return space;
    });
    const root = new GuestWriter('/index', this.#context);
    const functions = rootExports.functions.map((func) =>
      this.#function(root, rootExports, { func, host: rootImports }),
    );
    files['assembly/index.ts'] =
      spaces.map((space) => `import * as ${space} from './${space}-impl';\nexport { ${space} };\n`).join('') +
      root.imports() +
      functions.join('');
    const text = this.#conversions.text();
    files['assembly/convert.ts'] = this.#convert.imports() + text;
    return files;
  }

  #interface(owner: WitInterface, host: WitInterface | undefined): string {
    const writer = new GuestWriter(`/${this.#context.namespaceOf(owner)}-impl`, this.#context);
    const blocks = owner.types.flatMap((type) =>
      type.kind === 'resource' ? [this.#class(writer, type, host)] : [],
    );
    for (const func of owner.functions) {
      if (roleOf(func).kind === 'function') blocks.push(this.#function(writer, owner, { func, host }));
    }
    return writer.imports() + blocks.join('');
  }

  #class(writer: GuestWriter, resource: WitResource, host: WitInterface | undefined): string {
    const { owner } = resource;
    const name = this.#context.typeName(resource);
    const base = writer.ref(this.#context.fileOf(owner), this.#context.namesOf(owner).derived(resource));
    const twin = host?.types.find(
      (type): type is WitResource => type.kind === 'resource' && type.name === resource.name,
    );
    const inner = twin && asType(writer, { kind: 'own', resource: twin });
    const members = owner.functions.flatMap((func) => {
      const role = roleOf(func);
      return role.kind !== 'function' && role.resource === resource.name
        ? [this.#member(writer, { func, owner, host, inner: inner ?? 'void' })]
        : [];
    });
    const field = inner === undefined ? '' : `  inner$: ${inner} | null = null;\n`;
    const dropped =
      inner === undefined
        ? ''
        : `  dropped(): void {\n    const inner = this.inner$;\n    if (inner !== null) inner.drop();\n  }\n`;
    return `export class ${name} extends ${base} {\n${field}${dropped}${members.join('')}}\n`;
  }

  #member(
    writer: GuestWriter,
    {
      func,
      owner,
      host,
      inner,
    }: { func: WitFunction; owner: WitInterface; host: WitInterface | undefined; inner: string },
  ): string {
    const role = roleOf(func);
    const isConstructor = role.kind === 'constructor' && !isFallibleConstructor(func);
    const twin = host?.functions.find(({ name }) => name === func.name);
    const params = role.kind === 'method' ? func.params.slice(1) : func.params;
    const names = camelNames(params.map(({ name }) => name)).map((name) => `${name}$`);
    const declared = params.map(({ type }, i) => `${names[i]}: ${asType(writer, type)}`).join(', ');
    const offset = func.params.length - params.length;
    const args = params.map(({ type }, i) =>
      twin === undefined
        ? ''
        : this.#conversions.call(writer, { from: type, to: twin.params[i + offset]!.type, value: names[i]! }),
    );
    if (isConstructor) {
      const body = twin === undefined ? 'unreachable();' : `this.inner$ = new ${inner}(${args.join(', ')});`;
      return `  constructor(${declared}) {\n    super();\n    ${body}\n  }\n`;
    }
    const name = this.#context.namesOf(owner).function(func);
    const result = func.result ? asType(writer, func.result) : 'void';
    const target = role.kind === 'method' ? 'this.inner$!' : inner;
    const twinName = twin && this.#context.namesOf(host!).function(twin);
    const body = this.#body(writer, { func, twin, call: `${target}.${twinName}(${args.join(', ')})` });
    return `  ${role.kind === 'method' ? '' : 'static '}${name}(${declared}): ${result} {\n    ${body}\n  }\n`;
  }

  #function(
    writer: GuestWriter,
    owner: WitInterface,
    { func, host }: { func: WitFunction; host: WitInterface | undefined },
  ): string {
    const twin = host?.functions.find(({ name }) => name === func.name);
    const names = camelNames(func.params.map(({ name }) => name)).map((name) => `${name}$`);
    const declared = func.params.map(({ type }, i) => `${names[i]}: ${asType(writer, type)}`).join(', ');
    const result = func.result ? asType(writer, func.result) : 'void';
    const args = func.params.map(({ type }, i) =>
      twin === undefined
        ? ''
        : this.#conversions.call(writer, { from: type, to: twin.params[i]!.type, value: names[i]! }),
    );
    const call =
      twin &&
      `${writer.ref(this.#context.fileOf(host!), this.#context.namesOf(host!).function(twin))}(${args.join(', ')})`;
    const body = this.#body(writer, { func, twin, call: call ?? '' });
    return `export function ${this.#context.namesOf(owner).function(func)}(${declared}): ${result} {\n  ${body}\n}\n`;
  }

  #body(
    writer: GuestWriter,
    { func, twin, call }: { func: WitFunction; twin: WitFunction | undefined; call: string },
  ): string {
    if (twin === undefined) return func.result === undefined ? 'unreachable();' : `return unreachable();`;
    if (func.result === undefined) return `${call};`;
    return `return ${this.#conversions.call(writer, { from: twin.result!, to: func.result, value: call })};`;
  }
}
