import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { connectNats, Rollouts } from '@wasm-plugin/native-bridge/nats';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missingNats, NatsServer } from '../support/nats-server.js';
import { callersOf, NatsHost, type Functions } from './nats-host.js';
import { cliJson, packedPlugin } from './packages/packages.js';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const missing = missingNats();
if (missing !== undefined) console.log(`skipped: ${missing}`);

const COUNTING = 'wasm-plugin:counter/counting@1.0.0';
const LEASE_MS = 2000;
/** The longest call: only those of a host that was killed take so long. */
const WALL_MS = 8000;

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];
let server: NatsServer;

/** Packs and signs a version of the counter: 1 and 2 are its own, 3 is version 2 with a fault. */
async function packedVersion(
  id: string,
  number: number,
  { fault = '', state }: { fault?: string; state?: object } = {},
): Promise<string> {
  const code = new Uint8Array(
    readFileSync(repoFile(`plugins-rust/build/counter-v${Math.min(number, 2)}.wasm`)),
  );
  return await packedPlugin(folder, {
    id,
    version: `${number}.0.0`,
    key: join(folder, 'own.key'),
    code,
    state,
    interfaces: [COUNTING],
    config: { schema: { type: 'object', properties: { fault: { type: 'string', default: fault } } } },
  });
}

function startHost(id: string, { confirmMs = 10_000, confirmCalls = 100 } = {}): NatsHost {
  const times = { lease: LEASE_MS, 'confirm-calls': confirmCalls, 'confirm-ms': confirmMs };
  const args = Object.entries(times).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const host = new NatsHost(`${id}@1.0.0`, server.url, ['--trusted-key', join(folder, 'own.pub'), ...args]);
  closers.push(() => host.end('SIGTERM'));
  return host;
}

/** Outcomes of calls: of those that were answered the version that did, of others the code. */
class Load {
  readonly versions = new Map<number, number>();
  readonly failures = new Map<string, number>();
  #isOver = false;
  readonly #lanes: Promise<void>[];

  constructor(functions: Functions) {
    this.#lanes = Array.from({ length: 8 }, async () => {
      while (!this.#isOver) await this.#call(functions);
    });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#lanes);
  }

  async #call(functions: Functions): Promise<void> {
    try {
      const answer = (await functions['add']?.(1n)) as { version: number };
      count(this.versions, answer.version);
    } catch (error) {
      count(this.failures, (error as { code: string }).code);
    }
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

async function loadOf(id: string): Promise<Load> {
  const { functions, close } = await callersOf(id, { url: server.url, name: COUNTING, wallMs: WALL_MS });
  const load = new Load(functions);
  closers.push(close, () => load.end());
  return load;
}

/** Waits until all hosts run the wanted version. Returns the rollout and the versions that so many hosts serve. */
async function settled(
  id: string,
  count: number,
): Promise<{ version: string; number: number; hosts: string[] }> {
  const nats = await connectNats(server.url);
  const rollouts = await Rollouts.open(nats);
  const rollout = await new Promise<{ version: string; number: number }>((resolve, reject) => {
    rollouts
      .watch(id, (wanted) => {
        if (wanted.phase === 'stable' && wanted.number > 1) resolve(wanted);
      })
      .then((stop) => closers.push(stop), reject);
  });
  // A host of a busy machine answers late.
  let hosts = await rollouts.served(id);
  while (hosts.length < count) hosts = await rollouts.served(id);
  closers.push(() => nats.close());
  return { ...rollout, hosts };
}

const rollOut = (plugin: string): Promise<unknown> => cliJson(['rollout', plugin, '--nats', server.url]);

/** Starts two hosts of version 1, and calls them. */
async function twoHosts(id: string, options = {}): Promise<{ hosts: NatsHost[]; load: Load }> {
  await rollOut(await packedVersion(id, 1));
  const hosts = [startHost(id, options), startHost(id, options)];
  await Promise.all(hosts.map((host) => host.until('listening')));
  return { hosts, load: await loadOf(id) };
}

describe.skipIf(missing !== undefined)('wasm-plugin rollout', () => {
  beforeAll(async () => {
    server = await NatsServer.start();
    const made = await callCli(['keygen', '--no-password', '-o', join(folder, 'own')]);
    expect(made.code).toBe(0);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => server.close());

  it('takes all hosts to a version one after the other, and loses no call', async () => {
    const { load } = await twoHosts('acme.good');
    await rollOut(await packedVersion('acme.good', 2));
    expect(await settled('acme.good', 2)).toMatchObject({ version: '2.0.0', hosts: ['2.0.0', '2.0.0'] });
    await load.end();
    expect(load.failures).toEqual(new Map());
    expect(load.versions.get(1)).toBeGreaterThan(0);
    // The trials of both hosts.
    expect(load.versions.get(2)).toBeGreaterThanOrEqual(200);
  });

  it('takes a version back on all hosts that fails on one', async () => {
    const { load } = await twoHosts('acme.bad');
    await rollOut(await packedVersion('acme.bad', 3, { fault: 'call-20' }));
    expect(await settled('acme.bad', 2)).toMatchObject({
      version: '1.0.0',
      from: '3.0.0',
      number: 3,
      hosts: ['1.0.0', '1.0.0'],
    });
    await load.end();
    // It is taken back at its first failure: no call but that one could notice.
    expect([...load.failures.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1);
    expect(load.versions.get(2)).toBeLessThanOrEqual(20);
  });

  it('goes on when the host with the turn is killed', async () => {
    const { hosts, load } = await twoHosts('acme.killed', { confirmMs: 600_000, confirmCalls: 1500 });
    await rollOut(await packedVersion('acme.killed', 2));
    const goes = ({ message = '' }): boolean => message.startsWith('goes from');
    const killed = await Promise.race(hosts.map((host) => host.until(goes).then(() => host)));
    await killed.end('SIGKILL');
    expect(await settled('acme.killed', 1)).toMatchObject({ version: '2.0.0', hosts: ['2.0.0'] });
    // One that comes in its place begins with what is wanted by now, not with what its command names.
    const next = startHost('acme.killed');
    await next.until(({ event, version: started }) => event === 'listening' && started === '2.0.0');
    await load.end();
    // Calls that the killed host had, at most one a lane: they end at their deadline.
    expect(load.failures.get('WP_QUOTA_WALL') ?? 0).toBeLessThanOrEqual(8);
    expect([...load.failures.keys()].filter((code) => code !== 'WP_QUOTA_WALL')).toEqual([]);
  });

  it('goes with the state of the one host that has it, and back when that host ends on trial', async () => {
    const id = 'acme.stateful';
    await rollOut(await packedVersion(id, 1, { state: { schema: 1 } }));
    const first = startHost(id);
    await first.until('listening');
    const second = startHost(id, { confirmMs: 600_000, confirmCalls: 1_000_000 });
    await second.until('waiting');
    const { functions, close } = await callersOf(id, { url: server.url, name: COUNTING, wallMs: WALL_MS });
    closers.push(close);
    const add = (): Promise<unknown> => functions['add']?.(1n) as Promise<unknown>;
    for (let total = 1n; total <= 5n; total++) expect(await add()).toMatchObject({ total, version: 1 });
    const done = settled(id, 1);
    await rollOut(await packedVersion(id, 2, { state: { schema: 2, restores: [1, 2] } }));
    let total = 5n;
    const isDone = done.then(() => true);
    while (!(await Promise.race([isDone, add().then(() => (total++, false))]))) continue;
    expect(await add()).toMatchObject({ total: total + 1n, version: 2 });
    await first.end('SIGTERM');
    await second.until('listening');
    expect(await add()).toMatchObject({ total: total + 2n, version: 2 });

    // A third version is on trial for long; its host ends before it is confirmed.
    await rollOut(await packedVersion(id, 3, { state: { schema: 2, restores: [1, 2] } }));
    await second.until(({ message = '' }) => message.startsWith('goes from 2.0.0'));
    await second.end('SIGTERM');
    const third = startHost(id);
    await third.until(({ event, version }) => event === 'listening' && version === '2.0.0');
    expect(await add()).toMatchObject({ total: total + 3n });
  });
});
