import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_GUEST } from '../../attacks/http-guests.js';
import { HttpClient, text, type Received, type Sent, type Tagged } from '../http-client.js';
import { testServer, type TestServer } from '../http-server.js';

let server: TestServer;
let at: string;

beforeAll(async () => {
  server = await testServer();
  at = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

const MiB = 2 ** 20;

function connect(options: object = {}): HttpClient {
  return new HttpClient({ grants: [`http:127.0.0.1:${server.port}`], heldBytes: MiB, ...options });
}

/** Repeats an action until it is refused; returns the number of successes and the payload of the refusal. */
function until(work: () => unknown): [number, unknown] {
  for (let count = 0; ; count++) {
    try {
      work();
    } catch (error) {
      return [count, (error as { payload?: unknown }).payload ?? (error as { code?: string }).code];
    }
  }
}

describe('headers', () => {
  it('may be set and deleted for ever', () => {
    const client = connect();
    const fields = new client.types.Fields();
    for (let round = 0; round < 5000; round++) {
      fields.set('x-note', [text('x'.repeat(100))]);
      fields.append('x-other', text('x'.repeat(100)));
      fields.delete('x-other');
    }
    const before = client.heldBytes;
    expect(before).toBeLessThan(1000);
    fields[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('are 1000 at most, with 64 KiB of text', () => {
    const client = connect();
    const fields = new client.types.Fields();
    expect(until(() => fields.append('a', new Uint8Array()))).toEqual([1000, { tag: 'invalid-syntax' }]);
    const wide = new client.types.Fields();
    const [count] = until(() => wide.append('a', text('x'.repeat(999))));
    expect(count).toBe(65);
    fields[Symbol.dispose]();
    wide[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('cost what they hold, each copy anew, and a view of a request nothing but itself', () => {
    const client = connect();
    const fields = new client.types.Fields();
    for (let count = 0; count < 1000; count++) fields.append('a', new Uint8Array());
    const one = client.heldBytes;
    expect(one).toBeGreaterThan(200_000);
    const copies: Disposable[] = [];
    expect(until(() => copies.push(fields.clone()))).toEqual([3, 'WP_QUOTA_HOST']);
    for (const copy of copies) copy[Symbol.dispose]();
    expect(client.heldBytes).toBe(one);
    const request = new client.types.OutgoingRequest(fields);
    const view = request.headers();
    request[Symbol.dispose]();
    expect(view.entries()).toHaveLength(1000);
    expect(client.heldBytes).toBe(one);
    view[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('have in a copy no more room for text than in the original', () => {
    const client = connect();
    const fields = new client.types.Fields();
    until(() => fields.append('a', text('x'.repeat(999))));
    const copy = fields.clone();
    expect(until(() => copy.append('a', text('x'.repeat(999))))).toEqual([0, { tag: 'invalid-syntax' }]);
    copy.delete('a');
    expect(until(() => copy.append('a', text('x'.repeat(999))))[0]).toBe(65);
    fields[Symbol.dispose]();
    copy[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('end the instance where not even an empty one fits', () => {
    const client = connect({ heldBytes: 1000 });
    expect(until(() => new client.types.Fields())).toEqual([3, 'WP_QUOTA_HOST']);
    client.close();
  });

  it('of a response are 1000 at most', () => {
    const client = connect();
    const received = client.receive(client.send(`${at}/many/3000`));
    expect(received.headers.length).toBeLessThanOrEqual(1000);
    received[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });
});

describe('a request', () => {
  it('costs what it says', () => {
    const client = connect();
    const request = client.request(at);
    const before = client.heldBytes;
    request.setPathWithQuery(`/${'x'.repeat(100_000)}`);
    request.setMethod({ tag: 'other', val: 'X'.repeat(50_000) });
    expect(client.heldBytes - before).toBeGreaterThan(149_000);
    expect(() => request.setPathWithQuery(`/${'x'.repeat(MiB)}`)).toThrow();
    request.setPathWithQuery('/');
    expect(client.heldBytes - before).toBeLessThan(51_000);
    request[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('has no body where a plugin may make none', () => {
    const client = new HttpClient({ grants: [] });
    const request = client.request('http://example.com');
    expect(() => request.body()).toThrow();
    expect(client.sandbox.denials.map(({ capability, lacking }) => `${capability} ${lacking}`)).toEqual([
      'http manifest',
    ]);
    client.close();
  });

  it('that is not sent keeps what the budget has, and gives it back', () => {
    const client = connect();
    const request = client.request(at);
    const body = request.body();
    const stream = body.write();
    const [count, error] = until(() => stream.writeZeroes(65_536n));
    expect(count).toBeGreaterThan(8);
    expect(count).toBeLessThan(16);
    expect((error as Tagged).tag).toBe('last-operation-failed');
    const tiny = client.heldBytes;
    stream[Symbol.dispose]();
    body[Symbol.dispose]();
    request[Symbol.dispose]();
    expect(tiny).toBeGreaterThan(MiB / 2);
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('whose body is finished gives it back where it is dropped or refused, and not sent', () => {
    const client = connect();
    for (const refused of [false, true]) {
      const request = client.request(refused ? 'http://refused.invalid' : at);
      const body = request.body();
      const stream = body.write();
      stream.writeZeroes(65_536n);
      stream[Symbol.dispose]();
      client.types.OutgoingBody.finish(body, undefined);
      expect(client.heldBytes).toBeGreaterThanOrEqual(65_536);
      if (refused) expect(() => client.handle(request)).toThrow(Error);
      else request[Symbol.dispose]();
      expect(client.heldBytes).toBe(0);
    }
    client.close();
  });

  it('that is written a byte at a time costs no more than its bytes', () => {
    const client = connect();
    const sent = client.send(`${at}/count`, { body: true });
    for (let count = 0; count < 5000; count++) sent.stream?.write(text('x'));
    expect(client.heldBytes).toBeLessThan(30_000);
    client.finish(sent);
    expect(client.receive(sent).all()).toContain('"length":5000');
    client.close();
  });
});

describe('what is under way', () => {
  it('is so many requests, and is refused where the budget has no window for another', () => {
    const client = connect({ http: { requests: 4 } });
    const [count, error] = until(() => client.receive(client.send(`${at}/sse`)));
    expect([count, error]).toEqual([4, undefined]);
    client.close();
    const failures: string[] = [];
    const poor = connect({
      heldBytes: 100_000,
      http: { onFailure: ({ reason }: { reason: string }) => failures.push(reason) },
    });
    const [few] = until(() => poor.receive(poor.send(`${at}/sse`)));
    expect(few).toBe(2);
    expect(failures).toEqual([expect.stringMatching(/^what the sandbox holds leaves \d+ of 100000 bytes/)]);
    poor.close();
  });

  it('counts a request that was cancelled until its connection is closed', async () => {
    const client = connect({ http: { requests: 4 } });
    const sent = Array.from({ length: 4 }, () => client.send(`${at}/never`));
    for (const { future } of sent) future[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    const failures = new Set<string>();
    const ask = (): string | undefined => {
      try {
        return client.get(`${at}/hello`);
      } catch (error) {
        failures.add((error as Error).message);
        return undefined;
      }
    };
    for (; ask() === undefined; await server.seen());
    expect([...failures]).toEqual(['connection-limit-reached']);
    client.close();
  });

  it('gives all back once everything is dropped, also of responses that nobody has read', () => {
    const client = connect({ heldBytes: 8 * MiB });
    const kept: Received[] = [];
    const [count, error] = until(() => kept.push(client.receive(client.send(`${at}/bytes/200000`))));
    expect(count).toBeGreaterThan(15);
    expect(count).toBeLessThan(45);
    expect(error).toBeUndefined();
    for (const received of kept) received[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    expect(client.get(`${at}/hello`)).toMatch(/^200/);
    client.close();
  });

  it('gives all back where a body is refused half way', () => {
    const client = connect({ heldBytes: 200_000 });
    const sent: Sent = client.send(`${at}/never`, { body: true });
    until(() => sent.stream?.write(new Uint8Array(10_000)));
    sent.stream?.[Symbol.dispose]();
    sent.body?.[Symbol.dispose]();
    sent.future[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });
});

describe('an instance', () => {
  const run = async (permissions: string[]) => {
    const sandbox = createSandbox({ permissions, grants: permissions });
    const plugin = await createEngine().load(new Uint8Array(await parse(BODY_GUEST)));
    const instance = plugin.instantiate({ imports: sandbox.imports });
    const bodies = instance.exports['run'] as (count: number) => void;
    return { sandbox, instance, bodies };
  };

  it('says what its resources hold, and is charged for zeroes that the host writes', async () => {
    const { instance, bodies, sandbox } = await run(['http:example.com']);
    bodies(1);
    const { heldBytes, hostBytes } = instance.usage();
    expect(heldBytes).toBe(sandbox.usage().heldBytes);
    expect(heldBytes).toBeGreaterThan(255 * 65_536);
    expect(hostBytes).toBe(255 * 65_536);
    instance.close();
  });

  it('ends at its limit on them', async () => {
    const { instance, bodies } = await run(['http:example.com']);
    expect(() => bodies(100)).toThrow(expect.objectContaining({ code: 'WP_QUOTA_HOST', limit: 'heldBytes' }));
    expect(instance.usage().heldBytes).toBeLessThanOrEqual(64 * MiB);
    expect(instance.usage().hostBytes).toBeGreaterThan(60 * MiB);
    instance.close();
  });
});
