import {
  Metadata,
  status,
  type sendUnaryData,
  type Server,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { PluginError } from '@wasm-plugin/abi';
import {
  formatHello,
  PROTOCOL_VERSIONS,
  serve,
  SharedInstance,
  type PluginFactory,
  type ServedPlugin,
} from '../rpc/index.js';
import type { GrpcServerOptions } from './grpc-server-options.js';
import { CONNECT_PATH, DESCRIBE_PATH, DESCRIBE_WIRE, DESCRIPTION_WIRE, FRAME_WIRE } from './own-services.js';
import { protoFiles, type ProtoMethod } from './proto-files.js';
import { statusOf } from './status.js';
import { grpcTransport, type FrameStream } from './stream-channel.js';

interface PluginServiceOptions extends Pick<
  GrpcServerOptions,
  'services' | 'onCall' | 'onLeftOut' | 'onLog'
> {
  /** @throws {PluginError} the caller is not let in */
  admit(metadata: Metadata): void;
}

/** Adds the services of a plugin. Returns their names. */
export function addPlugin(
  server: Server,
  plugin: ServedPlugin | PluginFactory,
  options: PluginServiceOptions,
): string[] {
  const shared = new SharedInstance(plugin, options.onLog);
  const { id, version, types } = shared.get().served;
  const { methods, leftOut } = protoFiles({
    id,
    types,
    ...(options.services && { services: options.services }),
  });
  for (const reason of leftOut) options.onLeftOut?.(reason);
  const services = new Map<
    string,
    { definition: ServiceDefinition; handlers: UntypedServiceImplementation }
  >();
  for (const method of methods) {
    const name = method.path.slice(1, method.path.lastIndexOf('/'));
    let service = services.get(name);
    if (service === undefined) services.set(name, (service = { definition: {}, handlers: {} }));
    service.definition = { ...service.definition, [method.path]: unaryDefinition(method) };
    service.handlers[method.path] = unaryHandler(method, { shared, options });
  }
  for (const { definition, handlers } of services.values()) server.addService(definition, handlers);
  addOwn(server, { plugin, shared, options, hello: { id, version } });
  return [...services.keys(), 'wasm_plugin.v1.Plugin'];
}

function unaryDefinition({ path }: ProtoMethod): ServiceDefinition[string] {
  const same = (bytes: Buffer): Buffer => bytes;
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

interface UnaryOptions {
  shared: SharedInstance;
  options: PluginServiceOptions;
}

function unaryHandler(method: ProtoMethod, { shared, options }: UnaryOptions) {
  return async (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): Promise<void> => {
    const begun = performance.now();
    const { metadata } = call;
    const record = (code: status): void =>
      options.onCall?.({
        path: method.path,
        callId: textOf(metadata, 'wasm-plugin-call'),
        traceparent: textOf(metadata, 'traceparent'),
        status: code,
        ms: performance.now() - begun,
      });
    const fail = (error: unknown, mayHaveRun: boolean): void => {
      const failed = statusOf(error, { mayHaveRun });
      record(failed.code);
      answer(failed);
    };
    let prepared: { run: () => unknown };
    try {
      options.admit(metadata);
      prepared = prepare(method, { call, shared });
    } catch (error) {
      const isMissing = PluginError.is(error) && error.message.includes('token');
      if (!isMissing) return fail(error, false);
      record(status.UNAUTHENTICATED);
      return answer({ code: status.UNAUTHENTICATED, details: error.message });
    }
    try {
      const outcome = await Promise.resolve()
        .then(prepared.run)
        .then(
          (value) => ({ value }),
          (thrown: unknown) => ({ thrown }),
        );
      const bytes = method.encodeResponse(outcome);
      record(status.OK);
      answer(null, bytes, trailersOf(call, shared));
    } catch (error) {
      fail(error, true);
    }
  };
}

interface Preparing {
  call: ServerUnaryCall<Buffer, Buffer>;
  shared: SharedInstance;
}

/** Reads a call. @throws {TypeError} an argument does not fit; {PluginError} it is for another plugin */
function prepare(method: ProtoMethod, { call, shared }: Preparing): { run: () => unknown } {
  const { served, offers } = shared.get();
  const wanted = textOf(call.metadata, 'wasm-plugin-id');
  if (wanted !== undefined && wanted !== served.id)
    throw new PluginError('WP_NOT_FOUND', `Cannot call ${JSON.stringify(wanted)}: this is "${served.id}"`);
  const args = method.decodeRequest(call.request);
  const offer = offers.find(
    ({ hello }) => hello.interface === method.interface && hello.name === method.name,
  );
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort());
  const deadline = call.getDeadline();
  const deadlineMs = deadline === Infinity ? Infinity : Number(deadline) - Date.now();
  return { run: () => offer?.run(args, { signal: controller.signal, deadlineMs: Math.max(1, deadlineMs) }) };
}

function trailersOf(call: ServerUnaryCall<Buffer, Buffer>, shared: SharedInstance): Metadata {
  const metadata = new Metadata();
  const { id, version } = shared.get().served;
  metadata.set('wasm-plugin-id', id);
  metadata.set('wasm-plugin-version', version);
  const callId = textOf(call.metadata, 'wasm-plugin-call');
  if (callId !== undefined) metadata.set('wasm-plugin-call', callId);
  return metadata;
}

function textOf(metadata: Metadata, key: string): string | undefined {
  const [value] = metadata.get(key);
  return typeof value === 'string' ? value : undefined;
}

interface OwnOptions extends UnaryOptions {
  plugin: ServedPlugin | PluginFactory;
  hello: { id: string; version: string };
}

/** Adds `wasm_plugin.v1.Plugin`. */
function addOwn(server: Server, { plugin, shared, options, hello }: OwnOptions): void {
  server.addService(
    {
      connect: {
        path: CONNECT_PATH,
        requestStream: true,
        responseStream: true,
        requestSerialize: FRAME_WIRE.serialize,
        requestDeserialize: FRAME_WIRE.deserialize,
        responseSerialize: FRAME_WIRE.serialize,
        responseDeserialize: FRAME_WIRE.deserialize,
      },
      describe: {
        path: DESCRIBE_PATH,
        requestStream: false,
        responseStream: false,
        requestSerialize: DESCRIBE_WIRE.serialize,
        requestDeserialize: DESCRIBE_WIRE.deserialize,
        responseSerialize: DESCRIPTION_WIRE.serialize,
        responseDeserialize: DESCRIPTION_WIRE.deserialize,
      },
    },
    {
      connect(stream: ServerDuplexStream<object, object>) {
        try {
          options.admit(stream.metadata);
        } catch (error) {
          const details = error instanceof Error ? error.message : String(error);
          return void stream.emit('error', { code: status.UNAUTHENTICATED, details });
        }
        serve(
          plugin,
          grpcTransport(stream.getPeer(), stream as unknown as FrameStream, () => stream.end()),
        );
      },
      describe(
        { metadata }: ServerUnaryCall<object, { line: string }>,
        answer: sendUnaryData<{ line: string }>,
      ) {
        try {
          options.admit(metadata);
          const functions = shared.get().offers.map((offer) => offer.hello);
          answer(null, {
            line: formatHello({ ...hello, versions: PROTOCOL_VERSIONS, functions, calls: 1024 }),
          });
        } catch (error) {
          answer({
            code: status.UNAUTHENTICATED,
            details: error instanceof Error ? error.message : String(error),
          });
        }
      },
    },
  );
}
