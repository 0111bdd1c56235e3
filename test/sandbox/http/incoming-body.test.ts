import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient, streamError, text, type Sent, type Tagged } from '../http-client.js';
import { testServer, type TestServer } from '../http-server.js';

let server: TestServer;
let at: string;

beforeAll(async () => {
  server = await testServer();
  at = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

function connect(options: ConstructorParameters<typeof HttpClient>[0] | object = {}): HttpClient {
  return new HttpClient({ grants: [`http:127.0.0.1:${server.port}`], ...options });
}

/** Writes zeroes as a guest does that checks the permitted size first. */
function pour(sent: Sent, total: number): void {
  const piece = new Uint8Array(65_536);
  for (let left = total; left > 0;) {
    sent.stream?.subscribe().block();
    const room = Number(sent.stream?.checkWrite());
    const part = piece.subarray(0, Math.min(room, left));
    sent.stream?.write(part);
    left -= part.length;
  }
}

function codeOf(client: HttpClient, work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return (
      streamError(client, error) ?? (error as { payload?: Tagged }).payload?.tag ?? (error as Error).message
    );
  }
  return 'nothing was thrown';
}

/** Returns the growth of the process during a function, in bytes. */
function growth(work: () => void): number {
  const before = process.memoryUsage.rss();
  work();
  return process.memoryUsage.rss() - before;
}

describe('the body of a response', () => {
  it('is there as it comes, also where it never ends', () => {
    const client = connect();
    const received = client.receive(client.send(`${at}/sse`));
    expect(Buffer.from(received.next() ?? []).toString()).toBe('data: 0\n\n');
    expect(received.stream.read(10n)).toHaveLength(0);
    expect(received.stream.subscribe().ready()).toBe(false);
    received[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('is of any size, and the host holds a window of it', { timeout: 120_000 }, () => {
    const client = connect();
    const flow = (bytes: number): void => {
      using received = client.receive(client.send(`${at}/bytes/${bytes}`));
      expect(received.count()).toBe(bytes);
      expect(client.heldBytes).toBeLessThan(2 ** 20);
    };
    flow(64 * 2 ** 20);
    expect(growth(() => flow(2 ** 30))).toBeLessThan(128 * 2 ** 20);
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('waits for a guest that does not read, which costs a window', async () => {
    const client = connect();
    const received = client.receive(client.send(`${at}/bytes/${2 ** 26}`));
    received.next();
    for (let turn = 0; turn < 5; turn++) await server.seen();
    expect(client.heldBytes).toBeLessThan(2 ** 19);
    expect(received.count()).toBeGreaterThan(2 ** 26 - 2 ** 20);
    received[Symbol.dispose]();
    client.close();
  });

  it('costs no more where it comes a byte at a time', () => {
    const client = connect();
    using received = client.receive(client.send(`${at}/drip/5000`));
    let count = 0;
    for (let part = received.next(); part !== undefined; part = received.next()) {
      count += part.length;
      expect(client.heldBytes).toBeLessThan(2 ** 19);
    }
    expect(count).toBe(5000);
    client.close();
  });

  it.each([
    ['short', 'HTTP-response-incomplete'],
    ['cut', 'HTTP-response-incomplete'],
    ['badchunk', 'HTTP-protocol-error'],
  ])('that is not whole ends with an error: %s', (path, code) => {
    const client = connect();
    using received = client.receive(client.send(`${at}/${path}`));
    expect(codeOf(client, () => received.all())).toBe(code);
    client.close();
  });

  it('ends where its content-length says, and has one length alone', () => {
    const client = connect();
    expect(client.get(`${at}/long`)).toBe('200 1234');
    expect(codeOf(client, () => client.get(`${at}/both`))).toBe('HTTP-protocol-error');
    expect(codeOf(client, () => client.get(`${at}/reset`))).toBe('connection-terminated');
    expect(client.heldBytes).toBeLessThan(1000);
    client.close();
  });

  it('is followed by its trailers, whether it was read or not', () => {
    const client = connect();
    for (const reads of [true, false]) {
      using received = client.receive(client.send(`${at}/trailers`));
      if (reads) expect(received.all()).toBe('body');
      expect(received.trailers()).toEqual([['X-Sum', '42']]);
    }
    expect(client.heldBytes).toBe(0);
    client.close();
  });

  it('may be larger than the host allows in no way', () => {
    const client = connect({ http: { responseBytes: 1000 } });
    expect(codeOf(client, () => client.get(`${at}/drip/1001`))).toBe('HTTP-response-body-size');
    expect(client.get(`${at}/drip/1000`)).toBe(`200 ${'.'.repeat(1000)}`);
    client.close();
  });

  it('ends its connection when it is dropped', async () => {
    const client = connect({ http: { requests: 1 } });
    for (let round = 0; round < 3; round++) {
      const received = client.receive(client.send(`${at}/sse`));
      received[Symbol.dispose]();
      for (let { open } = await server.seen(); open > 0; { open } = await server.seen());
    }
    expect(client.get(`${at}/hello`)).toMatch(/^200 hello/);
    client.close();
  });

  it('takes as long as the host says', () => {
    const first = connect({ http: { firstByteMs: 20 } });
    expect(codeOf(first, () => first.get(`${at}/never`))).toBe('HTTP-response-timeout');
    first.close();
    for (const http of [{ betweenBytesMs: 20 }, { responseMs: 50 }]) {
      const client = connect({ http });
      const code = 'responseMs' in http ? 'HTTP-response-timeout' : 'connection-read-timeout';
      expect(codeOf(client, () => client.get(`${at}/sse`))).toBe(code);
      client.close();
    }
  });

  it('is cut off where the call has no time left', () => {
    let skippedMs = 0;
    const now = (): bigint => BigInt(Math.round((performance.now() + skippedMs) * 1e6));
    let wait = (ms: number, bell: Int32Array, value: number): unknown => Atomics.wait(bell, 0, value, ms);
    const clock = {
      monotonicNs: now,
      wallNs: now,
      wait: (...args: Parameters<typeof wait>) => void wait(...args),
    };
    const client = connect({ limits: { wallMs: 10_000 }, clock });
    using received = client.receive(client.send(`${at}/sse`));
    received.next();
    wait = (ms) => (skippedMs += ms);
    expect(() => received.next()).toThrow(expect.objectContaining({ code: 'WP_QUOTA_WALL' }));
    client.close();
  });
});

describe('the body of a request', () => {
  const counted = (client: HttpClient, sent: Sent) =>
    JSON.parse(client.receive(sent).all()) as { length: number; te?: string; cl?: string; trailers: object };

  it('that is finished before the guest waits is sent with its length', () => {
    const client = connect();
    const sent = client.send(`${at}/count`, { body: true });
    sent.stream?.write(text('hello'));
    sent.stream?.write(text(' there'));
    client.finish(sent);
    expect(counted(client, sent)).toEqual({ length: 11, cl: '11', trailers: {} });
    client.close();
  });

  it('flows in chunks once the guest waits', () => {
    const client = connect();
    const sent = client.send(`${at}/count`, { body: true });
    sent.stream?.blockingWriteAndFlush(text('hello'));
    client.finish(sent);
    expect(counted(client, sent)).toMatchObject({ length: 5, te: 'chunked' });
    client.close();
  });

  it('has the length that its headers name, or is refused', () => {
    const client = connect();
    const open = () => client.send(`${at}/count`, { body: true, headers: { 'content-length': '5' } });
    const right = open();
    right.stream?.blockingWriteAndFlush(text('hello'));
    client.finish(right);
    expect(counted(client, right)).toMatchObject({ length: 5, cl: '5' });
    const long = open();
    expect(codeOf(client, () => long.stream?.write(text('hello!')))).toBe('HTTP-request-body-size');
    const short = open();
    short.stream?.write(text('hell'));
    expect(() => client.finish(short)).toThrow();
    expect(codeOf(client, () => client.receive(short))).toBe('HTTP-request-body-size');
    const none = (): Sent => client.send(at, { headers: { 'content-length': '5' } });
    expect(codeOf(client, none)).toBe('HTTP-request-body-size');
    client.close();
  });

  it('has trailers, where its length is not named', () => {
    const client = connect();
    const trailers = new client.types.Fields();
    trailers.append('x-sum', text('42'));
    const sent = client.send(`${at}/count`, { body: true });
    sent.stream?.write(text('hello'));
    client.finish(sent, trailers);
    expect(counted(client, sent)).toMatchObject({ length: 5, te: 'chunked', trailers: { 'x-sum': '42' } });
    client.close();
  });

  it('is of any size, and the host holds a window of it', { timeout: 120_000 }, () => {
    const client = connect();
    const flow = (bytes: number): void => {
      const sent = client.send(`${at}/count`, { body: true });
      pour(sent, bytes);
      expect(client.heldBytes).toBeLessThan(2 ** 20);
      client.finish(sent);
      expect(counted(client, sent).length).toBe(bytes);
    };
    flow(64 * 2 ** 20);
    expect(growth(() => flow(2 ** 30))).toBeLessThan(128 * 2 ** 20);
    client.close();
  });

  it('waits for a server that does not read', () => {
    const client = connect();
    const sent = client.send(`${at}/slow`, { body: true });
    pour(sent, 2 ** 24);
    client.finish(sent);
    expect(counted(client, sent).length).toBe(2 ** 24);
    client.close();
  });

  it('and that of the response go on at once', () => {
    const client = connect();
    const sent = client.send(`${at}/first`, { body: true });
    sent.stream?.blockingWriteAndFlush(text('one'));
    using received = client.receive(sent);
    expect(Buffer.from(received.next() ?? []).toString()).toBe('first');
    sent.stream?.blockingWriteAndFlush(text('two'));
    client.finish(sent);
    expect(received.all()).toBe(' last:6');
    client.close();
  });

  it('comes back from an echo, however large', () => {
    const client = connect();
    const sent = client.send(`${at}/echo`, { body: true });
    sent.stream?.flush();
    using received = client.receive(sent);
    const total = 2 ** 24;
    let read = 0;
    const piece = new Uint8Array(50_000).fill(3);
    for (let written = 0; written < total || read < total;) {
      const room = written < total ? Number(sent.stream?.checkWrite()) : 0;
      const part = piece.subarray(0, Math.min(room, total - written));
      if (part.length > 0) {
        sent.stream?.write(part);
        written += part.length;
        if (written === total) client.finish(sent);
      }
      read += (part.length > 0 ? received.stream.read(2n ** 20n) : (received.next() ?? [])).length;
    }
    expect(read).toBe(total);
    expect(received.next()).toBeUndefined();
    client.close();
  });

  it('is given up where the server answers without it', () => {
    const client = connect();
    const sent = client.send(`${at}/early`, { body: true });
    sent.stream?.blockingWriteAndFlush(text('x'));
    using received = client.receive(sent);
    expect(received.all()).toBe('early');
    expect(codeOf(client, () => pour(sent, 2 ** 26))).toBe('connection-terminated');
    client.close();
  });

  it('that is dropped ends the request', () => {
    const client = connect();
    const sent = client.send(`${at}/count`, { body: true });
    sent.stream?.blockingWriteAndFlush(text('x'));
    sent.body?.[Symbol.dispose]();
    expect(codeOf(client, () => client.receive(sent))).toBe('HTTP-request-body-size');
    sent.future[Symbol.dispose]();
    expect(client.heldBytes).toBe(0);
    client.close();
  });
});
