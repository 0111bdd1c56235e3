import { GuestError, PluginError } from '@wasm-plugin/abi';
import protobuf from 'protobufjs';
import type { FunctionType, InterfaceType, ValueType } from '../value/index.js';
import { partsOf, resultCases } from './compound-shapes.js';
import { pascalCase, serviceNameOf, type ServiceName } from './proto-names.js';
import { ProtoScope } from './proto-scope.js';
import { shapeOf, singleShape } from './shape-of.js';
import { ownField, type Shape } from './shape.js';

/** Input of `protoFiles`. */
export interface ProtoSource {
  /** The id of the plugin. */
  readonly id: string;
  /** Functions by full interface name; `""` for those of the world itself. */
  readonly types: Readonly<Record<string, InterfaceType>>;
  /**
   * Services of other makers by the interface that says the same, e.g. `{ 'acme:kv/kv': 'proto.KV' }`: the fields of their messages
   * have the numbers of the parameters. The error case of a result is a status there, not a field.
   */
  readonly services?: Readonly<Record<string, string>>;
}

/** A function as a method of a gRPC service. */
export interface ProtoMethod {
  readonly interface: string;
  readonly name: string;
  /** E.g. `/acme.counter.v1.Counting/Add`. */
  readonly path: string;
  encodeRequest(args: readonly unknown[]): Buffer;
  /** @throws {TypeError} an argument does not fit */
  decodeRequest(bytes: Uint8Array): unknown[];
  /**
   * Takes the function's result, or the error case that it threw.
   * @throws any other error of the function
   */
  encodeResponse(outcome: { value: unknown } | { thrown: unknown }): Buffer;
  /** @throws {GuestError} WP_GUEST it is the error case; {TypeError} it does not fit */
  decodeResponse(bytes: Uint8Array): unknown;
}

/** A world in protobuf. */
export interface ProtoFiles {
  /** The files by their names, e.g. `acme/counter/v1.proto`. */
  readonly files: Readonly<Record<string, string>>;
  readonly methods: readonly ProtoMethod[];
  /** Functions that protobuf cannot say, and why. */
  readonly leftOut: readonly string[];
}

/** A package that is being written. */
interface Package {
  readonly file: ProtoScope;
  readonly services: Map<string, ProtoScope>;
}

type Unbound = Omit<ProtoMethod, `${'en' | 'de'}code${string}`> & {
  request: string;
  response: string;
  params: readonly (readonly [name: string, shape: Shape])[];
  labels: readonly string[];
  result: ResultShape;
};

/**
 * Writes a world in protobuf: a package for each WIT package, a service for each interface, a method for each function. Numbers
 * follow the order in WIT, so that additions at the end change none.
 */
export function protoFiles({ id, types, services = {} }: ProtoSource): ProtoFiles {
  const packages = new Map<string, Package>();
  const unbound: Unbound[] = [];
  const leftOut: string[] = [];
  for (const [group, functions] of Object.entries(types)) {
    const foreign = services[group] ?? services[group.replace(/@.*$/s, '')];
    for (const [name, type] of Object.entries(functions)) {
      try {
        const place = foreign === undefined ? serviceNameOf(group, id) : foreignName(foreign);
        unbound.push(
          writeMethod({ group, name, type }, { place, packages, isForeign: foreign !== undefined }),
        );
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        leftOut.push(`${group === '' ? name : `${group}#${name}`}: ${error.message}`);
      }
    }
  }
  const files = Object.fromEntries(
    [...packages].map(([name, { file }]) => [
      `${name.replaceAll('.', '/')}.proto`,
      `${['syntax = "proto3";', '', `package ${name};`, '', ...file.lines()].join('\n')}\n`,
    ]),
  );
  const root = new protobuf.Root();
  for (const text of Object.values(files)) protobuf.parse(text, root, { keepCase: true });
  return { files, methods: unbound.map((method) => bind(method, root)), leftOut };
}

function foreignName(name: string): ServiceName {
  const at = name.lastIndexOf('.');
  if (!/^[\w.]+$/.test(name) || at < 1)
    throw new RangeError(`Cannot use the service "${name}": wanted a name such as "proto.KV"`);
  return { package: name.slice(0, at), service: name.slice(at + 1) };
}

interface Writing {
  place: ServiceName;
  packages: Map<string, Package>;
  isForeign: boolean;
}

function writeMethod(
  { group, name, type }: { group: string; name: string; type: FunctionType },
  { place, packages, isForeign }: Writing,
): Unbound {
  const method = pascalCase(name);
  const [request, response] = ['Request', 'Response'].map((end) => place.service + method + end) as [
    string,
    string,
  ];
  // Into a scope of its own first: a function that is left out leaves nothing behind.
  const scope = new ProtoScope();
  const params = partsOf(type.params, { scope: scope.message(request), maker: { shapeOf, singleShape } });
  const result = resultShape(type.result, { scope: scope.message(response), isForeign });
  let target = packages.get(place.package);
  if (target === undefined)
    packages.set(place.package, (target = { file: new ProtoScope(), services: new Map() }));
  let service = target.services.get(place.service);
  if (service === undefined)
    target.services.set(place.service, (service = target.file.block(`service ${place.service}`)));
  service.line(`rpc ${method}(${request}) returns (${response});`);
  target.file.append(scope);
  return {
    interface: group,
    name,
    path: `/${place.package}.${place.service}/${method}`,
    request: `${place.package}.${request}`,
    response: `${place.package}.${response}`,
    params,
    labels: type.params.map(([label]) => label),
    result,
  };
}

/** The way of a result into a response message and out of it. */
interface ResultShape {
  to(outcome: { value: unknown } | { thrown: unknown }): Record<string, unknown>;
  from(message: unknown): unknown;
}

function resultShape(
  type: ValueType | undefined,
  { scope, isForeign }: { scope: ProtoScope; isForeign: boolean },
): ResultShape {
  const fallible = typeof type === 'object' && 'result' in type ? type.result : undefined;
  if (fallible !== undefined && !isForeign) return fallibleShape(fallible, scope);
  const plain = fallible === undefined ? type : fallible.ok;
  const shape = plain === undefined ? undefined : shapeOf(plain, { scope, hint: 'Value' });
  if (shape !== undefined) scope.field({ name: 'value', number: 1, ...shape });
  return {
    to(outcome) {
      if ('thrown' in outcome) throw outcome.thrown;
      return shape === undefined ? {} : { value: shape.to(outcome.value, 'the result') };
    },
    from: (message) => shape?.from(ownField(message, 'value'), 'the result'),
  };
}

/** Makes a response with one of two fields: 1 the value, 2 the error. */
function fallibleShape(
  type: { readonly ok?: ValueType; readonly err?: ValueType },
  scope: ProtoScope,
): ResultShape {
  const cases = resultCases(type);
  if (cases.some(([, of]) => of === undefined)) scope.message('Nothing');
  const [ok, err] = cases.map(([name, of]) =>
    of === undefined ? undefined : singleShape(of, { scope, hint: pascalCase(name) }),
  );
  const oneof = scope.block('oneof result');
  oneof.field({ label: '', type: ok?.type ?? 'Nothing', name: 'ok', number: 1 });
  oneof.field({ label: '', type: err?.type ?? 'Nothing', name: 'err', number: 2 });
  return {
    to(outcome) {
      if ('value' in outcome) return { ok: ok === undefined ? {} : ok.to(outcome.value, 'the result') };
      if (!isErrorCase(outcome.thrown)) throw outcome.thrown;
      return { err: err === undefined ? {} : err.to(outcome.thrown.payload, 'the error of the result') };
    },
    from(message) {
      const failed = ownField(message, 'err');
      if (failed !== undefined) throw new GuestError(err?.from(failed, 'the error of the result'));
      const value = ownField(message, 'ok');
      if (value === undefined) throw new TypeError('Cannot read the result: it is neither "ok" nor "err"');
      return ok?.from(value, 'the result');
    },
  };
}

/** Returns true if a thrown value is the error case of a result. */
export function isErrorCase(thrown: unknown): thrown is { payload: unknown } {
  if (typeof thrown !== 'object' || thrown === null || !('payload' in thrown)) return false;
  return !PluginError.is(thrown) || thrown.code === 'WP_GUEST';
}

function bind({ params, labels, result, ...method }: Unbound, root: protobuf.Root): ProtoMethod {
  const [request, response] = [root.lookupType(method.request), root.lookupType(method.response)];
  return {
    interface: method.interface,
    name: method.name,
    path: method.path,
    encodeRequest: (args) =>
      encode(
        request,
        params.map(([name, shape], at) => [name, shape.to(args[at], labels[at] as string)]),
      ),
    decodeRequest: (bytes) => {
      const message = request.decode(bytes);
      return params.map(([name, shape], at) => shape.from(ownField(message, name), labels[at] as string));
    },
    encodeResponse: (outcome) => encode(response, Object.entries(result.to(outcome))),
    decodeResponse: (bytes) => result.from(response.decode(bytes)),
  };
}

function encode(type: protobuf.Type, fields: (readonly [string, unknown])[]): Buffer {
  const present = fields.filter(([, value]) => value !== undefined);
  return Buffer.from(type.encode(Object.fromEntries(present)).finish());
}
