import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { HttpClient, text, type Fields, type FutureResponse } from '../../sandbox/http-client.js';
import { testServer, type TestServer } from '../../sandbox/http-server.js';
import type { Attack } from '../attack.js';
import { BODY_GUEST, httpGuest } from '../http-guests.js';

const MIB = 2 ** 20;
/** Default bound for the bytes that resources hold. */
const HELD_BYTES = 64 * MIB;
/** Memory of the request thread, and of the test server in the same process. */
const THREAD_BYTES = 20 * MIB;

interface Filler {
  guest: string;
  permissions?: string[];
  /** Number of repetitions. */
  count: number;
  heldBytes?: number;
}

/** A component that makes resources of the host's and drops none of them. */
function filler(name: string, { guest, permissions = [], count, heldBytes = HELD_BYTES }: Filler): Attack {
  return {
    name,
    folder: 'http',
    limitMs: 2000,
    memoryBytes: heldBytes,
    async prepare() {
      const limits = { fuel: 1e7, memoryBytes: '1 MiB', hostCalls: 1e6, timeMs: 2000 };
      const plugin = await createEngine({ limits }).load(new Uint8Array(await parse(guest)));
      return () => {
        const sandbox = createSandbox({ permissions, grants: permissions, heldBytes });
        const instance = plugin.instantiate({ imports: sandbox.imports });
        try {
          (instance.exports['run'] as (count: number) => void)(count);
        } catch (error) {
          if (!PluginError.is(error) || error.code !== 'WP_QUOTA_HOST') throw error;
        }
        const { heldBytes: used } = instance.usage();
        if (used > heldBytes) throw new Error(`it holds ${used} bytes`);
      };
    },
  };
}

const FIELDS_GUEST = httpGuest(
  'run',
  `(local $f i32) (local $k i32)
   (local.set $f (call $fields))
   (local.set $k (i32.const 70000))
   (loop $a
     (call $append (local.get $f) (i32.const 257) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16))
     (br_if $a (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
   (loop $l
     (drop (call $clone (local.get $f)))
     (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
);

const PATH_GUEST = httpGuest(
  'run',
  `(memory.fill (i32.const 1024) (i32.const 0x2f) (i32.const 60000))
   (loop $l
     (drop (call $path (call $request (call $fields)) (i32.const 1) (i32.const 1024) (i32.const 60000)))
     (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
);

interface Keeper {
  /** Bound for the bytes that resources hold. @default 64 MiB */
  heldBytes?: number;
  run: (client: HttpClient, at: string) => unknown;
}

/** Attacks by a guest that keeps parts of responses; a client on the host's thread acts as the guest. */
function keeper(name: string, { heldBytes = HELD_BYTES, run }: Keeper): Attack {
  return {
    name,
    folder: 'http',
    limitMs: 10_000,
    memoryBytes: heldBytes + THREAD_BYTES,
    async prepare() {
      const server: TestServer = await testServer();
      const at = `http://127.0.0.1:${server.port}`;
      return async () => {
        const client = new HttpClient({ grants: [`http:127.0.0.1:${server.port}`], heldBytes });
        await run(client, at);
        if (client.heldBytes > heldBytes) throw new Error(`it holds ${client.heldBytes} bytes`);
        client.close();
      };
    },
  };
}

/** Does something so often, whether it goes well or not. */
function often(count: number, work: () => unknown): void {
  for (let left = count; left > 0; left--) {
    try {
      work();
    } catch {
      continue;
    }
  }
}

export const attacks: Attack[] = [
  filler('300 bodies of 16 MiB without a permission', { guest: BODY_GUEST, count: 300, heldBytes: MIB }),
  filler('300 bodies of 16 MiB', { guest: BODY_GUEST, permissions: ['http:example.com'], count: 300 }),
  filler('2,000 copies of 65,536 empty headers', { guest: FIELDS_GUEST, count: 2000 }),
  filler('20,000 requests with paths of 60,000 characters', { guest: PATH_GUEST, count: 20_000 }),
  keeper('60 responses of 15 MiB that are kept', {
    run(client, at) {
      const kept: unknown[] = [];
      often(60, () => kept.push(client.receive(client.send(`${at}/bytes/${15 * MIB}`))));
    },
  }),
  keeper('responses of 1,000 headers that are kept', {
    run(client, at) {
      const kept: unknown[] = [];
      often(400, () => kept.push(client.receive(client.send(`${at}/many/1000`))));
    },
  }),
  keeper('responses that come a byte at a time to nobody', {
    async run(client, at) {
      const kept: FutureResponse[] = [];
      often(16, () => kept.push(client.send(`${at}/drip/100000`).future));
      for (const future of kept) future.subscribe().block();
    },
  }),
  keeper('2,000 requests of 60,000 bytes that are cancelled at once', {
    heldBytes: 4 * MIB,
    run(client, at) {
      const headers = { 'x-note': 'x'.repeat(60_000) };
      often(2000, () => client.send(`${at}/never`, { headers }).future[Symbol.dispose]());
    },
  }),
  keeper('bodies of a byte a write, to a server that does not read', {
    run(client, at) {
      often(8, () => {
        const sent = client.send(`${at}/never`, { body: true });
        sent.stream?.flush();
        often(20_000, () => sent.stream?.write(text('x')));
      });
    },
  }),
  keeper('views of headers whose owners are dropped', {
    run(client) {
      const kept: Fields[] = [];
      often(2000, () => {
        const fields = new client.types.Fields();
        often(1000, () => fields.append('a', new Uint8Array()));
        const request = new client.types.OutgoingRequest(fields);
        kept.push(request.headers());
        request[Symbol.dispose]();
      });
    },
  }),
];
