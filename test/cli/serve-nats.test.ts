import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missingNats, NatsServer } from '../support/nats-server.js';
import { callersOf, NatsHost, type Functions } from './nats-host.js';
import { repoFile, temporaryFolder } from './run-cli.js';

const missing = missingNats();
if (missing !== undefined) console.log(`skipped: ${missing}`);

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];
let server: NatsServer;

function pluginFolder(name: string, extra: object): string {
  const path = join(folder, name);
  mkdirSync(path);
  const manifest = {
    id: `acme.${name}`,
    name,
    version: '1.0.0',
    world: 'wasm-plugin:abi/audio-effect@0.1.0',
    entry: 'plugin.wasm',
    permissions: [{ capability: 'log', reason: 'It says that it is ready.' }],
    ...extra,
  };
  writeFileSync(join(path, 'plugin.json'), JSON.stringify(manifest));
  copyFileSync(repoFile('plugins-as/build/eq.wasm'), join(path, 'plugin.wasm'));
  return path;
}

function start(plugin: string): NatsHost {
  const host = new NatsHost(plugin, server.url);
  closers.push(() => host.end('SIGTERM'));
  return host;
}

async function processorOf(id: string): Promise<Functions> {
  const { functions, close } = await callersOf(id, { url: server.url, name: 'processor' });
  closers.push(close);
  return functions;
}

describe.skipIf(missing !== undefined)('wasm-plugin serve --nats', () => {
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => server.close());

  it(
    'goes on when one of two hosts is killed under load: each call is answered or fails once',
    { timeout: 60_000 },
    async () => {
      const plugin = pluginFolder('shared', {});
      const hosts = [start(plugin), start(plugin)];
      await Promise.all(hosts.map((host) => host.until('listening')));
      const processor = await processorOf('acme.shared');
      const outcomes = { answered: 0, 'may have run': 0, 'has not run': 0 };
      let isKilled = false;
      let after = 0;
      const call = async (): Promise<void> => {
        const begun = isKilled;
        const code = await processor['getParameter']?.(64).then(
          () => undefined,
          (error: { code: string }) => error.code,
        );
        if (code === undefined) {
          outcomes.answered++;
          if (begun) after++;
        } else if (code === 'WP_BRIDGE') outcomes['has not run']++;
        else {
          expect(['WP_QUOTA_WALL', 'WP_BRIDGE_IN_DOUBT']).toContain(code);
          outcomes['may have run']++;
        }
      };
      const lanes = Array.from({ length: 16 }, async (_, lane) => {
        for (let index = 0; index < 100; index++) {
          if (lane === 0 && index === 30) {
            await hosts[0]?.end('SIGKILL');
            isKilled = true;
          }
          await call();
        }
      });
      await Promise.all(lanes);
      expect(outcomes.answered + outcomes['may have run'] + outcomes['has not run']).toBe(1600);
      // Those that the killed host had: at most one a lane.
      expect(outcomes['may have run']).toBeLessThanOrEqual(16);
      expect(outcomes['has not run']).toBe(0);
      expect(after).toBeGreaterThan(500);
    },
  );

  it(
    'has one host at a time of a plugin with a state, which the next one goes on with',
    { timeout: 60_000 },
    async () => {
      const plugin = pluginFolder('stateful', { state: { schema: 1 } });
      const first = start(plugin);
      await first.until('listening');
      const second = start(plugin);
      await second.until('waiting');
      const processor = await processorOf('acme.stateful');
      await processor['setParameter']?.(64, -7);
      // The first one saves as it ends; the second one takes over at once.
      await first.end('SIGTERM');
      await second.until('listening');
      expect(await processor['getParameter']?.(64)).toBe(-7);
      await processor['setParameter']?.(64, 5);
      const third = start(plugin);
      await third.until('waiting');
      await second.until('saved');
      await second.end('SIGKILL');
      await third.until('listening');
      expect(await processor['getParameter']?.(64)).toBe(5);
    },
  );
});
