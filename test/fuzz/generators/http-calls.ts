import { PluginError } from '@wasm-plugin/abi';
import {
  HttpClient,
  type Fields,
  type FutureResponse,
  type FutureTrailers,
  type IncomingBody,
  type IncomingResponse,
  type InputStream,
  type OutgoingBody,
  type OutgoingRequest,
  type OutputStream,
} from '../../sandbox/http-client.js';
import { testServer, type TestServer } from '../../sandbox/http-server.js';
import type { Random } from '../../support/random.js';
import type { Generator } from '../generator.js';

/** A call of `wasi:http`: the resources that it uses are counted from 0 in the order in which they were made, of their kind. */
interface Step {
  call: (typeof CALLS)[number];
  /** Index of the resource of its kind; an index beyond the end means the last one. */
  on: number;
  amount: number;
}

const CALLS = [
  'fields',
  'append',
  'delete',
  'clone',
  'request',
  'request-headers',
  'body',
  'body-stream',
  'write',
  'zeroes',
  'flush',
  'splice',
  'finish-body',
  'handle',
  'wait',
  'get',
  'response-headers',
  'consume',
  'stream',
  'read',
  'blocking-read',
  'finish',
  'trailers',
  'drop',
] as const;

const PATHS = [
  'hello',
  'bytes/300000',
  'echo',
  'count',
  'early',
  'first',
  'short',
  'cut',
  'trailers',
  'reset',
  'many/2000',
  'sse',
  'never',
  'long',
  'badchunk',
];

/** Resources of a run, by kind. */
interface Held {
  fields: Fields[];
  requests: OutgoingRequest[];
  bodies: OutgoingBody[];
  outputs: OutputStream[];
  futures: FutureResponse[];
  responses: IncomingResponse[];
  incoming: IncomingBody[];
  inputs: InputStream[];
  trailers: FutureTrailers[];
}

let server: Promise<TestServer> | undefined;
const unhandled: unknown[] = [];

function make(random: Random): Step[] {
  return random.many(4 + random.below(40), () => ({
    call: random.pick(CALLS),
    on: random.below(4),
    amount: random.below(200_000),
  }));
}

/** The calls that a whole exchange takes: each run begins with some of them. */
const ROUTE: readonly Step['call'][] = [
  'fields',
  'append',
  'request',
  'body',
  'body-stream',
  'handle',
  'write',
  'finish-body',
  'wait',
  'get',
  'consume',
  'stream',
  'blocking-read',
  'read',
  'finish',
  'trailers',
];

async function check(steps: Step[]): Promise<string> {
  server ??= start();
  const { port } = await server;
  const client = new HttpClient({
    grants: [`http:127.0.0.1:${port}`],
    heldBytes: 2 ** 20,
    limits: { wallMs: 300 },
    http: { firstByteMs: 100, betweenBytesMs: 100 },
  });
  const held: Held = {
    fields: [],
    requests: [],
    bodies: [],
    outputs: [],
    futures: [],
    responses: [],
    incoming: [],
    inputs: [],
    trailers: [],
  };
  let answered = 'refused';
  for (const step of steps) {
    try {
      run(step, { client, held, at: `http://127.0.0.1:${port}` });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isOfGuest = PluginError.is(error) && /^WP_(?:GUEST|QUOTA_WALL|QUOTA_HOST)$/.test(error.code);
      if (!isOfGuest) throw error;
    }
    if (held.responses.length > 0) answered = 'answered';
    const { heldBytes } = client;
    if (heldBytes < 0 || heldBytes > 2 ** 20)
      throw new Error(`it holds ${heldBytes} bytes after "${step.call}"`);
  }
  for (const each of Object.values(held).flat() as Disposable[]) each[Symbol.dispose]?.();
  const { heldBytes } = client;
  client.close();
  if (heldBytes !== 0) throw new Error(`everything is dropped, and ${heldBytes} bytes are held`);
  if (unhandled.length > 0) throw new Error(`nobody handled ${String(unhandled.splice(0)[0])}`);
  return answered;
}

async function start(): Promise<TestServer> {
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  const started = await testServer();
  started.unref();
  return started;
}

function run(
  { call, on, amount }: Step,
  { client, held, at }: { client: HttpClient; held: Held; at: string },
): void {
  const { types } = client;
  const one = <Kind extends keyof Held>(kind: Kind): Held[Kind][number] | undefined =>
    held[kind][Math.min(on, held[kind].length - 1)];
  const take = <Kind extends keyof Held>(kind: Kind): Held[Kind][number] | undefined =>
    (held[kind] as unknown[]).splice(Math.min(on, held[kind].length - 1), 1)[0] as
      Held[Kind][number] | undefined;
  const keep = <Kind extends keyof Held>(kind: Kind, made: Held[Kind][number] | undefined): void => {
    if (made !== undefined) (held[kind] as unknown[]).push(made);
  };
  const bytes = (most: number): Uint8Array => new Uint8Array(amount % most).fill(97);
  switch (call) {
    case 'fields':
      return keep('fields', new types.Fields());
    case 'append':
      return one('fields')?.append(
        amount % 7 === 0 ? 'content-length' : `x-${amount % 5}`,
        amount % 7 === 0 ? new Uint8Array([49]) : bytes(3000),
      );
    case 'delete':
      return one('fields')?.delete(`x-${amount % 5}`);
    case 'clone':
      return keep('fields', one('fields')?.clone());
    case 'request': {
      const fields = take('fields') ?? new types.Fields();
      const request = new types.OutgoingRequest(fields);
      keep('requests', request);
      request.setMethod({ tag: amount % 2 === 0 ? 'post' : 'get' });
      request.setScheme({ tag: 'HTTP' });
      request.setAuthority(at.slice('http://'.length));
      return request.setPathWithQuery(`/${PATHS[amount % PATHS.length]}`);
    }
    case 'request-headers':
      return keep('fields', one('requests')?.headers());
    case 'body':
      return keep('bodies', one('requests')?.body());
    case 'body-stream':
      return keep('outputs', one('bodies')?.write());
    case 'write':
      return one('outputs')?.write(bytes(100_000));
    case 'zeroes':
      return one('outputs')?.writeZeroes(BigInt(amount));
    case 'flush':
      return one('outputs')?.flush();
    case 'splice': {
      const from = one('inputs');
      if (from !== undefined) one('outputs')?.splice(from, BigInt(amount));
      return;
    }
    case 'finish-body': {
      const body = take('bodies');
      if (body !== undefined) types.OutgoingBody.finish(body, amount % 3 === 0 ? take('fields') : undefined);
      return;
    }
    case 'handle': {
      const request = take('requests');
      if (request !== undefined) keep('futures', client.handle(request));
      return;
    }
    case 'wait':
      return one('futures')?.subscribe().block();
    case 'get': {
      const result = one('futures')?.get();
      if (result?.tag === 'ok' && result.val.tag === 'ok') keep('responses', result.val.val);
      return;
    }
    case 'response-headers':
      return keep('fields', one('responses')?.headers());
    case 'consume':
      return keep('incoming', one('responses')?.consume());
    case 'stream':
      return keep('inputs', one('incoming')?.stream());
    case 'read':
      return void one('inputs')?.read(BigInt(amount));
    case 'blocking-read':
      return void one('inputs')?.blockingRead(BigInt(amount));
    case 'finish': {
      const body = take('incoming');
      if (body !== undefined) keep('trailers', types.IncomingBody.finish(body));
      return;
    }
    case 'trailers': {
      const result = one('trailers')?.get();
      if (result?.val?.tag === 'ok') keep('fields', result.val.val as Fields | undefined);
      return;
    }
    default: {
      const kinds = Object.keys(held) as (keyof Held)[];
      (take(kinds[amount % kinds.length] as keyof Held) as Disposable | undefined)?.[Symbol.dispose]?.();
    }
  }
}

/**
 * Random sequences of calls of `wasi:http` against a server on this machine, in and out of order. The rule: held bytes never
 * exceed the budget, and are 0 once everything is dropped; no rejection goes unhandled.
 */
export const generator: Generator<Step[]> = {
  name: 'http-calls',
  testRuns: 40,
  make(random) {
    const begun = ROUTE.slice(0, random.below(ROUTE.length + 1)).map((call) => ({
      call,
      on: 0,
      amount: random.below(200_000),
    }));
    return [...begun, ...make(random)];
  },
  check,
  *shrink(steps) {
    for (let size = steps.length >> 1; size > 0; size >>= 1) {
      for (let at = 0; at < steps.length; at += size)
        yield [...steps.slice(0, at), ...steps.slice(at + size)];
    }
  },
  show: (steps) => `${JSON.stringify(steps, undefined, 2)}\n`,
};
