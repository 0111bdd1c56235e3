import { writeFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import type { Carrier, CarrierSource, Limits } from '@wasm-plugin/abi';
import { openPlugin } from '@wasm-plugin/abi/package';
import {
  dial,
  portTransport,
  rpc,
  type PortLike,
  type RpcOptions,
  type Transport,
} from '@wasm-plugin/native-bridge';
import { goPluginDialer } from '@wasm-plugin/native-bridge/go-plugin';
import { grpcDialer } from '@wasm-plugin/native-bridge/grpc';
import { natsDialer } from '@wasm-plugin/native-bridge/nats';
import { missingNats } from '../../support/nats-server.js';
import { identity, LOCAL, type Identity } from '../../support/identity.js';
import type { CarrierTarget } from './carrier-target.js';
import { COOKIE, ServedPlugins, type Asked } from './served-plugins.js';
import { componentOf } from './subjects.js';

/** A way to a plugin in another process. */
export interface Way {
  name: string;
  missing?: string | undefined;
  /** Returns where the plugin is, and how it is reached. */
  reach(
    served: ServedPlugins,
    asked: Asked,
  ): Promise<{ source: Partial<CarrierSource>; options?: RpcOptions }>;
}

const SECRET = 'a secret of 16 bytes or more';

let authority: Promise<Identity> | undefined;

const WAYS: readonly Way[] = [
  {
    name: 'rpc on stdio',
    async reach(served, asked) {
      return { source: { entry: 'start', files: await openPlugin(served.folderOf(asked)) } };
    },
  },
  {
    name: 'rpc at a Unix socket',
    reach: async (served, asked) => ({
      source: { entry: await served.serve(asked, ['--unix', served.freePath()]) },
    }),
  },
  {
    name: 'rpc by TCP and TLS',
    async reach(served, asked) {
      authority ??= identity('authority', { authority: true });
      const by = await authority;
      const own = await identity('host', { ...LOCAL, by });
      const [cert, key] = [served.freePath(), served.freePath()];
      writeFileSync(cert, own.cert);
      writeFileSync(key, own.key);
      const args = ['--tls', '127.0.0.1:0', '--cert', cert, '--key', key];
      const entry = await served.serve(asked, args, { WASM_PLUGIN_SECRET: SECRET });
      return { source: { entry }, options: { secret: SECRET, tls: { ca: by.cert } } };
    },
  },
  {
    name: 'rpc by WebSocket',
    reach: async (served, asked) => ({ source: { entry: await served.serve(asked, ['--ws', '0']) } }),
  },
  {
    name: 'rpc by gRPC',
    reach: async (served, asked) => ({
      source: { entry: await served.serve(asked, ['--grpc', '0']) },
      options: { dialers: { grpc: grpcDialer() } },
    }),
  },
  {
    name: 'rpc by go-plugin',
    reach: async (served, asked) => ({
      source: {
        entry: 'go-plugin:start-go',
        files: await openPlugin(served.folderOf(asked)),
      },
      options: { dialers: { 'go-plugin': goPluginDialer(COOKIE) } },
    }),
  },
  {
    name: 'rpc by NATS',
    missing: missingNats(),
    async reach(served, asked) {
      const entry = await served.serve(asked, ['--nats', await served.nats(asked)]);
      return { source: { entry }, options: { dialers: { nats: natsDialer() } } };
    },
  },
  {
    name: 'rpc by message port',
    async reach(served, asked) {
      const address = await served.serve(asked, ['--unix', served.freePath()]);
      return { source: { entry: 'port:' }, options: { dialers: { port: () => throughPort(address) } } };
    },
  },
];

/** Carries a connection over a message port on its way. */
async function throughPort(address: string): Promise<Transport> {
  const { port1, port2 } = new MessageChannel();
  const [far, near] = [await dial(address), portTransport(port2 as unknown as PortLike)];
  relay(far, near);
  return portTransport(port1 as unknown as PortLike);
}

function relay(one: Transport, other: Transport): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const)
    from.start({
      onLine: (line) => to.sendLine(line),
      onFrame: (frame) => to.send(frame),
      onClose: () => (to.end === undefined ? to.close() : to.end()),
    });
}

/** The carrier `rpc` over each of its transports; the plugins are served by the command line. */
export const RPC_TARGETS: readonly CarrierTarget[] = WAYS.map((way) => {
  let served: ServedPlugins | undefined;
  return {
    name: way.name,
    missing: way.missing,
    contains: true,
    create: ({ limits }) => carrierOver(way, { limits, served: (served ??= new ServedPlugins()) }),
    bytesOf: componentOf,
    async close() {
      await served?.close();
      served = undefined;
    },
  };
});

/** The carrier `rpc`, for plugins given as components: they are served first. */
function carrierOver(way: Way, { limits, served }: { limits: Limits; served: ServedPlugins }): Carrier {
  const carriers: Carrier[] = [];
  return {
    ...rpc(),
    async load(source, context) {
      const component = await source.files.read(source.entry);
      const { id, version } = source;
      const place = await way.reach(served, { id, version, component, limits });
      const carrier = rpc(place.options);
      carriers.push(carrier);
      return carrier.load({ ...source, ...place.source }, context);
    },
    close: async () => void (await Promise.all(carriers.map((carrier) => carrier.close()))),
  };
}
