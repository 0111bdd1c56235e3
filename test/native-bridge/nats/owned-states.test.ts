import type { PluginError } from '@wasm-plugin/abi';
import { connectNats, OwnedStates, type OwnedState } from '@wasm-plugin/native-bridge/nats';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CutableWay, missingNats, NatsServer } from '../../support/nats-server.js';

const missing = missingNats();
if (missing !== undefined) console.log(`skipped: ${missing}`);

let server: NatsServer;
const closers: (() => unknown)[] = [];
const LEASE_MS = 800;

async function statesAt(port: number, options = {}): Promise<OwnedStates> {
  const nats = await connectNats(`nats://127.0.0.1:${port}`);
  closers.push(() => nats.close());
  return OwnedStates.open(nats, { leaseMs: LEASE_MS, ...options });
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (state: Uint8Array | undefined): string | undefined => state && new TextDecoder().decode(state);

/** Saves a number that counts up until that fails. Returns the last one that was acknowledged, and the error. */
async function saveUntilLost(
  owned: OwnedState,
  { from, onSaved }: { from: number; onSaved: () => void },
): Promise<{ last: number; error: PluginError }> {
  let last = from;
  try {
    for (;;) {
      await owned.save(bytes(String(last + 1)));
      last++;
      if (last > from + 10) onSaved();
    }
  } catch (error) {
    return { last, error: error as PluginError };
  }
}

describe.skipIf(missing !== undefined)('OwnedStates', () => {
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => server.close());

  it('gives a state to one owner, and to the next once it is let go', async () => {
    const [first, second] = [await statesAt(server.port), await statesAt(server.port)];
    const owned = await first.own('acme.one');
    expect(owned.state).toBeUndefined();
    const next = second.own('acme.one');
    await owned.save(bytes('a'));
    await owned.save(bytes('b'));
    expect(text(owned.state)).toBe('b');
    await owned.release();
    await expect(owned.save(bytes('c'))).rejects.toMatchObject({ code: 'WP_STATE' });
    expect(text((await next).state)).toBe('b');
    await (await next).release();
  });

  it('has one of many who ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => statesAt(server.port)));
    const withdrawn = new AbortController();
    let owners = 0;
    const asked = all.map((states) =>
      states.own('acme.many', { signal: withdrawn.signal }).then((owned) => {
        owners++;
        return owned;
      }),
    );
    const owned = await Promise.race(asked);
    // Longer than a lease: the owner gives signs of life.
    const begun = performance.now();
    while (performance.now() - begun < 1.5 * LEASE_MS) await owned.save(bytes('x'));
    expect(owners).toBe(1);
    withdrawn.abort();
    expect((await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')).toHaveLength(7);
    await owned.release();
  });

  it(
    'never has two owners whose saves are acknowledged, when the network is cut',
    { timeout: 60_000 },
    async () => {
      const way = await CutableWay.to(server.port);
      closers.push(() => way.close());
      const [cutOff, other] = [await statesAt(way.port), await statesAt(server.port)];
      let [one, two] = [cutOff, other];
      let last = 0;
      let mended = way;
      for (let round = 0; round < 3; round++) {
        const owned = await one.own('acme.split');
        if (last > 0) expect(text(owned.state)).toBe(String(last));
        let onSaved: () => void = () => undefined;
        const someSaved = new Promise<void>((resolve) => (onSaved = resolve));
        const saving = saveUntilLost(owned, { from: last, onSaved });
        const taking = two.own('acme.split');
        await someSaved;
        mended.cut();
        const { last: acknowledged, error } = await saving;
        expect(error).toMatchObject({ code: 'WP_STATE' });
        expect(await owned.lost).toMatchObject({ code: 'WP_STATE' });
        const taken = await taking;
        // One more may have been written whose acknowledgement was lost; none that was acknowledged is missing.
        expect([String(acknowledged), String(acknowledged + 1)]).toContain(text(taken.state));
        mended.mend();
        await expect(owned.save(bytes('late'))).rejects.toMatchObject({ code: 'WP_STATE' });
        last = Number(text(taken.state)) + 1;
        await taken.save(bytes(String(last)));
        await taken.release();
        mended = await CutableWay.to(server.port);
        const kept = mended;
        closers.push(() => kept.close());
        [one, two] = [await statesAt(mended.port), other];
      }
    },
  );

  it('says when the store is full, and saves again what fits', async () => {
    const states = await statesAt(server.port, { bucket: 'small', mostBytes: 20_000 });
    const owned = await states.own('acme.full');
    await owned.save(bytes('small'));
    await expect(owned.save(new Uint8Array(50_000))).rejects.toMatchObject({ code: 'WP_STATE' });
    expect(text(owned.state)).toBe('small');
    await owned.save(bytes('again'));
    await owned.release();
    const next = await states.own('acme.full');
    expect(text(next.state)).toBe('again');
    await next.release();
  });

  it('says that a state is larger than NATS takes', async () => {
    const states = await statesAt(server.port);
    const owned = await states.own('acme.large');
    await expect(owned.save(new Uint8Array(2_000_000))).rejects.toMatchObject({ code: 'WP_STATE' });
    await owned.release();
  });
});
