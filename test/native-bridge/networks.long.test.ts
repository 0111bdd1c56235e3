import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, dial } from '@wasm-plugin/native-bridge';
import { connectNats, natsLink, OwnedStates, serveNats } from '@wasm-plugin/native-bridge/nats';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run-cli.js';
import { identity } from '../support/identity.js';
import { missingNats, NatsServer } from '../support/nats-server.js';
import { missingNetworks, OtherNetwork, type Cable } from '../support/other-network.js';
import { COUNTING_PEER, judge, outcomeOf, ranFrom } from './rpc/many-calls.js';

const missing = missingNetworks();
const noNats = missing ?? missingNats();
for (const reason of new Set([missing, noNats])) if (reason !== undefined) console.log(`skipped: ${reason}`);

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function otherNetwork(cables = 1): OtherNetwork {
  const network = new OtherNetwork({ cables });
  closers.push(() => network.close());
  return network;
}

/** A plugin in another network, which writes down its calls, and a function that connects to it. */
async function countingPeer(network: OtherNetwork, log: string) {
  const [{ address }] = network.cables as [Cable];
  const authority = await identity('authority', { authority: true });
  const plugin = await identity('plugin', { names: ['plugin'], ip: address, by: authority });
  const host = await identity('host', { by: authority });
  const files = { cert: plugin.cert, key: plugin.key, ca: authority.cert };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.pem`), text);
  const pem = Object.keys(files).map((name) => join(folder, `${name}.pem`));
  const child = network.spawn(process.execPath, [COUNTING_PEER, `tls:${address}:0`, log, ...pem], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the plugin ended with ${code}`);
  });
  const said = once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  const [line] = (await Promise.race([said, ended])) as [Buffer];
  const place = String(line).trim();
  return async (heartbeatMs: number): Promise<Connection> => {
    const transport = await dial(place, { tls: { ...host, ca: authority.cert } });
    const connection = new Connection(transport, { offers: [], heartbeatMs });
    closers.push(() => connection.close());
    await connection.opened;
    return connection;
  };
}

describe.skipIf(missing !== undefined)('a network that is cut', () => {
  it(
    'answers each call of TLS once, or fails it with a code that says if it may have run',
    { timeout: 60_000 },
    async () => {
      const network = otherNetwork();
      const log = join(folder, 'calls');
      const connect = await countingPeer(network, log);
      const [cable] = network.cables as [Cable];
      const outcomes = new Uint8Array(2000);
      let next = 0;
      for (const cutAt of [700, 1400, Infinity]) {
        const connection = await connect(300);
        let isCut = false;
        const lane = async (): Promise<void> => {
          while (next < outcomes.length && !isCut) {
            const own = next++;
            if (own === cutAt) {
              cable.cut();
              isCut = true;
            }
            outcomes[own] = await outcomeOf(connection, own);
          }
        };
        await Promise.all(Array.from({ length: 50 }, lane));
        cable.mend();
      }
      const wrong: string[] = [];
      judge(outcomes, { ran: ranFrom(log, outcomes.length), wrong });
      expect(wrong).toEqual([]);
      const answered = outcomes.filter((outcome) => outcome === 1).length;
      expect(answered).toBeGreaterThanOrEqual(2000 - 2 * 50);
      expect(answered).toBeLessThan(2000);
    },
  );

  it('goes on with the call when the cable is mended in time', async () => {
    const network = otherNetwork();
    const connect = await countingPeer(network, join(folder, 'mended'));
    const [cable] = network.cables as [Cable];
    const connection = await connect(30_000);
    expect(await connection.call(0, [1])).toBe(2);
    cable.cut();
    const late = connection.call(0, [2]);
    cable.mend();
    expect(await late).toBe(3);
  });

  it(
    'lets long and short messages pass a slow link, and takes slowness for no silence',
    { timeout: 60_000 },
    async (context) => {
      const network = otherNetwork();
      const connect = await countingPeer(network, join(folder, 'slow'));
      const reason = (network.cables as [Cable])[0].slow('8mbit');
      if (reason !== undefined) return context.skip(reason);
      // The message takes longer than the heartbeat waits.
      const connection = await connect(500);
      const bytes = new Uint8Array(1_500_000).map((_, index) => index * 7);
      const long = [connection.call(1, [bytes]), connection.call(1, [bytes])];
      const short = Array.from({ length: 200 }, (_, index) => outcomeOf(connection, index));
      for (const answer of await Promise.all(long))
        expect(Buffer.compare(answer as Uint8Array, bytes)).toBe(0);
      expect(new Set(await Promise.all(short))).toEqual(new Set([1]));
    },
  );
});

describe.skipIf(noNats !== undefined)('a network of NATS that is cut', () => {
  async function served(cables: number) {
    const network = otherNetwork(cables);
    const server = await NatsServer.start({ host: '0.0.0.0', spawn: (...args) => network.spawn(...args) });
    closers.push(() => server.close());
    const urls = network.cables.map(({ address }) => `nats://${address}:${server.port}`);
    return { network, urls };
  }

  it(
    'fails calls that are under way as in doubt, and goes on when it is mended',
    { timeout: 60_000 },
    async () => {
      const { network, urls } = await served(2);
      const [near, far] = urls as [string, string];
      let runs = 0;
      const plugin = {
        id: 'test.cut',
        version: '1.0.0',
        types: {
          'test:cut/counting': { 'add-one': { params: [['number', 'u32']], result: 'u32' } as const },
        },
        exports: { 'test:cut/counting': { addOne: (number: number) => (runs++, number + 1) } },
      };
      const nats = await connectNats(far);
      closers.push(() => nats.close());
      await serveNats(nats, plugin);
      const files = memoryFiles({});
      const link = await natsLink()(near, { id: 'test.cut', version: '1.0.0', entry: near, files });
      closers.push(() => link.close());
      const [cable] = network.cables as [Cable];
      const codes: string[] = [];
      let answered = 0;
      let isOver = false;
      const lanes = Array.from({ length: 20 }, async () => {
        while (!isOver) {
          await link.call(0, [1], { deadlineMs: 1000 }).then(
            () => answered++,
            ({ code }: { code: string }) => codes.push(code),
          );
          if (answered === 300) cable.cut();
          // A call that failed was waited for until its deadline.
          if (codes.length >= 20) cable.mend();
          if (codes.length >= 20 && answered > 600) isOver = true;
        }
      });
      await Promise.all(lanes);
      expect(new Set(codes)).toEqual(new Set(['WP_QUOTA_WALL']));
      // No call ran twice: those that were answered, and at most those in doubt.
      expect(runs).toBeGreaterThanOrEqual(answered);
      expect(runs).toBeLessThanOrEqual(answered + codes.length);
    },
  );

  it('never has two owners of a state whose saves are acknowledged', { timeout: 60_000 }, async () => {
    const { network, urls } = await served(2);
    const [one, two] = (await Promise.all(
      urls.map(async (url) => {
        const nats = await connectNats(url);
        closers.push(() => nats.close());
        return await OwnedStates.open(nats, { leaseMs: 1000 });
      }),
    )) as [OwnedStates, OwnedStates];
    const owned = await one.own('acme.split');
    await owned.save(Uint8Array.of(1));
    (network.cables as [Cable])[0].cut();
    const late = owned.save(Uint8Array.of(2)).then(
      () => 'acknowledged',
      ({ code }: { code: string }) => code,
    );
    const taken = await two.own('acme.split');
    expect(await late).toBe('WP_STATE');
    expect(await owned.lost).toMatchObject({ code: 'WP_STATE' });
    // A save that was under way may be written before the other one owned the state; then it has it.
    expect([1, 2]).toContain(taken.state?.[0]);
    await taken.save(Uint8Array.of(3));
    (network.cables as [Cable])[0].mend();
    await expect(owned.save(Uint8Array.of(4))).rejects.toMatchObject({ code: 'WP_STATE' });
    await taken.save(Uint8Array.of(5));
    await taken.release();
  });
});
